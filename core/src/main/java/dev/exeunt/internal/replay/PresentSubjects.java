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
import java.sql.ResultSet;
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
        SqlFragment select = select(plan).toFragment();
        SqlRunner.forEach(connection, select, FETCH, row -> {
            PresentSubject person = person(row, subject);
            for (HashKey key : keys) {
                String hash = key.hashHex(subject.kind().text(), person.key().parts());
                if (hashes.contains(hash)) {
                    found.put(hash, person);
                }
            }
        });
        return found;
    }

    /**
     * Returns the people who hold a value, present or not.
     *
     * @param identifier the name of a column of the subject's table
     * @param value in lower case
     */
    static List<PresentSubject> holding(Connection connection, Plan plan, String identifier, String value)
            throws SQLException {
        SqlFragment select = SqlTemplate.of(
                        "{people} WHERE pg_catalog.lower({identifier}::pg_catalog.text) OPERATOR(pg_catalog.=) :value")
                .fragment("people", select(plan).toFragment())
                .identifier("identifier", identifier)
                .bind("value", value)
                .toFragment();
        return SqlRunner.list(connection, select, row -> person(row, plan.subject()));
    }

    private static SqlTemplate select(Plan plan) {
        CreationSql created = CreationSql.of(plan.role(plan.self()).orElseThrow());
        return SqlTemplate.of("SELECT {key}, {earliest} AS exeunt_earliest, {latest} AS exeunt_latest FROM {table}")
                .fragment(
                        "key",
                        plan.subject().key().stream().map(PresentSubjects::text).collect(SqlFragment.joining(", ")))
                .fragment("earliest", created.earliest())
                .fragment("latest", created.latest())
                .fragment("table", plan.subject().table().name().quoted());
    }

    private static PresentSubject person(ResultSet row, PlannedSubject subject) throws SQLException {
        return new PresentSubject(
                SubjectFinder.key(row, 0, subject),
                SqlRunner.moment(row, "exeunt_earliest"),
                SqlRunner.moment(row, "exeunt_latest"));
    }

    private static SqlFragment text(Column column) {
        return SqlTemplate.of("{column}::pg_catalog.text")
                .identifier("column", column.name())
                .toFragment();
    }
}
