package dev.exeunt.internal.replay;

import dev.exeunt.HashKey;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectFinder;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.schema.Column;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the people of keyed hashes by hashing the key of each person there is, in one pass over the subject's table. */
final class PresentSubjects {

    /** Rows that the driver fetches at once. */
    private static final int FETCH = 10_000;

    private PresentSubjects() {}

    /**
     * A person who is in the database.
     *
     * @param earliest when the person was made at the earliest; null where the map does not say which column tells it, or the row does not
     *     have it
     * @param latest when the person was made at the latest
     */
    record PresentSubject(
            SubjectKey key,
            @Nullable Instant earliest,
            @Nullable Instant latest) {

        /** Whether this person came after that time. */
        boolean cameAfter(Instant at) {
            return earliest != null && earliest.isAfter(at);
        }

        /** Whether this person had been there at that time. */
        boolean wasThereAt(Instant at) {
            return latest != null && !latest.isAfter(at);
        }
    }

    /**
     * @param hashes in hexadecimal
     * @param keys that the hashes may have been made with
     */
    static Map<String, PresentSubject> find(Connection connection, Plan plan, Set<String> hashes, List<HashKey> keys)
            throws SQLException {
        Map<String, PresentSubject> found = new HashMap<>();
        if (hashes.isEmpty()) {
            return found;
        }
        PlannedSubject subject = plan.subject();
        CreationSql created = CreationSql.of(plan.role(plan.self()).orElseThrow());
        SqlFragment select = SqlTemplate.of(
                        "SELECT {key}, {earliest} AS exeunt_earliest, {latest} AS exeunt_latest FROM {table}")
                .fragment(
                        "key", subject.key().stream().map(PresentSubjects::text).collect(SqlFragment.joining(", ")))
                .fragment("earliest", created.earliest())
                .fragment("latest", created.latest())
                .fragment("table", subject.table().name().quoted())
                .toFragment();
        SqlRunner.forEach(connection, select, FETCH, row -> {
            SubjectKey person = SubjectFinder.key(row, 0, subject);
            for (HashKey key : keys) {
                String hash = key.hashHex(subject.kind().text(), person.parts());
                if (hashes.contains(hash)) {
                    found.put(
                            hash,
                            new PresentSubject(
                                    person,
                                    SqlRunner.moment(row, "exeunt_earliest"),
                                    SqlRunner.moment(row, "exeunt_latest")));
                }
            }
        });
        return found;
    }

    private static SqlFragment text(Column column) {
        return SqlTemplate.of("{column}::pg_catalog.text")
                .identifier("column", column.name())
                .toFragment();
    }
}
