package dev.exeunt.internal.reach;

import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the rows of the subject's table whose people were erased. */
public final class ErasedSubjects {

    private static final int BATCH = 10_000;

    private ErasedSubjects() {}

    /**
     * Returns the keys of rows that bear what an erasure writes, and of those that the record of erasures knows. Reads every key.
     *
     * @param plan for deleting the account
     */
    public static Set<SubjectKey> find(Connection connection, Plan plan, ErasedPeople erased) throws SQLException {
        PlannedSubject subject = plan.subject();
        Set<SubjectKey> found = new LinkedHashSet<>();
        Optional<SqlFragment> marker = ErasedMarker.of(plan);
        if (marker.isPresent()) {
            found.addAll(SqlRunner.list(
                    connection, select(subject, marker.get()), row -> SubjectFinder.key(row, 0, subject)));
        }
        List<SubjectKey> batch = new ArrayList<>();
        for (SubjectKey key : keys(connection, subject, erased)) {
            batch.add(key);
            if (batch.size() == BATCH) {
                found.addAll(erased.among(connection, batch));
                batch.clear();
            }
        }
        found.addAll(erased.among(connection, batch));
        return found;
    }

    private static List<SubjectKey> keys(Connection connection, PlannedSubject subject, ErasedPeople erased)
            throws SQLException {
        return erased.equals(ErasedPeople.NONE)
                ? List.of()
                : SqlRunner.list(
                        connection, select(subject, SqlFragment.of("TRUE")), row -> SubjectFinder.key(row, 0, subject));
    }

    private static SqlFragment select(PlannedSubject subject, SqlFragment condition) {
        return SqlTemplate.of("SELECT {key} FROM {table} WHERE {condition}")
                .fragment("key", PresentPeople.keyTexts(subject))
                .fragment("table", subject.table().name().quoted())
                .fragment("condition", condition)
                .toFragment();
    }
}
