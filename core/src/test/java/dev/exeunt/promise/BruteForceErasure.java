package dev.exeunt.promise;

import dev.exeunt.internal.postgres.SqlQuoting;
import dev.exeunt.promise.RowSnapshot.SnapshotRow;
import dev.exeunt.promise.answer.MapModel;
import dev.exeunt.promise.made.RandomTable;
import dev.exeunt.promise.made.TestedFeature;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Carries a map out row by row without a plan and rolls it back, to see whether a refusal was needed. Everything is
 * rolled back. Where this succeeds for everybody, and leaves what the map asks for, a refusal was not needed on these
 * rows.
 */
final class BruteForceErasure {

    private final Connection connection;
    private final String role;
    private final MapModel answers;
    private final RowSnapshot before;

    /** @param role as whom; what is left is looked at by the superuser whose connection it is */
    BruteForceErasure(Connection connection, String role, MapModel answers, RowSnapshot before) {
        this.connection = connection;
        this.role = role;
        this.answers = answers;
        this.before = before;
    }

    /** Why it cannot be done for one of the people, or all of them at once; null where nothing is in the way. */
    String reason() throws SQLException {
        List<List<String>> people = answers.schema().keys();
        people = people.subList(0, people.size() - 1);
        List<List<List<String>>> sets = new ArrayList<>();
        people.forEach(p -> sets.add(List.of(p)));
        sets.add(people);
        Collections.reverse(sets);
        for (List<List<String>> set : sets) {
            String reason = reason(set);
            if (reason != null) {
                return reason;
            }
        }
        return null;
    }

    private String reason(List<List<String>> people) throws SQLException {
        ErasureOracle oracle = new ErasureOracle(new LinkTraversal(answers, before, people));
        String updates = updates(oracle);
        Map<RandomTable, String> deletes = deletes(oracle);
        List<String> oneByOne = new ArrayList<>(deletes.values());
        List<String> backwards = new ArrayList<>(oneByOne);
        Collections.reverse(backwards);
        List<String> ways = List.of(
                updates + together(deletes),
                updates + String.join("", oneByOne),
                updates + String.join("", backwards),
                String.join("", oneByOne) + updates,
                together(deletes) + updates);
        String first = null;
        for (String way : ways) {
            String reason = attempt(oracle, way);
            if (reason == null) {
                return null;
            }
            first = first == null ? reason : first;
        }
        return first;
    }

    private String attempt(ErasureOracle oracle, String sql) throws SQLException {
        Savepoint start = connection.setSavepoint();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET CONSTRAINTS ALL DEFERRED; SET LOCAL ROLE " + SqlQuoting.identifier(role) + ";\n"
                    + sql + " SET CONSTRAINTS ALL IMMEDIATE; RESET ROLE");
            List<String> complaints = oracle.complaints(RowSnapshot.of(connection, answers.schema()), Set.of());
            return complaints.isEmpty() ? null : complaints.get(0);
        } catch (SQLException e) {
            return e.getSQLState() + " " + e.getMessage();
        } finally {
            connection.rollback(start);
        }
    }

    private String updates(ErasureOracle oracle) {
        StringBuilder sql = new StringBuilder();
        for (SnapshotRow row : before.all()) {
            Map<String, List<ErasureOracle.ExpectedWrite>> writes = oracle.goes(row) ? Map.of() : oracle.writes(row);
            if (!writes.isEmpty()) {
                sql.append("UPDATE ").append(row.table().quoted()).append(" SET ");
                sql.append(writes.entrySet().stream()
                        .map(e -> SqlQuoting.identifier(e.getKey()) + " = "
                                + value(oracle, row, e.getKey(), e.getValue()))
                        .collect(Collectors.joining(", ")));
                sql.append(" WHERE uid = ").append(row.uid()).append(";\n");
            }
        }
        return sql.toString();
    }

    private static String value(
            ErasureOracle oracle, SnapshotRow row, String column, List<ErasureOracle.ExpectedWrite> writes) {
        ErasureOracle.ExpectedWrite write = writes.get(0);
        return RuleValues.sql(write.rule(), row.table().column(column).type(), oracle.key(write.role(), row));
    }

    private Map<RandomTable, String> deletes(ErasureOracle oracle) {
        Map<RandomTable, String> deletes = new LinkedHashMap<>();
        before.rows().forEach((table, rows) -> {
            String going = rows.values().stream()
                    .filter(oracle::goes)
                    .map(SnapshotRow::uid)
                    .collect(Collectors.joining(", "));
            if (!going.isEmpty()) {
                boolean parts = table.features().contains(TestedFeature.PARTITIONED);
                deletes.put(
                        table,
                        "DELETE FROM " + (parts ? "" : "ONLY ") + table.quoted() + " WHERE uid IN (" + going + ");\n");
            }
        });
        return deletes;
    }

    private static String together(Map<RandomTable, String> deletes) {
        if (deletes.isEmpty()) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        deletes.values().forEach(d -> parts.add("d" + parts.size() + " AS (" + d.replace(";\n", "") + ")"));
        return "WITH " + String.join(", ", parts) + " SELECT 1;\n";
    }
}
