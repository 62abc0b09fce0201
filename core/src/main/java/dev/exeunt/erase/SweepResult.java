package dev.exeunt.erase;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts the rows that erasures kept for a period which is over: those that a sweep would delete, or has deleted. It holds no key and no
 * value of a person.
 *
 * @param at the moment that decided what is over
 * @param roles in the map's order; only those with rows
 * @param failures why rows of some erasures could not be deleted, each reason once; with table and constraint and never a value
 * @param unruled rows that an erasure kept for a period and that stay: the map does not say {@code then: delete} for them any more, or
 *     their primary key or link has other columns since
 * @param held rows that stay since a legal hold is on them, by the number of the erasure's receipt
 * @param next when the next period is over; null where no row is recorded
 */
public record SweepResult(
        Instant at,
        List<SweptRole> roles,
        List<String> failures,
        long unruled,
        long held,
        @Nullable Instant next) {

    public SweepResult {
        roles = List.copyOf(roles);
        failures = List.copyOf(failures);
    }

    /** All rows that are deleted. */
    public long deleted() {
        return roles.stream().mapToLong(SweptRole::deleted).sum();
    }

    /** Returns the fields in their order, as the commands write them in JSON: texts, numbers, lists and maps. */
    public Map<String, @Nullable Object> toMap() {
        return ReceiptJson.fields(this);
    }

    /**
     * Counts rows of one link of the map.
     *
     * @param role {@code table.link}
     * @param reason why the rows were kept
     * @param period how long
     * @param deleted rows that go
     * @param passedOn rows that stay: their link has changed since, so that they may be another person's
     * @param owned rows that stay: a present person owns them, or they lead to a person under a legal hold; a later sweep looks at them
     *     again
     * @param keptLonger rows that stay: another link keeps them longer
     * @param referred rows that stay: rows refer to them that stay; a later sweep looks at them again
     * @param gone rows that the application has deleted before
     */
    public record SweptRole(
            String role,
            String reason,
            String period,
            long deleted,
            long passedOn,
            long owned,
            long keptLonger,
            long referred,
            long gone) {

        /** Returns the fields in their order, as the commands write them in JSON. */
        public Map<String, @Nullable Object> toMap() {
            return ReceiptJson.fields(this);
        }
    }
}
