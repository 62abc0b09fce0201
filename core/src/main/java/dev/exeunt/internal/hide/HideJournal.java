package dev.exeunt.internal.hide;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.TableName;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** Records the steps by which a request hid rows, in the table exeunt.hidden. */
final class HideJournal {

    private static final String INSERT = """
            INSERT INTO exeunt.hidden (request, step, table_schema, table_name, action, key_columns, columns)
            VALUES (:request, :step, :schema, :table, :action, :key, :columns)
            """;

    private static final String BACKWARDS = """
            SELECT step, table_schema, table_name, action, key_columns, columns
            FROM exeunt.hidden WHERE request OPERATOR(pg_catalog.=) :request ORDER BY step DESC
            """;

    private static final String FORGET = """
            DELETE FROM exeunt.hidden
            WHERE request OPERATOR(pg_catalog.=) :request AND step OPERATOR(pg_catalog.<=) :step
            """;

    private static final String MATCHES_STEP = """
            ({table}.request OPERATOR(pg_catalog.=) :request AND {table}.step OPERATOR(pg_catalog.=) :step)""";

    private final Connection connection;
    private final UUID request;
    private int last;

    HideJournal(Connection connection, UUID request) {
        this.connection = connection;
        this.request = request;
    }

    /**
     * New steps follow those that are written down already.
     *
     * @return the number of the last of these
     */
    int resume() throws SQLException {
        List<JournalStep> steps = backwards();
        last = steps.isEmpty() ? 0 : steps.get(0).number();
        return last;
    }

    /** Lists what a journal step did to rows: set columns or move rows to the stash. */
    enum JournalAction {
        SET,
        STASH;

        String word() {
            return this == SET ? "set" : "stash";
        }
    }

    /**
     * Describes one recorded step: table, action, key columns and saved columns.
     *
     * @param key columns by which a row is found again; empty where a stashed table has none
     * @param columns whose values were kept
     */
    record JournalStep(int number, TableName table, JournalAction action, List<String> key, List<String> columns) {}

    /** Opens a step; its rows refer to it. */
    JournalStep begin(TableName table, JournalAction action, List<String> key, List<String> columns)
            throws SQLException {
        JournalStep step = new JournalStep(++last, table, action, key, columns);
        SqlFragment insert = SqlTemplate.of(INSERT)
                .bind("request", request)
                .bind("step", step.number())
                .bind("schema", table.schema())
                .bind("table", table.name())
                .bind("action", action.word())
                .bind("key", key.toArray(String[]::new))
                .bind("columns", columns.toArray(String[]::new))
                .toFragment();
        SqlRunner.update(connection, insert);
        return step;
    }

    /** The last step first. */
    List<JournalStep> backwards() throws SQLException {
        SqlFragment select = SqlTemplate.of(BACKWARDS).bind("request", request).toFragment();
        return SqlRunner.list(
                connection,
                select,
                row -> new JournalStep(
                        row.getInt(1),
                        new TableName(row.getString(2), row.getString(3)),
                        row.getString(4).equals("set") ? JournalAction.SET : JournalAction.STASH,
                        texts(row.getArray(5)),
                        texts(row.getArray(6))));
    }

    /** Forgets everything, once it has been undone or must never be. */
    void forget() throws SQLException {
        forget(Integer.MAX_VALUE);
    }

    /** @param upTo the last step that is forgotten */
    void forget(int upTo) throws SQLException {
        SqlRunner.update(
                connection,
                SqlTemplate.of(FORGET)
                        .bind("request", request)
                        .bind("step", upTo)
                        .toFragment());
    }

    /** Two values of a row in {@code undo} or {@code stash}: the request and the step. */
    SqlFragment stepValues(JournalStep step) {
        return SqlTemplate.of(":request, :step")
                .bind("request", request)
                .bind("step", step.number())
                .toFragment();
    }

    /** True for the rows of {@code undo} or {@code stash}, known as {@code alias}, that belong to the step. */
    SqlFragment matchesStep(JournalStep step, String alias) {
        return SqlTemplate.of(MATCHES_STEP)
                .fragment("table", alias)
                .bind("request", request)
                .bind("step", step.number())
                .toFragment();
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
