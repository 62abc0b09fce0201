package dev.exeunt.spring.token;

import dev.exeunt.ExeuntException;

/** A token is good and lacks a claim that the call needs: signing in again would bring the same token. */
public final class ClaimMissingException extends ExeuntException {
    private static final long serialVersionUID = 1L;

    private final String claim;

    private ClaimMissingException(String message, String claim) {
        super(message);
        this.claim = claim;
    }

    /** @param setting that names the claim */
    public static ClaimMissingException subject(String claim, String setting) {
        return new ClaimMissingException(
                "Your token has no claim " + claim + ", which says who you are (" + setting
                        + "). The identity provider has to put it into the token.",
                claim);
    }

    public static ClaimMissingException staff(String claim, String value) {
        return new ClaimMissingException(
                "This is for staff. The claim " + claim + " of your token does not hold " + value + ".", claim);
    }

    public static ClaimMissingException noStaff() {
        return new ClaimMissingException("This is for staff, and exeunt.admin.claim does not say who is.", "");
    }

    /** Its path; empty where no claim would do. */
    public String claim() {
        return claim;
    }
}
