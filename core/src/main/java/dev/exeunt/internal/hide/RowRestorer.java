package dev.exeunt.internal.hide;

import dev.exeunt.ExeuntException;
import dev.exeunt.erase.RestoreResult;
import dev.exeunt.erase.RestoreResult.TableRestoreResult;
import dev.exeunt.internal.enforce.OwnWrites;
import dev.exeunt.internal.postgres.SearchPath;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.KeyPredicate;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Restores the rows that RowHider hid for a request, in reverse order. A column that was changed meanwhile keeps the
 * change. A row that was deleted meanwhile, or whose parent row was, stays away. The result reports both.
 */
public final class RowRestorer {

    private static final String SET_BACK = """
            WITH exeunt_back AS (
                UPDATE {table} SET {sets} FROM exeunt.undo exeunt_u WHERE {step} AND {found}
                RETURNING {changed} AS changed
            )
            SELECT pg_catalog.count(*) FILTER (WHERE NOT changed), pg_catalog.count(*) FILTER (WHERE changed),
                (SELECT pg_catalog.count(*) FROM exeunt.undo exeunt_u WHERE {step})
                    OPERATOR(pg_catalog.-) pg_catalog.count(*)
            FROM exeunt_back
            """;

    private static final String MOVE_BACK = """
            WITH exeunt_back AS (
                INSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE
                SELECT exeunt_r.* FROM (SELECT {values} FROM exeunt.stash exeunt_s WHERE {step}) AS exeunt_r
                WHERE {parents}
                ON CONFLICT DO NOTHING RETURNING {key} AS exeunt_key
            ), exeunt_away AS (
                DELETE FROM exeunt.stash exeunt_s WHERE {step}
                    AND exeunt_s.key OPERATOR(pg_catalog.<>) ALL (SELECT exeunt_key FROM exeunt_back)
            )
            SELECT pg_catalog.count(*), 0,
                (SELECT pg_catalog.count(*) FROM exeunt.stash exeunt_s WHERE {step})
                    OPERATOR(pg_catalog.-) pg_catalog.count(*)
            FROM exeunt_back
            """;

    private final Connection connection;
    private final DatabaseSchema schema;
    private final HideJournal journal;

    /** @param schema the live one: what has been migrated away since cannot be restored */
    public RowRestorer(Connection connection, DatabaseSchema schema, UUID request) {
        this.connection = connection;
        this.schema = schema;
        this.journal = new HideJournal(connection, request);
    }

    /** Everything, and forgets it. */
    public RestoreResult restoreAndForget() throws SQLException {
        RestoreResult restored = undo(step -> true);
        journal.forget();
        return restored;
    }

    /** Everything, but what was written down stays: it says which rows it was. */
    public RestoreResult restoreAndKeepJournal() throws SQLException {
        return undo(step -> true);
    }

    /** Only rows that were moved out of their tables, before they are erased; what was written down stays. */
    public RestoreResult restoreStashedRows() throws SQLException {
        return undo(step -> step.action() == HideJournal.JournalAction.STASH);
    }

    private RestoreResult undo(Predicate<HideJournal.JournalStep> which) throws SQLException {
        return OwnWrites.allow(connection, own -> SearchPath.ofRole(own, c -> undoSteps(which)));
    }

    private RestoreResult undoSteps(Predicate<HideJournal.JournalStep> which) throws SQLException {
        List<TableRestoreResult> tables = new ArrayList<>();
        for (HideJournal.JournalStep step : journal.backwards()) {
            if (which.test(step)) {
                Table table =
                        schema.table(step.table()).orElseThrow(() -> new HiddenTableDroppedException(step.table()));
                tables.add(
                        step.action() == HideJournal.JournalAction.SET ? setBack(table, step) : moveBack(table, step));
            }
        }
        return new RestoreResult(tables);
    }

    private TableRestoreResult setBack(Table table, HideJournal.JournalStep step) throws SQLException {
        String name = table.name().quoted();
        List<SqlFragment> sets = new ArrayList<>();
        List<SqlFragment> changed = new ArrayList<>();
        for (int i = 0; i < step.columns().size(); i++) {
            Optional<Column> column = table.column(step.columns().get(i));
            if (column.isPresent()) {
                sets.add(setBack(name, column.get(), i + 1));
                changed.add(changed(name, column.get(), i + 1));
            }
        }
        SqlFragment sql = SqlTemplate.of(SET_BACK)
                .fragment("table", name)
                .fragments("sets", ", ", sets)
                .fragment("step", journal.matchesStep(step, "exeunt_u"))
                .fragment("found", RowTextSql.found(table, name, step.key(), "exeunt_u.key"))
                .fragments("changed", " OR ", changed)
                .toFragment();
        return counted(table, sql);
    }

