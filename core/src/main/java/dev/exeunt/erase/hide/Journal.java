package dev.exeunt.erase.hide;

import dev.exeunt.postgres.Fragment;
import dev.exeunt.schema.TableName;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The rows of {@code exeunt.hidden}: what a request's hiding did, step by step. */
final class Journal {

    private static final String INSERT = """
            INSERT INTO exeunt.hidden (request, step, table_schema, table_name, action, key_columns, columns)
            VALUES (?::pg_catalog.uuid, ?::pg_catalog.int4, ?, ?, ?, ?, ?)
            """;

    private static final String BACKWARDS = """
            SELECT step, table_schema, table_name, action, key_columns, columns
            FROM exeunt.hidden WHERE request OPERATOR(pg_catalog.=) ?::pg_catalog.uuid ORDER BY step DESC
            """;

    private final Connection connection;
    private final UUID request;
    private int last;

    Journal(Connection connection, UUID request) {
        this.connection = connection;
        this.request = request;
    }

    /**
     * New steps follow those that are written down already.
     *
     * @return the number of the last of these
     */
    int resume() throws SQLException {
        List<Step> steps = backwards();
        last = steps.isEmpty() ? 0 : steps.get(0).number();
        return last;
    }

    /** What was done to the rows of one table. */
    enum Action {
        SET,
        STASH;

        String word() {
            return this == SET ? "set" : "stash";
        }
    }

    /**
     * @param key columns by which a row is found again; empty where a stashed table has none
     * @param columns whose values were kept
     */
    record Step(int number, TableName table, Action action, List<String> key, List<String> columns) {}

    /** Opens a step; its rows refer to it. */
    Step begin(TableName table, Action action, List<String> key, List<String> columns) throws SQLException {
        Step step = new Step(++last, table, action, key, columns);
        Fragment insert = Fragment.of(
                INSERT,
                request.toString(),
                Integer.toString(step.number()),
                table.schema(),
                table.name(),
                action.word(),
                key.toArray(String[]::new),
                columns.toArray(String[]::new));
        try (PreparedStatement statement = insert.prepare(connection)) {
            statement.executeUpdate();
        }
        return step;
    }

    /** The last step first. */
    List<Step> backwards() throws SQLException {
        List<Step> steps = new ArrayList<>();
        try (PreparedStatement statement =
                        Fragment.of(BACKWARDS, request.toString()).prepare(connection);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                steps.add(new Step(
                        row.getInt(1),
                        new TableName(row.getString(2), row.getString(3)),
                        row.getString(4).equals("set") ? Action.SET : Action.STASH,
                        texts(row.getArray(5)),
                        texts(row.getArray(6))));
            }
        }
        return steps;
    }

    /** Forgets everything, once it has been undone or must never be. */
    void forget() throws SQLException {
        forget(Integer.MAX_VALUE);
    }

    /** @param upTo the last step that is forgotten */
    void forget(int upTo) throws SQLException {
        try (PreparedStatement statement = Fragment.of(
                        "DELETE FROM exeunt.hidden WHERE request OPERATOR(pg_catalog.=) ?::pg_catalog.uuid"
                                + " AND step OPERATOR(pg_catalog.<=) ?::pg_catalog.int4",
                        request.toString(),
                        Integer.toString(upTo))
                .prepare(connection)) {
            statement.executeUpdate();
        }
    }

    /** Two values of a row in {@code undo} or {@code stash}: the request and the step. */
    Fragment at(Step step) {
        return Fragment.of(
                "?::pg_catalog.uuid, ?::pg_catalog.int4", request.toString(), Integer.toString(step.number()));
    }

    /** True for the rows of {@code undo} or {@code stash}, known as {@code alias}, that belong to the step. */
    Fragment of(Step step, String alias) {
        return Fragment.of(
                "(" + alias + ".request OPERATOR(pg_catalog.=) ?::pg_catalog.uuid AND " + alias
                        + ".step OPERATOR(pg_catalog.=) ?::pg_catalog.int4)",
                request.toString(),
                Integer.toString(step.number()));
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
