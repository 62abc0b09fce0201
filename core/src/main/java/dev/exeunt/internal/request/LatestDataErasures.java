package dev.exeunt.internal.request;

import dev.exeunt.internal.map.SubjectKind;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.request.Request;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the latest request to delete data that was carried out for each of several people, who kept their accounts. */
public final class LatestDataErasures {

    private static final String SELECT = """
            SELECT DISTINCT ON (subject) {columns}, subject FROM exeunt.request
            WHERE kind = 'delete-data' AND state = 'erased' AND {subjects}
            ORDER BY subject, requested_at DESC
            """;

    private LatestDataErasures() {}

    /** @return those of the people who have one */
    public static Map<SubjectKey, Request> find(Connection connection, SubjectKind kind, List<SubjectKey> people)
            throws SQLException {
        if (people.isEmpty()) {
            return Map.of();
        }
        SqlFragment select = SqlTemplate.of(SELECT)
                .fragment("columns", RequestRow.COLUMNS)
                .fragment("subjects", SubjectCondition.isOneOf(kind, people))
                .toFragment();
        Map<SubjectKey, Request> found = new HashMap<>();
        SqlRunner.forEach(connection, select, 0, row -> found.put(RequestRow.subject(row), RequestRow.read(row)));
        return found;
    }
}
