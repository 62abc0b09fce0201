package dev.exeunt.erase;

import dev.exeunt.HashKey;
import dev.exeunt.support.security.SignatureKeyPair;
import dev.exeunt.support.security.SignedJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reports what an erasure did. It holds no key and no value of a person: it may be shown, stored and passed on, as proof of the
 * erasure (GDPR, article 5 (2)).
 *
 * <pre>{@code
 * Receipt receipt = exeunt.erase(map, List.of("42"), done -> {});
 * receipt.tables().forEach(table -> System.out.println(table.table() + ": " + table.deleted() + " deleted"));
 * }</pre>
 *
 * @param receipt the random number of the receipt
 * @param subjects how many people were erased
 * @param catalogueDigest the digest of the schema at the erasure
 * @param planDigest the digest of the plan that was carried out
 * @param tables in the map's order; each mapped table is here, also without rows
 * @param sideEffects rows that triggers, rules or foreign key actions wrote besides the plan's own steps, by table
 * @param files what became of the files that the erased rows named; null where the map names no files
 * @param signature null where no key was set; {@link ReceiptKeys} checks it
 */
public record Receipt(
        String receipt,
        Instant erasedAt,
        int subjects,
        String database,
        String catalogueDigest,
        String planDigest,
        List<TableReceipt> tables,
        List<SideEffectReceipt> sideEffects,
        @Nullable FileReceipt files,
        @Nullable ReceiptSignature signature) {

    public Receipt {
        tables = List.copyOf(tables);
        sideEffects = List.copyOf(sideEffects);
    }

    /** Returns the receipt as JSON on one line, in the shape that is stored, saved to a file, printed and sent over HTTP. */
    public String toJson() {
        return ReceiptJson.text(this);
    }

    /** Returns the fields of {@link #toJson} in their order: texts, numbers, lists and maps. */
    public Map<String, @Nullable Object> toMap() {
        return ReceiptJson.fields(this);
    }

    /** Rows that were left alone since another present person holds the value by which they would be found. */
    public long shared() {
        return tables.stream()
                .flatMap(t -> t.roles().stream())
                .mapToLong(RoleReceipt::shared)
                .sum();
    }

    /** Returns the same receipt with other counts of files, and without a signature. */
    public Receipt withFiles(@Nullable FileReceipt counts) {
        return with(counts, null);
    }

    /**
     * Returns the same receipt with a signature that {@link ReceiptKeys} of the key checks.
     *
     * @param key null for none: then the receipt is returned as it is
     */
    public Receipt signedBy(@Nullable HashKey key) {
        return key == null
                ? this
                : with(files, ReceiptJson.signature(SignedJson.sign(toMap(), SignatureKeyPair.forReceipts(key))));
    }

    private Receipt with(@Nullable FileReceipt counts, @Nullable ReceiptSignature signing) {
        return new Receipt(
                receipt,
                erasedAt,
                subjects,
                database,
                catalogueDigest,
                planDigest,
                tables,
                sideEffects,
                counts,
                signing);
    }

    /**
     * Proves that the receipt is as the program wrote it.
     *
     * @param algorithm {@code Ed25519} (RFC 8032)
     * @param key the id of the public key
     * @param value the signature of all other fields in canonical form (RFC 8785), in Base64 for URLs
     */
    public record ReceiptSignature(String algorithm, String key, String value) {}

    /**
     * Counts the files that erased rows named. They are deleted after the erasure is committed, so that a receipt of that moment says
     * that they wait.
     *
     * @param deleted gone
     * @param inUse left, since another row names them
     * @param missing not there any more
     * @param refused values that are no safe name, or that lead to no plain file; nothing was deleted
     * @param waiting still to be deleted
     */
    public record FileReceipt(long deleted, long inUse, long missing, long refused, long waiting) {}

    /**
     * Counts the rows of a table that triggers, rules or foreign key actions wrote besides the plan's own steps.
     *
     * @param holding how many of the rows inserted or updated hold data of the person; more than 0 only where the map accepts it, or in
     *     rows of a mapped table that were only updated and may have held it before
     */
    public record SideEffectReceipt(String table, long inserted, long updated, long deleted, long holding) {}

    /**
     * @param deleted rows gone
     * @param changed rows overwritten: anonymised, detached or reassigned
     */
    public record TableReceipt(String table, long deleted, long changed, List<RoleReceipt> roles) {
        public TableReceipt {
            roles = List.copyOf(roles);
        }
    }

    /**
     * @param fate the map's word
     * @param reached rows the role reached when the erasure began, and rows that came meanwhile; rows of two roles count in both
     * @param reason why rows stay, where the fate is keep
     * @param basis legal basis, where the map gives one
     * @param period how long they stay, where the map says
     * @param shared rows that were left alone since another present person holds the value by which they would be found
     */
    public record RoleReceipt(
            String role,
            String fate,
            long reached,
            @Nullable String reason,
            @Nullable String basis,
            @Nullable String period,
            long shared) {}
}
