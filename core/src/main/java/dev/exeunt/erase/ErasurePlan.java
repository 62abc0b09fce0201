package dev.exeunt.erase;

/** A plan that was proven against the live schema. {@code Exeunt.plan} makes it, and {@code Exeunt.erase} carries it out. */
public interface ErasurePlan {

    /** SHA-256 in hexadecimal over catalogue, roles and steps: says which plan a receipt is of. */
    String digest();

    /** SHA-256 in hexadecimal over the catalogue that the plan was proven against. */
    String catalogueDigest();
}
