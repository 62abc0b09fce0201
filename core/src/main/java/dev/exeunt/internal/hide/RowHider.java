package dev.exeunt.internal.hide;

import dev.exeunt.ExeuntException;
import dev.exeunt.internal.erase.RuleSql;
import dev.exeunt.internal.plan.ColumnAssignment;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlanStep;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.postgres.SearchPath;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.ErasedPeople;
import dev.exeunt.internal.reach.KeyCapture;
import dev.exeunt.internal.reach.LeavingPeople;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.reach.SubjectRows;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Hides a person's rows as the map says and records each step, so that {@link RowRestorer} can undo it.
 *
 * <p>Rows that had been deleted before, which a marker column such as {@code deleted_at} tells, are left alone, and so never
 * come back by mistake.
 */
public final class RowHider {

    private static final String SET = """
            WITH exeunt_old AS MATERIALIZED (
                SELECT {key} AS exeunt_key, {columns} AS exeunt_was FROM {table}
                WHERE ({rows}) AND {unmarked} AND {stays}
            ), exeunt_new AS (
                UPDATE {table} SET {sets} FROM exeunt_old WHERE {found}
                RETURNING exeunt_old.exeunt_key, exeunt_old.exeunt_was, {columns} AS exeunt_became
            )
            INSERT INTO exeunt.undo (request, step, key, was, became)
            SELECT {step}, exeunt_key, exeunt_was, exeunt_became FROM exeunt_new
            """;

    private static final String STASH = """
            INSERT INTO exeunt.stash (request, step, key, was)
            SELECT {step}, {key}, {columns} FROM {table} WHERE {rows}
            """;

    private final Connection connection;
    private final Plan plan;
    private final HideJournal journal;
    private final RuleSql.TimePlaceholders moments;
    private ErasedPeople erased = ErasedPeople.NONE;

    /**
     * @param plan of hiding, whose steps overwrite what is set, and remove what is stashed or deleted
     * @param request whose row in {@code exeunt.request} is there already
     */
    public RowHider(Connection connection, Plan plan, UUID request, RuleSql.TimePlaceholders moments) {
        this.connection = connection;
        this.plan = plan;
        this.journal = new HideJournal(connection, request);
        this.moments = moments;
    }

    /** The same hider, which knows by this record whose rows stay although they were erased. */
    public RowHider withErasedPeople(ErasedPeople record) {
        erased = record;
        return this;
    }

    /** After {@link RowRestorer#restoreAndKeepJournal}: hides once more, and forgets what was written down the time before. */
    public void hideAgain(SubjectKey subject) throws SQLException {
        int before = journal.resume();
        hide(subject);
        journal.forget(before);
    }

    /** Hides what has come into sight since, besides what was written down before. */
    public void hideMore(SubjectKey subject) throws SQLException {
        journal.resume();
        hide(subject);
    }

    /** @return how many rows are out of sight now, each time one was set, moved or deleted */
    public long hide(SubjectKey subject) throws SQLException {
        return SearchPath.ofRole(connection, c -> hideRows(subject));
    }

    private long hideRows(SubjectKey subject) throws SQLException {
        SubjectRows reach = KeyCapture.capture(
                connection, plan, new LeavingPeople(List.of(subject), erased), KeyCapture.CaptureMode.LOCK);
        RuleSql rules = new RuleSql(reach, moments);
        long rows = 0;
        for (PlanStep step : plan.steps()) {
            if (step instanceof PlanStep.UpdateStep update) {
                for (PlannedRole role : update.table().assigning()) {
                    rows += set(update.table(), role, reach, rules);
                }
            } else if (step instanceof PlanStep.DeleteStep delete) {
                for (PlannedTable table : delete.tables()) {
                    stash(table, reach);
                }
                rows += remove(delete, reach);
            }
        }
        return rows;
    }

