package dev.exeunt.internal.hide;

import dev.exeunt.ExeuntException;
import dev.exeunt.internal.erase.RuleSql;
import dev.exeunt.internal.map.HideRule;
import dev.exeunt.internal.plan.ColumnAssignment;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlanStep;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.postgres.SearchPath;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlQuoting;
import dev.exeunt.internal.reach.KeyCapture;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.reach.SubjectRows;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Hides a person's rows as the map says and records each step, so that RowRestorer can undo it. {@link RowRestorer}
 * undoes it.
 *
 * <p>Rows that had been deleted before, which a marker column such as {@code deleted_at} tells, are left alone, and so never
 * come back by mistake.
 */
public final class RowHider {

    private final Connection connection;
    private final Plan plan;
    private final HideJournal journal;
    private final RuleSql.TimePlaceholders moments;

    /**
     * @param plan of hiding: what is set is written, what is stashed or deleted is deleted
     * @param request whose row in {@code exeunt.request} is there already
     */
    public RowHider(Connection connection, Plan plan, UUID request, RuleSql.TimePlaceholders moments) {
        this.connection = connection;
        this.plan = plan;
        this.journal = new HideJournal(connection, request);
        this.moments = moments;
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
        SubjectRows reach = KeyCapture.capture(connection, plan, List.of(subject), KeyCapture.CaptureMode.LOCK);
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
        List<SqlFragment> sets = new ArrayList<>();
        for (ColumnAssignment assignment : role.assignments()) {
            sets.add(SqlFragment.of(SqlQuoting.identifier(assignment.column().name()) + " = ")
                    .plus(rules.value(role, assignment)));
        }
        SqlFragment sql = SqlFragment.of(
                        "WITH exeunt_old AS MATERIALIZED (SELECT " + RowTextSql.array(name, key) + " AS exeunt_key, "
                                + RowTextSql.array(name, columns) + " AS exeunt_was FROM " + name + " WHERE (")
                .plus(reach.matches(role))
                .plus(")" + unmarked(role, name) + " AND ")
                .plus(reach.stays(planned))
                .plus("), exeunt_new AS (UPDATE " + name + " SET ")
                .plus(SqlFragment.join(", ", sets))
                .plus(" FROM exeunt_old WHERE " + RowTextSql.found(table, name, key, "exeunt_old.exeunt_key")
                        + " RETURNING exeunt_old.exeunt_key, exeunt_old.exeunt_was, " + RowTextSql.array(name, columns)
                        + " AS exeunt_became) INSERT INTO exeunt.undo (request, step, key, was, became) SELECT ")
                .plus(journal.stepValues(step))
                .plus(", exeunt_key, exeunt_was, exeunt_became FROM exeunt_new");
        return update(sql);
    }

    /** Of the subject's table the subject's key, by which their identifiers are found when they are erased. */
    private List<String> key(Table table) {
        return table.name().equals(plan.subject().table().name())
                ? plan.subject().key().stream().map(Column::name).toList()
                : RowTextSql.key(table).orElseThrow(() -> new MissingRowKeyException(table));
    }

    /** A nullable column that is set to the moment of hiding says of a row that it was deleted, and since when. */
    private static String unmarked(PlannedRole role, String name) {
        return ColumnAssignment.marker(role.assignments())
                .map(a ->
                        " AND " + name + "." + SqlQuoting.identifier(a.column().name()) + " IS NULL")
                .orElse("");
    }

    private void stash(PlannedTable planned, SubjectRows reach) throws SQLException {
        List<PlannedRole> stashing = planned.deleting().stream()
                .filter(r -> r.hiding().how() instanceof HideRule.StashRows)
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
        update(SqlFragment.of("INSERT INTO exeunt.stash (request, step, key, was) SELECT ")
                .plus(journal.stepValues(step))
                .plus(key.isEmpty() ? ", NULL" : ", " + RowTextSql.array(name, key))
                .plus(", " + RowTextSql.array(name, columns) + " FROM " + name + " WHERE ")
                .plus(reach.matchesAnyBut(stashing, forGood)));
    }

    /** In one statement where tables refer to each other in a circle. */
    private long remove(PlanStep.DeleteStep delete, SubjectRows reach) throws SQLException {
        List<PlannedTable> tables = delete.tables();
        SqlFragment last = SqlFragment.EMPTY;
        List<SqlFragment> before = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            SqlFragment one = SqlFragment.of(
                            "DELETE FROM " + tables.get(i).name().quoted() + " WHERE ")
                    .plus(reach.deleted(tables.get(i)));
            if (i == tables.size() - 1) {
                last = one;
            } else {
                before.add(SqlFragment.of("exeunt_" + i + " AS (").plus(one).plus(")"));
            }
        }
        return update(
                before.isEmpty()
                        ? last
                        : SqlFragment.of("WITH ")
                                .plus(SqlFragment.join(", ", before))
                                .plus(" ")
                                .plus(last));
    }

    private long update(SqlFragment sql) throws SQLException {
        try (PreparedStatement statement = sql.prepare(connection)) {
            return statement.executeLargeUpdate();
        }
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