    private static SqlFragment setBack(String table, Column column, int position) {
        return SqlTemplate.of("{column} = CASE WHEN {unchanged} THEN {was} ELSE {table}.{column} END")
                .identifier("column", column.name())
                .fragment("unchanged", same(table, column, RowTextSql.element("exeunt_u.became", position)))
                .fragment("was", RowTextSql.value("exeunt_u.was", position, column))
                .fragment("table", table)
                .toFragment();
    }

    private static SqlFragment changed(String table, Column column, int position) {
        return SqlTemplate.of("NOT {same}")
                .fragment("same", same(table, column, RowTextSql.element("exeunt_u.was", position)))
                .toFragment();
    }

    /**
     * Moves rows back. A row whose parent is gone, or whose unique value is taken, does not come back and is removed
     * from the stash.
     */
    private TableRestoreResult moveBack(Table table, HideJournal.JournalStep step) throws SQLException {
        List<String> into = new ArrayList<>();
        List<SqlFragment> values = new ArrayList<>();
        for (int i = 0; i < step.columns().size(); i++) {
            Optional<Column> column = table.column(step.columns().get(i)).filter(c -> !c.generated());
            if (column.isPresent()) {
                into.add(column.get().name());
                values.add(SqlTemplate.of("{value} AS {column}")
                        .fragment("value", RowTextSql.value("exeunt_s.was", i + 1, column.get()))
                        .identifier("column", column.get().name())
                        .toFragment());
            }
        }
        SqlFragment key = step.key().isEmpty()
                ? SqlFragment.of("NULL::pg_catalog.text[]")
                : RowTextSql.array(table.name().quoted(), step.key());
        SqlFragment sql = SqlTemplate.of(MOVE_BACK)
                .fragment("table", table.name().quoted())
                .identifiers("columns", into)
                .fragments("values", ", ", values)
                .fragment("step", journal.matchesStep(step, "exeunt_s"))
                .fragments("parents", " AND ", parents(table))
                .fragment("key", key)
                .toFragment();
        return counted(table, sql);
    }

    /** Conditions that the parents of a row are there. */
    private static List<SqlFragment> parents(Table table) {
        List<SqlFragment> there = new ArrayList<>();
        there.add(SqlFragment.of("TRUE"));
        table.foreignKeys().stream()
                .filter(key -> !key.parent().equals(table.name()))
                .forEach(key -> there.add(parent(table, key)));
        return there;
    }

    private static SqlFragment parent(Table table, ForeignKey key) {
        List<SqlFragment> none = key.columns().stream()
                .map(column -> SqlTemplate.of("exeunt_r.{column} IS NULL")
                        .identifier("column", column)
                        .toFragment())
                .toList();
        SqlFragment equal = KeyPredicate.of(
                "exeunt_r",
                key.columns().stream().map(table::require).toList(),
                i -> SqlTemplate.of("exeunt_p.{parent}")
                        .identifier("parent", key.parentColumns().get(i))
                        .toFragment());
        return SqlTemplate.of("({none} OR EXISTS (SELECT FROM {parent} exeunt_p WHERE {equal}))")
                .fragments("none", " OR ", none)
                .fragment("parent", key.parent().quoted())
                .fragment("equal", equal)
                .toFragment();
    }

    /** Both are NULL, or the column's text is this one. Written out, since IS DISTINCT FROM looks its operator up in the path. */
    private static SqlFragment same(String table, Column column, SqlFragment text) {
        return SqlTemplate.of("""
                        (CASE WHEN {table}.{column}::pg_catalog.text IS NULL THEN {text} IS NULL
                              ELSE ({table}.{column}::pg_catalog.text OPERATOR(pg_catalog.=) {text}) IS TRUE END)""")
                .fragment("table", table)
                .identifier("column", column.name())
                .fragment("text", text)
                .toFragment();
    }

    private TableRestoreResult counted(Table table, SqlFragment sql) throws SQLException {
        return SqlRunner.one(
                connection,
                sql,
                row -> new TableRestoreResult(table.name().toString(), row.getLong(1), row.getLong(2), row.getLong(3)));
    }

    /** Thrown when a migration dropped a table that still has hidden rows. */
    public static final class HiddenTableDroppedException extends ExeuntException {
        private static final long serialVersionUID = 1L;

        HiddenTableDroppedException(TableName table) {
            super("Nothing was restored: rows of " + table + " are hidden, and there is no such table any more.");
        }
    }
}
