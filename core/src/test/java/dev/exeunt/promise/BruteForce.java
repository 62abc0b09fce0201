package dev.exeunt.promise;

import dev.exeunt.postgres.Quote;
import dev.exeunt.promise.Snapshot.Row;
import dev.exeunt.promise.answer.Answers;
import dev.exeunt.promise.made.Feature;
import dev.exeunt.promise.made.MadeTable;
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
 * Carries a map out row by row, as literally as can be: whatever {@code check} says of it. Everything is rolled back. Where
 * this succeeds for everybody, and leaves what the map asks for, a refusal was not needed on these rows.
 */
final class BruteForce {

    private final Connection connection;
    private final String role;
    private final Answers answers;
    private final Snapshot before;

    /** @param role as whom; what is left is looked at by the superuser whose connection it is */
    BruteForce(Connection connection, String role, Answers answers, Snapshot before) {
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
        Oracle oracle = new Oracle(new Followed(answers, before, people));
        String updates = updates(oracle);
        Map<MadeTable, String> deletes = deletes(oracle);
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

    private String attempt(Oracle oracle, String sql) throws SQLException {
        Savepoint start = connection.setSavepoint();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET CONSTRAINTS ALL DEFERRED; SET LOCAL ROLE " + Quote.identifier(role) + ";\n" + sql
                    + " SET CONSTRAINTS ALL IMMEDIATE; RESET ROLE");
            List<String> complaints = oracle.complaints(Snapshot.of(connection, answers.schema()), Set.of());
            return complaints.isEmpty() ? null : complaints.get(0);
        } catch (SQLException e) {
            return e.getSQLState() + " " + e.getMessage();
        } finally {
            connection.rollback(start);
        }
    }

    private String updates(Oracle oracle) {
        StringBuilder sql = new StringBuilder();
        for (Row row : before.all()) {
            Map<String, List<Oracle.Write>> writes = oracle.goes(row) ? Map.of() : oracle.writes(row);
            if (!writes.isEmpty()) {
                sql.append("UPDATE ").append(row.table().quoted()).append(" SET ");
                sql.append(writes.entrySet().stream()
                        .map(e -> Quote.identifier(e.getKey()) + " = " + value(oracle, row, e.getKey(), e.getValue()))
                        .collect(Collectors.joining(", ")));
                sql.append(" WHERE uid = ").append(row.uid()).append(";\n");
            }
        }
        return sql.toString();
    }

    private static String value(Oracle oracle, Row row, String column, List<Oracle.Write> writes) {
        Oracle.Write write = writes.get(0);
        return Values.sql(write.rule(), row.table().column(column).type(), oracle.key(write.role(), row));
    }

    private Map<MadeTable, String> deletes(Oracle oracle) {
        Map<MadeTable, String> deletes = new LinkedHashMap<>();
        before.rows().forEach((table, rows) -> {
            String going =
                    rows.values().stream().filter(oracle::goes).map(Row::uid).collect(Collectors.joining(", "));
            if (!going.isEmpty()) {
                boolean parts = table.features().contains(Feature.PARTITIONED);
                deletes.put(
                        table,
                        "DELETE FROM " + (parts ? "" : "ONLY ") + table.quoted() + " WHERE uid IN (" + going + ");\n");
            }
        });
        return deletes;
    }

    private static String together(Map<MadeTable, String> deletes) {
        if (deletes.isEmpty()) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        deletes.values().forEach(d -> parts.add("d" + parts.size() + " AS (" + d.replace(";\n", "") + ")"));
        return "WITH " + String.join(", ", parts) + " SELECT 1;\n";
    }
}
