package dev.exeunt.erase.hide;

import dev.exeunt.ExeuntException;
import dev.exeunt.erase.RuleSql;
import dev.exeunt.map.Hide;
import dev.exeunt.map.Rule.Placeholder;
import dev.exeunt.plan.Assignment;
import dev.exeunt.plan.Plan;
import dev.exeunt.plan.PlannedRole;
import dev.exeunt.plan.PlannedTable;
import dev.exeunt.plan.Step;
import dev.exeunt.postgres.Fragment;
import dev.exeunt.postgres.Quote;
import dev.exeunt.postgres.SearchPath;
import dev.exeunt.reach.Capture;
import dev.exeunt.reach.Reach;
import dev.exeunt.reach.SubjectKey;
import dev.exeunt.schema.Column;
import dev.exeunt.schema.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Hides a person's rows as the map says, inside the caller's transaction, and writes down what it did: columns are set, rows
 * are moved out of their tables, or (said aloud in the map) rows go for good. {@link Restorer} undoes it.
 *
 * <p>Rows that had been deleted before, which a marker column such as {@code deleted_at} tells, are left alone, and so never
 * come back by mistake.
 */
public final class Hider {

    private final Connection connection;
    private final Plan plan;
    private final Journal journal;
    private final RuleSql.Moments moments;

    /**
     * @param plan of hiding: what is set is written, what is stashed or deleted is deleted
     * @param request whose row in {@code exeunt.request} is there already
     */
    public Hider(Connection connection, Plan plan, UUID request, RuleSql.Moments moments) {
        this.connection = connection;
        this.plan = plan;
        this.journal = new Journal(connection, request);
        this.moments = moments;
    }

    /** After {@link Restorer#shown}: hides once more, and forgets what was written down the time before. */
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
        Reach reach = Capture.of(connection, plan, List.of(subject), Capture.Mode.LOCK);
        RuleSql rules = new RuleSql(reach, moments);
        long rows = 0;
        for (Step step : plan.steps()) {
            if (step instanceof Step.Update update) {
                for (PlannedRole role : update.table().assigning()) {
                    rows += set(update.table(), role, reach, rules);
                }
            } else if (step instanceof Step.Delete delete) {
                for (PlannedTable table : delete.tables()) {
                    stash(table, reach);
                }
                rows += remove(delete, reach);
            }
        }
        return rows;
    }

    private long set(PlannedTable planned, PlannedRole role, Reach reach, RuleSql rules) throws SQLException {
        if (reach.isEmpty(role)) {
            return 0;
        }
        Table table = planned.table();
        String name = table.name().quoted();
        List<String> key = key(table);
        List<String> columns =
                role.assignments().stream().map(a -> a.column().name()).toList();
        Journal.Step step = journal.begin(table.name(), Journal.Action.SET, key, columns);
        List<Fragment> sets = new ArrayList<>();
        for (Assignment assignment : role.assignments()) {
            sets.add(Fragment.of(Quote.identifier(assignment.column().name()) + " = ")
                    .plus(rules.value(role, assignment)));
        }
        Fragment sql = Fragment.of(
                        "WITH exeunt_old AS MATERIALIZED (SELECT " + RowText.array(name, key) + " AS exeunt_key, "
                                + RowText.array(name, columns) + " AS exeunt_was FROM " + name + " WHERE (")
                .plus(reach.matches(role))
                .plus(")" + unmarked(role, name) + " AND ")
                .plus(reach.stays(planned))
                .plus("), exeunt_new AS (UPDATE " + name + " SET ")
                .plus(Fragment.join(", ", sets))
                .plus(" FROM exeunt_old WHERE " + RowText.found(table, name, key, "exeunt_old.exeunt_key")
                        + " RETURNING exeunt_old.exeunt_key, exeunt_old.exeunt_was, " + RowText.array(name, columns)
                        + " AS exeunt_became) INSERT INTO exeunt.undo (request, step, key, was, became) SELECT ")
                .plus(journal.at(step))
                .plus(", exeunt_key, exeunt_was, exeunt_became FROM exeunt_new");
        return update(sql);
    }

    /** Of the subject's table the subject's key, by which their identifiers are found when they are erased. */
    private List<String> key(Table table) {
        return table.name().equals(plan.subject().table().name())
                ? plan.subject().key().stream().map(Column::name).toList()
                : RowText.key(table).orElseThrow(() -> new NoKeyException(table));
    }

    /** A nullable column that is set to the moment of hiding says of a row that it was deleted, and since when. */
    private static String unmarked(PlannedRole role, String name) {
        return marker(role.assignments())
                .map(a -> " AND " + name + "." + Quote.identifier(a.column().name()) + " IS NULL")
                .orElse("");
    }

    /** The column among these that says since when a row is deleted: one that may be empty, and is set to the present moment. */
    public static Optional<Assignment> marker(List<Assignment> sets) {
        return sets.stream()
                .filter(a -> !a.column().notNull())
                .filter(a -> RuleSql.moment(a).filter(p -> p == Placeholder.NOW).isPresent())
                .findFirst();
    }

    private void stash(PlannedTable planned, Reach reach) throws SQLException {
        List<PlannedRole> stashing = planned.deleting().stream()
                .filter(r -> r.hiding().how() instanceof Hide.Stash)
                .toList();
        if (stashing.stream().allMatch(reach::isEmpty)) {
            return;
        }
        List<PlannedRole> forGood =
                planned.deleting().stream().filter(r -> !stashing.contains(r)).toList();
        String name = planned.name().quoted();
        List<String> columns = RowText.stored(planned.table());
        List<String> key = RowText.key(planned.table()).orElse(List.of());
        Journal.Step step = journal.begin(planned.name(), Journal.Action.STASH, key, columns);
        update(Fragment.of("INSERT INTO exeunt.stash (request, step, key, was) SELECT ")
                .plus(journal.at(step))
                .plus(key.isEmpty() ? ", NULL" : ", " + RowText.array(name, key))
                .plus(", " + RowText.array(name, columns) + " FROM " + name + " WHERE ")
                .plus(reach.matchesAnyBut(stashing, forGood)));
    }

    /** In one statement where tables refer to each other in a circle. */
    private long remove(Step.Delete delete, Reach reach) throws SQLException {
        List<PlannedTable> tables = delete.tables();
        Fragment last = Fragment.EMPTY;
        List<Fragment> before = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            Fragment one = Fragment.of("DELETE FROM " + tables.get(i).name().quoted() + " WHERE ")
                    .plus(reach.deleted(tables.get(i)));
            if (i == tables.size() - 1) {
                last = one;
            } else {
                before.add(Fragment.of("exeunt_" + i + " AS (").plus(one).plus(")"));
            }
        }
        return update(
                before.isEmpty()
                        ? last
                        : Fragment.of("WITH ")
                                .plus(Fragment.join(", ", before))
                                .plus(" ")
                                .plus(last));
    }

    private long update(Fragment sql) throws SQLException {
        try (PreparedStatement statement = sql.prepare(connection)) {
            return statement.executeLargeUpdate();
        }
    }

    /** A row that nothing tells from its like could not be found again. */
    public static final class NoKeyException extends ExeuntException {
        private static final long serialVersionUID = 1L;

        NoKeyException(Table table) {
            super("Nothing was hidden: " + table.name()
                    + " has no primary key and no unique key without NULL, so a row of it that was set could not be set"
                    + " back. Give it one, or hide by stash.");
        }
    }
}
