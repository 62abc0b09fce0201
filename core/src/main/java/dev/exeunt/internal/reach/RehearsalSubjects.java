package dev.exeunt.internal.reach;

import dev.exeunt.ExeuntException;
import dev.exeunt.internal.plan.Plan;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Finds the people whose erasure is rehearsed. */
public final class RehearsalSubjects {

    private RehearsalSubjects() {}

    /**
     * Returns the people named, in that order, and after them a sample.
     *
     * @param sample how many besides those named, spread over the subject's table
     * @throws ExeuntException if a key is unknown, or the subject table has no rows to rehearse with
     */
    public static List<SubjectKey> find(Connection connection, Plan plan, List<String> keys, int sample)
            throws SQLException {
        SubjectFinder subjects = new SubjectFinder(connection, plan.subject());
        subjects.find(keys);
        List<SubjectKey> people = new ArrayList<>();
        for (String key : keys) {
            people.addAll(subjects.find(List.of(key)));
        }
        if (sample > 0) {
            people.addAll(SubjectSample.sample(connection, plan, sample));
        }
        if (people.isEmpty()) {
            throw new ExeuntException(
                    "There is no person in " + plan.subject().table().name() + " to rehearse with.");
        }
        return people;
    }
}
