package dev.exeunt.internal.replay;

import dev.exeunt.HashKey;
import dev.exeunt.internal.ledger.chain.LedgerSubject;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedRole;
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
import org.jspecify.annotations.Nullable;

/** Finds people without an account of keyed hashes by hashing each value that a link of the map compares, in one pass over each table. */
final class PresentGuests {

    /** Rows that the driver fetches at once. */
    private static final int FETCH = 10_000;

    private static final String VALUES = """
            SELECT pg_catalog.lower({table}.{on}::pg_catalog.text) AS value, pg_catalog.min({earliest}) AS first,
                   pg_catalog.max({latest}) AS last, pg_catalog.count({latest}) OPERATOR(pg_catalog.=) pg_catalog.count(*) AS dated
            FROM {table} WHERE {table}.{on} IS NOT NULL AND ({where}
            ) GROUP BY 1""";

    private PresentGuests() {}

    /**
     * A person without an account whose rows are in the database.
     *
     * @param identifier the name of the identifier that the value is one of
     * @param value in lower case
     * @param first the earliest moment at which the first of the rows was made; null where no row tells it
     * @param last the latest moment at which the last of the rows was made; null where no row tells it
     * @param dated whether each of the rows tells when it was made
     */
    record PresentGuest(
            String identifier,
            String value,
            @Nullable Instant first,
            @Nullable Instant last,
            boolean dated) {

        /** Whether none of the rows had been there at this time. */
        boolean cameAfter(Instant at) {
            return dated && first != null && first.isAfter(at);
        }

        /** Whether all of the rows had been there at this time. */
        boolean wasThereAt(Instant at) {
            return dated && last != null && !last.isAfter(at);
        }

        private PresentGuest with(PresentGuest other) {
            return new PresentGuest(
                    identifier,
                    value,
                    first == null || other.first != null && other.first.isBefore(first) ? other.first : first,
                    last == null || other.last != null && other.last.isAfter(last) ? other.last : last,
                    dated && other.dated);
        }

        /** Without the value, so that no log or exception shows it by accident. */
        @Override
        public String toString() {
            return "PresentGuest[" + identifier + "]";
        }
    }

    /**
     * @param hashes in hexadecimal
     * @param keys that the hashes may have been made with
     */
    static Map<String, PresentGuest> find(Connection connection, Plan plan, Set<String> hashes, List<HashKey> keys)
            throws SQLException {
        Map<String, PresentGuest> found = new HashMap<>();
        if (hashes.isEmpty()) {
            return found;
        }
        for (PlannedRole role : plan.roles()) {
            if (role.source() instanceof KeySource.IdentifierValues values) {
                String identifier = values.column().name();
                SqlRunner.forEach(connection, select(role), FETCH, row -> {
                    PresentGuest guest = new PresentGuest(
                            identifier,
                            row.getString("value"),
                            SqlRunner.moment(row, "first"),
                            SqlRunner.moment(row, "last"),
                            row.getBoolean("dated"));
                    LedgerSubject subject = LedgerSubject.guest(plan.subject().kind(), identifier, guest.value());
                    for (HashKey key : keys) {
                        String hash = subject.hash(key);
                        if (hashes.contains(hash)) {
                            found.merge(hash, guest, PresentGuest::with);
                        }
                    }
                });
            }
        }
        return found;
    }

    private static SqlFragment select(PlannedRole role) {
        CreationSql created = CreationSql.of(role);
        return SqlTemplate.of(VALUES)
                .fragment("table", role.table().name().quoted())
                .identifier("on", role.on().get(0).name())
                .fragment("earliest", created.earliest())
                .fragment("latest", created.latest())
                .fragment(
                        "where",
                        role.where() == null
                                ? SqlFragment.of("true")
                                : SqlFragment.trusted(role.where().text()))
                .toFragment();
    }
}
