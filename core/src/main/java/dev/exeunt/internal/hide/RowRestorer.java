package dev.exeunt.internal.hide;

import dev.exeunt.ExeuntException;
import dev.exeunt.erase.RestoreResult;
import dev.exeunt.erase.RestoreResult.TableRestoreResult;
import dev.exeunt.internal.postgres.SearchPath;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlQuoting;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Restores the rows that RowHider hid for a request, in reverse order. A column that somebody has changed meanwhile
 * keeps their change; a row that somebody has deleted, or that belonged to one, stays away; the result says so of both.
 */
public final class RowRestorer {

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
        return SearchPath.ofRole(connection, c -> undoSteps(which));
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
        List<String> sets = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        for (int i = 0; i < step.columns().size(); i++) {
            Optional<Column> column = table.column(step.columns().get(i));
            if (column.isPresent()) {
                String own = name + "." + SqlQuoting.identifier(column.get().name());
                int position = i + 1;
                sets.add(SqlQuoting.identifier(column.get().name()) + " = CASE WHEN "
                        + same(own, "exeunt_u.became[" + position + "]") + " THEN "
                        + RowTextSql.value("exeunt_u.was", position, column.get()) + " ELSE " + own + " END");
                changed.add("NOT " + same(own, "exeunt_u.was[" + position + "]"));
            }
        }
        SqlFragment sql = SqlFragment.of("WITH exeunt_back AS (UPDATE " + name + " SET " + String.join(", ", sets)
                        + " FROM exeunt.undo exeunt_u WHERE ")
                .plus(journal.matchesStep(step, "exeunt_u"))
                .plus(" AND " + RowTextSql.found(table, name, step.key(), "exeunt_u.key") + " RETURNING "
                        + String.join(" OR ", changed) + " AS changed)"
                        + " SELECT pg_catalog.count(*) FILTER (WHERE NOT changed), pg_catalog.count(*) FILTER (WHERE changed),"
                        + " (SELECT pg_catalog.count(*) FROM exeunt.undo u WHERE ")
                .plus(journal.matchesStep(step, "u"))
                .plus(") OPERATOR(pg_catalog.-) pg_catalog.count(*) FROM exeunt_back");
        return counted(table, sql);
    }

    /** A row whose parent is gone, or whose place somebody has taken, does not come back, and is forgotten. */
    private TableRestoreResult moveBack(Table table, HideJournal.JournalStep step) throws SQLException {
        List<String> into = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < step.columns().size(); i++) {
            Optional<Column> column = table.column(step.columns().get(i)).filter(c -> !c.generated());
            if (column.isPresent()) {
                into.add(SqlQuoting.identifier(column.get().name()));
                values.add(RowTextSql.value("exeunt_s.was", i + 1, column.get()) + " AS "
                        + SqlQuoting.identifier(column.get().name()));
            }
        }
        String key = step.key().isEmpty()
                ? "NULL::pg_catalog.text[]"
                : RowTextSql.array(table.name().quoted(), step.key());
        SqlFragment sql = SqlFragment.of(
                        "WITH exeunt_back AS (INSERT INTO " + table.name().quoted() + " ("
                                + String.join(", ", into) + ") OVERRIDING SYSTEM VALUE SELECT exeunt_r.* FROM (SELECT "
                                + String.join(", ", values) + " FROM exeunt.stash exeunt_s WHERE ")
                .plus(journal.matchesStep(step, "exeunt_s"))
                .plus(") AS exeunt_r WHERE TRUE" + parents(table) + " ON CONFLICT DO NOTHING RETURNING " + key
                        + " AS exeunt_key), exeunt_away AS (DELETE FROM exeunt.stash exeunt_d WHERE ")
                .plus(journal.matchesStep(step, "exeunt_d"))
                .plus(" AND exeunt_d.key OPERATOR(pg_catalog.<>) ALL (SELECT exeunt_key FROM exeunt_back))"
                        + " SELECT pg_catalog.count(*), 0, (SELECT pg_catalog.count(*) FROM exeunt.stash s WHERE ")
                .plus(journal.matchesStep(step, "s"))
                .plus(") OPERATOR(pg_catalog.-) pg_catalog.count(*) FROM exeunt_back");
        return counted(table, sql);
    }

    private static String parents(Table table) {
        StringBuilder there = new StringBuilder();
        for (ForeignKey key : table.foreignKeys()) {
            if (!key.parent().equals(table.name())) {
                List<String> none = new ArrayList<>();
                List<String> equal = new ArrayList<>();
                for (int i = 0; i < key.columns().size(); i++) {
                    String own =
                            "exeunt_r." + SqlQuoting.identifier(key.columns().get(i));
                    none.add(own + " IS NULL");
                    equal.add("exeunt_p."
                            + SqlQuoting.identifier(key.parentColumns().get(i)) + " "
                            + table.require(key.columns().get(i)).type().equality() + " " + own);
                }
                there.append(" AND (").append(String.join(" OR ", none)).append(" OR EXISTS (SELECT FROM ");
                there.append(key.parent().quoted()).append(" exeunt_p WHERE ");
                there.append(String.join(" AND ", equal)).append("))");
            }
        }
        return there.toString();
    }

    /** Both are NULL, or the column's text is this one. Written out, since IS DISTINCT FROM looks its operator up in the path. */
    private static String same(String column, String text) {
        return "(CASE WHEN " + column + "::pg_catalog.text IS NULL THEN " + text + " IS NULL ELSE (" + column
                + "::pg_catalog.text OPERATOR(pg_catalog.=) " + text + ") IS TRUE END)";
    }

    private TableRestoreResult counted(Table table, SqlFragment sql) throws SQLException {
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new TableRestoreResult(table.name().toString(), row.getLong(1), row.getLong(2), row.getLong(3));
        }
    }

    /** Thrown when a migration dropped a table that still has hidden rows. */
    public static final class HiddenTableDroppedException extends ExeuntException {
        private static final long serialVersionUID = 1L;

        HiddenTableDroppedException(TableName table) {
            super("Nothing was restored: rows of " + table + " are hidden, and there is no such table any more.");
        }
    }
}
