package dev.exeunt.erase;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reports what an erasure did. It holds no key and no value of a person: it may be shown, stored and passed on.
 *
 * @param subjects how many people
 * @param catalogueDigest of the schema at the erasure
 * @param planDigest which plan was carried out
 * @param tables in the map's order; each mapped table is here, also with no row
 */
public record Receipt(
        String receipt,
        Instant erasedAt,
        int subjects,
        String database,
        String catalogueDigest,
        String planDigest,
        List<TableReceipt> tables) {

    public Receipt {
        tables = List.copyOf(tables);
    }

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
     * @param reached rows the role reached when the erasure began; rows of two roles count in both
     * @param reason why rows stay, where the fate is keep
     * @param basis legal basis, where the map gives one
     * @param period how long they stay, where the map says
     */
    public record RoleReceipt(
            String role,
            String fate,
            long reached,
            @Nullable String reason,
            @Nullable String basis,
            @Nullable String period) {}
}
