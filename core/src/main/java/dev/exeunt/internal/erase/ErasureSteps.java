package dev.exeunt.internal.erase;

import dev.exeunt.database.DatabaseException;
import dev.exeunt.erase.RehearsalResult.StatementKind;
import dev.exeunt.internal.plan.PlanStep;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.reach.StatementListener;
import dev.exeunt.internal.reach.StatementListener.ErasureStatement;
import dev.exeunt.internal.reach.SubjectRows;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.internal.schema.Trigger;
import dev.exeunt.internal.sideeffect.NothingErasedException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Runs the steps of a plan over captured rows, and counts what they wrote. */
final class ErasureSteps {

    private static final String UNIQUE_VIOLATION = "23505";

    private final Connection connection;
    private final ErasureSql writes;
    private final StatementListener listener;
    private final ErasureCounts counts = new ErasureCounts();

    ErasureSteps(Connection connection, SubjectRows reach, Instant now, StatementListener listener) {
        this.connection = connection;
        this.writes = new ErasureSql(reach, now);
        this.listener = listener;
    }

    ErasureCounts counts() {
        return counts;
    }

    static String doing(PlanStep step) {
        if (step instanceof PlanStep.UpdateStep update) {
            return "changing " + update.table().name();
        }
        return "deleting from " + tables(step).stream().map(TableName::toString).collect(Collectors.joining(", "));
    }

    /**
     * Runs one step.
     *
     * @throws RowsKeptBackException where a trigger keeps rows, or values of them, as they are
     */
    void run(PlanStep step) {
        try {
            if (step instanceof PlanStep.UpdateStep update) {
                update(update);
            } else {
                write(step, writes.of(step));
            }
        } catch (SQLException e) {
            throw DatabaseException.of(e, doing(step));
        }
    }

    /** Runs a step once more, of an update only for rows that do not bear what the rules say. */
    void runLate(PlanStep step) {
        try {
            if (step instanceof PlanStep.UpdateStep update) {
                salting(step, sql -> write(step, sql.late(update.table())));
            } else {
                write(step, writes.of(step));
            }
        } catch (SQLException e) {
            throw DatabaseException.of(e, doing(step));
        }
    }

    private long update(PlanStep.UpdateStep step) throws SQLException {
        PlannedTable table = step.table();
        if (!mayBeKept(table)) {
            return salting(step, sql -> write(step, sql.of(step)));
        }
        boolean rules = table.table().triggers().stream().anyMatch(t -> t.enabled() && t.onUpdate() && t.rule());
        if (rules || table.table().kind() == Table.RelationKind.FOREIGN) {
            // PostgreSQL applies no rule to an UPDATE inside WITH, and a foreign row may have no place that tells it
            // from others
            long wanted = SqlRunner.count(connection, writes.count(table));
            long rows = salting(step, sql -> write(step, sql.of(step)));
            requireAll(table, wanted, rows);
            return rows;
        }
        return salting(step, sql -> compared(step, sql.compared(table)));
    }

    private static boolean mayBeKept(PlannedTable table) {
        return table.table().triggers().stream().anyMatch(t -> t.enabled() && t.onUpdate() && t.mayKeepRows());
    }

    private long compared(PlanStep.UpdateStep step, SqlFragment sql) throws SQLException {
        TableName table = step.table().name();
        listener.begins(new ErasureStatement(StatementKind.UPDATE, doing(step), List.of(table), sql));
        long[] rows = SqlRunner.one(connection, sql, row -> numbers(row, 3));
        counts.add(true, table, rows[1]);
        listener.ended(rows[1]);
        requireAll(step.table(), rows[0], rows[1] - rows[2]);
        return rows[1];
    }

    private static void requireAll(PlannedTable table, long wanted, long changed) {
        if (changed != wanted) {
            throw new RowsKeptBackException(table);
        }
    }

    /** Writes with these statements. */
    private interface StatementRun {
        long with(ErasureSql sql) throws SQLException;
    }

    /** A value made of a person's key may be one that another person has chosen: it is then made again, with chance added. */
    private long salting(PlanStep step, StatementRun run) throws SQLException {
        if (!ErasureSql.fillsInKeys(step)) {
            return run.with(writes);
        }
        Savepoint before = connection.setSavepoint();
        try {
            return run.with(writes);
        } catch (SQLException e) {
            if (!UNIQUE_VIOLATION.equals(e.getSQLState())) {
                throw e;
            }
            connection.rollback(before);
            counts.repeated(tables(step));
            return run.with(writes.salted());
        }
    }

    private long write(PlanStep step, SqlFragment sql) throws SQLException {
        boolean update = step instanceof PlanStep.UpdateStep;
        List<TableName> tables = tables(step);
        listener.begins(
                new ErasureStatement(update ? StatementKind.UPDATE : StatementKind.DELETE, doing(step), tables, sql));
        long[] rows = tables.size() == 1
                ? new long[] {SqlRunner.update(connection, sql)}
                : SqlRunner.one(connection, sql, row -> numbers(row, tables.size()));
        for (int i = 0; i < rows.length; i++) {
            counts.add(update, tables.get(i), rows[i]);
        }
        long all = LongStream.of(rows).sum();
        listener.ended(all);
        return all;
    }

    private static long[] numbers(ResultSet row, int columns) throws SQLException {
        long[] numbers = new long[columns];
        for (int i = 0; i < columns; i++) {
            numbers[i] = row.getLong(i + 1);
        }
        return numbers;
    }

    static List<TableName> tables(PlanStep step) {
        return step instanceof PlanStep.UpdateStep update
                ? List.of(update.table().name())
                : ((PlanStep.DeleteStep) step)
                        .tables().stream().map(PlannedTable::name).toList();
    }

    /** A trigger of the database did not let rows be changed. */
    public static final class RowsKeptBackException extends NothingErasedException {
        private static final long serialVersionUID = 1L;

        RowsKeptBackException(PlannedTable table) {
            super(
                    "a BEFORE UPDATE trigger or a rule of " + table.name()
                            + " keeps rows of the person, or values of them, as they were although the map overwrites them. It is one of: "
                            + String.join(", ", keeping(table))
                            + ". Look at what it does; let it heed a setting (settings: { app.no_history: \"on\" }), or change it.");
        }

        private static List<String> keeping(PlannedTable table) {
            return table.table().triggers().stream()
                    .filter(t -> t.enabled() && t.onUpdate() && t.mayKeepRows())
                    .map(Trigger::name)
                    .toList();
        }
    }
}