    private long set(PlannedTable planned, PlannedRole role, SubjectRows reach, RuleSql rules) throws SQLException {
        if (reach.isEmpty(role)) {
            return 0;
        }
        Table table = planned.table();
        String name = table.name().quoted();
        List<String> key = key(table);
        List<String> columns =
                role.assignments().stream().map(a -> a.column().name()).toList();
        HideJournal.JournalStep step = journal.begin(table.name(), HideJournal.JournalAction.SET, key, columns);
        SqlFragment sql = SqlTemplate.of(SET)
                .fragment("table", name)
                .fragment("key", RowTextSql.array(name, key))
                .fragment("columns", RowTextSql.array(name, columns))
                .fragment("rows", reach.matches(role))
                .fragment("unmarked", unmarked(role, name))
                .fragment("stays", reach.stays(planned))
                .fragment("sets", sets(role, rules))
                .fragment("found", RowTextSql.found(table, name, key, "exeunt_old.exeunt_key"))
                .fragment("step", journal.stepValues(step))
                .toFragment();
        return SqlRunner.update(connection, sql);
    }

    private static SqlFragment sets(PlannedRole role, RuleSql rules) {
        return role.assignments().stream()
                .map(a -> SqlTemplate.of("{column} = {value}")
                        .identifier("column", a.column().name())
                        .fragment("value", rules.value(role, a))
                        .toFragment())
                .collect(SqlFragment.joining(", "));
    }

    /** Of the subject's table the subject's key, by which their identifiers are found when they are erased. */
    private List<String> key(Table table) {
        return table.name().equals(plan.subject().table().name())
                ? plan.subject().key().stream().map(Column::name).toList()
                : RowTextSql.key(table).orElseThrow(() -> new MissingRowKeyException(table));
    }

    /** A nullable column that is set to the moment of hiding says of a row that it was deleted, and since when. */
    private static SqlFragment unmarked(PlannedRole role, String name) {
        return ColumnAssignment.marker(role.assignments())
                .map(a -> SqlTemplate.of("{table}.{column} IS NULL")
                        .fragment("table", name)
                        .identifier("column", a.column().name())
                        .toFragment())
                .orElse(SqlFragment.of("TRUE"));
    }

    private void stash(PlannedTable planned, SubjectRows reach) throws SQLException {
        List<PlannedRole> stashing = planned.deleting().stream()
                .filter(r -> r.outcome().putsRowsAside())
                .toList();
        if (stashing.stream().allMatch(reach::isEmpty)) {
            return;
        }
        List<PlannedRole> forGood =
                planned.deleting().stream().filter(r -> !stashing.contains(r)).toList();
        String name = planned.name().quoted();
        List<String> columns = RowTextSql.stored(planned.table());
        List<String> key = RowTextSql.key(planned.table()).orElse(List.of());
        HideJournal.JournalStep step = journal.begin(planned.name(), HideJournal.JournalAction.STASH, key, columns);
        SqlFragment sql = SqlTemplate.of(STASH)
                .fragment("step", journal.stepValues(step))
                .fragment("key", key.isEmpty() ? SqlFragment.of("NULL") : RowTextSql.array(name, key))
                .fragment("columns", RowTextSql.array(name, columns))
                .fragment("table", name)
                .fragment("rows", reach.matchesAnyBut(stashing, forGood))
                .toFragment();
        SqlRunner.update(connection, sql);
    }

    /** In one statement where tables refer to each other in a circle. */
    private long remove(PlanStep.DeleteStep delete, SubjectRows reach) throws SQLException {
        List<SqlFragment> deletes = delete.tables().stream()
                .map(table -> SqlTemplate.of("DELETE FROM {table} WHERE {rows}")
                        .fragment("table", table.name().quoted())
                        .fragment("rows", reach.deleted(table))
                        .toFragment())
                .toList();
        int last = deletes.size() - 1;
        if (last == 0) {
            return SqlRunner.update(connection, deletes.get(0));
        }
        SqlFragment before = IntStream.range(0, last)
                .mapToObj(i -> SqlTemplate.of("{name} AS ({delete})")
                        .identifier("name", "exeunt_" + i)
                        .fragment("delete", deletes.get(i))
                        .toFragment())
                .collect(SqlFragment.joining(", "));
        SqlFragment all = SqlTemplate.of("WITH {before} {last}")
                .fragment("before", before)
                .fragment("last", deletes.get(last))
                .toFragment();
        return SqlRunner.update(connection, all);
    }

    /** Thrown when a table has no key by which a hidden row could be found again. */
    public static final class MissingRowKeyException extends ExeuntException {
        private static final long serialVersionUID = 1L;

        MissingRowKeyException(Table table) {
            super("Nothing was hidden: " + table.name()
                    + " has no primary key and no unique key without NULL, so a row of it that was set could not be set"
                    + " back. Give it one, or hide by stash.");
        }
    }
}
