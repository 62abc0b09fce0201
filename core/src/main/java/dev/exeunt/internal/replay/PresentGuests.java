package dev.exeunt.internal.replay;

import dev.exeunt.HashKey;
import dev.exeunt.internal.ledger.chain.LedgerSubject;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.postgres.SearchPath;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds people without an account of keyed hashes, by hashing each value that a link of the map compares in one pass over each table, and
 * tells which of their rows were there at a time.
 */
final class PresentGuests {

    /** Rows that the driver fetches at once. */
    private static final int FETCH = 10_000;

    private static final String VALUES = """
            SELECT DISTINCT pg_catalog.lower({table}.{on}::pg_catalog.text) AS value
            FROM {table} WHERE {table}.{on} IS NOT NULL AND ({where}
            )""";

    private static final String COUNTS = """
            SELECT pg_catalog.count(*) FILTER (WHERE {old}) AS old, pg_catalog.count(*) FILTER (WHERE {later}) AS later,
                   pg_catalog.count(*) AS rows
            FROM {table} WHERE pg_catalog.lower({table}.{on}::pg_catalog.text) OPERATOR(pg_catalog.=) :value AND ({where}
            )""";

    private final Connection connection;
    private final Plan plan;

    PresentGuests(Connection connection, Plan plan) {
        this.connection = connection;
        this.plan = plan;
    }

    /**
     * A person without an account whose rows are in the database.
     *
     * @param identifier the name of the identifier that the value is one of
     * @param value in lower case
     */
    record PresentGuest(String identifier, String value) {

        /** Without the value, so that no log or exception shows it by accident. */
        @Override
        public String toString() {
            return "PresentGuest[" + identifier + "]";
        }
    }

    /**
     * Counts the rows of a guest's value.
     *
     * @param old that were there at a time
     * @param later that came after it
     * @param uncertain of which nothing tells it
     */
    record GuestRows(long old, long later, long uncertain) {

        private GuestRows plus(GuestRows other) {
            return new GuestRows(old + other.old, later + other.later, uncertain + other.uncertain);
        }
    }

    /**
     * @param hashes in hexadecimal
     * @param keys that the hashes may have been made with
     */
    Map<String, PresentGuest> find(Set<String> hashes, List<HashKey> keys) throws SQLException {
        Map<String, PresentGuest> found = new HashMap<>();
        if (hashes.isEmpty()) {
            return found;
        }
        return SearchPath.ofRole(connection, pathed -> {
            for (PlannedRole role : plan.roles()) {
                if (role.source() instanceof KeySource.IdentifierValues values && isErased(role)) {
                    SqlRunner.forEach(pathed, over(VALUES, role).toFragment(), FETCH, row -> {
                        PresentGuest guest = new PresentGuest(values.column().name(), row.getString("value"));
                        LedgerSubject subject =
                                LedgerSubject.guest(plan.subject().kind(), guest.identifier(), guest.value());
                        keys.stream()
                                .map(subject::hash)
                                .filter(hashes::contains)
                                .forEach(hash -> found.put(hash, guest));
                    });
                }
            }
            return found;
        });
    }

    /** Counts the rows that links by the guest's value reach, by whether they were there at this time. */
    GuestRows rows(PresentGuest guest, Instant at) throws SQLException {
        return SearchPath.ofRole(connection, pathed -> {
            GuestRows all = new GuestRows(0, 0, 0);
            for (PlannedRole role : plan.roles()) {
                if (isOf(role, guest) && isErased(role)) {
                    CreationSql created = CreationSql.of(role);
                    SqlFragment counts = over(COUNTS, role)
                            .fragment("old", created.wasThereAt(at))
                            .fragment("later", created.cameAfter(at))
                            .bind("value", guest.value())
                            .toFragment();
                    all = all.plus(SqlRunner.one(pathed, counts, row -> {
                        long old = row.getLong("old");
                        long later = row.getLong("later");
                        return new GuestRows(old, later, row.getLong("rows") - old - later);
                    }));
                }
            }
            return all;
        });
    }

    /**
     * Returns the plan for those rows of the guest only that were there at this time.
     *
     * @param trusted whether rows of which nothing tells it are the guest's
     */
    Plan limited(PresentGuest guest, Instant at, boolean trusted) {
        return plan.narrowed(role -> {
            if (!isOf(role, guest) || !isErased(role)) {
                return role;
            }
            CreationSql created = CreationSql.of(role);
            return role.narrowed(
                    trusted
                            ? SqlTemplate.of("({later} IS NOT TRUE)")
                                    .fragment("later", created.cameAfter(at))
                                    .toFragment()
                            : created.wasThereAt(at));
        });
    }

    private static boolean isOf(PlannedRole role, PresentGuest guest) {
        return role.source() instanceof KeySource.IdentifierValues values
                && values.column().name().equals(guest.identifier());
    }

    /** Whether an erasure does anything to rows of the role, or to rows that are found through them. */
    private boolean isErased(PlannedRole role) {
        return role.writes()
                || plan.roles().stream()
                        .anyMatch(r -> r.source() instanceof KeySource.RoleRows rows
                                && rows.roles().contains(role.id()));
    }

    private static SqlTemplate over(String template, PlannedRole role) {
        return SqlTemplate.of(template)
                .fragment("table", role.table().name().quoted())
                .identifier("on", role.on().get(0).name())
                .fragment(
                        "where",
                        role.where() == null
                                ? SqlFragment.of("true")
                                : SqlFragment.trusted(role.where().text()));
    }
}
