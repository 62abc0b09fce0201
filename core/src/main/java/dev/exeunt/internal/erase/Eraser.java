package dev.exeunt.internal.erase;

import dev.exeunt.ExeuntException;
import dev.exeunt.ProgressListener;
import dev.exeunt.database.DatabaseException;
import dev.exeunt.erase.Receipt;
import dev.exeunt.erase.RehearsalResult.StatementKind;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlanStep;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.postgres.CustomSettings;
import dev.exeunt.internal.postgres.SearchPath;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.ErasedPeople;
import dev.exeunt.internal.reach.FormerIdentifier;
import dev.exeunt.internal.reach.KeyCapture;
import dev.exeunt.internal.reach.LeavingPeople;
import dev.exeunt.internal.reach.StatementListener;
import dev.exeunt.internal.reach.StatementListener.ErasureStatement;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.reach.SubjectRows;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.internal.schema.catalog.CatalogComparison;
import dev.exeunt.internal.schema.catalog.CatalogComparison.CatalogueChangedException;
import dev.exeunt.internal.transaction.DeadlockRetry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Erases a set of subjects inside the caller's transaction, which the caller commits or, after any exception, rolls back.
 * In turn: the plan's tables are locked against changes of structure; the catalogue is compared with the one the plan was
 * proven against; the rows that others hang off are locked and every link's keys captured; the steps run, each of which locks what
 * it takes; deferred constraints are checked; the links are looked for once more.
 */
public final class Eraser {

    private static final String UNIQUE_VIOLATION = "23505";

    private static final ErasureStatement DEFERRED = new ErasureStatement(
            StatementKind.DEFERRED,
            "checking deferred constraints",
            List.of(),
            SqlFragment.of("SET CONSTRAINTS ALL IMMEDIATE"));

    private final Connection connection;
    private final Plan plan;
    private final Clock clock;
    private final ProgressListener progress;
    private List<FormerIdentifier> former = List.of();
    private ErasedPeople erased = ErasedPeople.NONE;
    private StatementListener listener = StatementListener.NONE;

    public Eraser(Connection connection, Plan plan, Clock clock, ProgressListener progress) {
        this.connection = connection;
        this.plan = plan;
        this.clock = clock;
        this.progress = progress;
    }

    /** The same eraser, which finds rows also by what identifiers were before they were hidden. */
    public Eraser withFormerIdentifiers(List<FormerIdentifier> values) {
        former = List.copyOf(values);
        return this;
    }

    /** The same eraser, which knows by this record whose rows stay although they were erased. */
    public Eraser withErasedPeople(ErasedPeople record) {
        erased = record;
        return this;
    }

    /** The same eraser, telling of each statement. */
    Eraser withListener(StatementListener told) {
        listener = told;
        return this;
    }

    /**
     * @param lockWait how long to wait for a lock somebody else holds
     * @return what was done, provided the caller commits
     * @throws dev.exeunt.ExeuntException where the map names what lives elsewhere
     * @throws CatalogueChangedException where the database's structure is not what the plan was proven against
     * @throws ReassignTargetCheck.ReassignTargetMissingException where the map hands rows over to one that is not there
     * @throws SharedValueCheck.SharedValueException where the map says to ask about rows of values that others hold
     * @throws RowsKeptBackException where a trigger keeps rows as they are
     * @throws NarrowedRowsCheck.NarrowedRowsLeftException where a condition chose other rows after the first write than before
     * @throws RemainingLinkCheck.RemainingLinkException where a link is left that the map did not keep
     * @throws DatabaseException where the database refuses; names table and constraint, never a value
     */
    public Receipt erase(List<SubjectKey> subjects, Duration lockWait) {
        ExternalSystemsCheck.requireNone(plan.map());
        return guarded("starting an attempt", () -> {
            CustomSettings.apply(connection, plan.map().settings());
            return DeadlockRetry.afterDeadlock(connection, settings(lockWait), () -> attempt(subjects));
        });
    }

    private Receipt attempt(List<SubjectKey> subjects) {
        int steps = plan.steps().size() + 3;
        progress.at("locking tables", 0, steps);
        guarded("locking the tables", () -> execute(tableLocks()));
        String database = sameCatalogue();
        return guarded("erasing", () -> SearchPath.ofRole(connection, c -> eraseRows(subjects, database, steps)));
    }

    private Receipt eraseRows(List<SubjectKey> subjects, String database, int steps) {
        progress.at("locking and capturing rows", 1, steps);
        SubjectRows reach = guarded(
                "locking the person's rows",
                () -> KeyCapture.captureAndLock(
                        connection,
                        plan,
                        new LeavingPeople(subjects, erased),
                        new KeyCapture.ErasureCapture(former, listener)));
        SharedValueCheck.requireNone(reach);
        guarded("looking for the rows that others are handed to", () -> {
            ReassignTargetCheck.check(connection, reach, subjects);
            return true;
        });
        NarrowedRowsCheck narrowed =
                guarded("counting the rows that conditions choose", () -> new NarrowedRowsCheck(connection, reach));
        Instant now = clock.instant();
        ErasureCounts counts = run(reach, now, steps);
        progress.at("verifying", steps - 1, steps);
        guarded(DEFERRED.what(), this::checkDeferred);
        guarded("verifying", () -> {
            RemainingLinkCheck.run(connection, reach, listener);
            narrowed.requireNoneLeft(connection);
            return true;
        });
        return new Receipt(
                UUID.randomUUID().toString(),
                now,
                subjects.size(),
                database,
                plan.catalogueDigest(),
                plan.digest(),
                counts.tables(reach));
    }

    /** The statements an erasure of these rows would run, without running them. */
    public static List<String> statements(SubjectRows reach, Instant now) {
        ErasureSql writes = new ErasureSql(reach, now);
        return reach.plan().steps().stream().map(s -> writes.of(s).sql()).toList();
    }

    private static SqlFragment settings(Duration lockWait) {
        return SqlTemplate.of("""
                        SET LOCAL lock_timeout = :milliseconds;
                        SET LOCAL plan_cache_mode = force_generic_plan;
                        SET CONSTRAINTS ALL DEFERRED""")
                .bind("milliseconds", Long.toString(lockWait.toMillis()))
                .toFragment();
    }

    /** Against changes of structure only: other people's reading and writing goes on. Sorted, so that two erasures never
     * wait for each other in a circle. */
    private SqlFragment tableLocks() {
        Map<Boolean, List<SqlFragment>> byWrites = plan.tables().stream()
                .filter(t -> t.table().kind() != Table.RelationKind.FOREIGN)
                .sorted(Comparator.comparing(PlannedTable::name))
                .collect(Collectors.partitioningBy(
                        t -> t.roles().stream().anyMatch(PlannedRole::writes),
                        Collectors.mapping(t -> SqlFragment.of(t.name().quoted()), Collectors.toList())));
        return Stream.of(
                        lock(byWrites.getOrDefault(true, List.of()), "ROW EXCLUSIVE"),
                        lock(byWrites.getOrDefault(false, List.of()), "ACCESS SHARE"))
                .flatMap(Optional::stream)
                .collect(SqlFragment.joining("; "));
    }

    private static Optional<SqlFragment> lock(List<SqlFragment> tables, String mode) {
        return tables.isEmpty()
                ? Optional.empty()
                : Optional.of(SqlTemplate.of("LOCK TABLE {tables} IN {mode} MODE")
                        .fragments("tables", ", ", tables)
                        .fragment("mode", mode)
                        .toFragment());
    }

    private String sameCatalogue() {
        return guarded(
                "comparing the catalogue",
                () -> CatalogComparison.requireUnchanged(connection, plan.catalogue(), "erased"));
    }

    private ErasureCounts run(SubjectRows reach, Instant now, int steps) {
        ErasureSql writes = new ErasureSql(reach, now);
        ErasureCounts counts = new ErasureCounts();
        int done = 2;
        for (PlanStep step : plan.steps()) {
            String doing = doing(step);
            progress.at(doing, done++, steps);
            guarded(doing, () -> whole(step, writes, counts));
        }
        return counts;
    }

    /** A trigger may silently keep a row as it is, and no link need be left that would tell. */
    private boolean whole(PlanStep step, ErasureSql writes, ErasureCounts counts) throws SQLException {
        if (!(step instanceof PlanStep.UpdateStep update) || !mayBeKept(update)) {
            run(step, writes, counts);
            return true;
        }
        long wanted = SqlRunner.count(connection, writes.count(update.table()));
        if (run(step, writes, counts) != wanted) {
            throw new RowsKeptBackException(update.table().name());
        }
        return true;
    }

    private static boolean mayBeKept(PlanStep.UpdateStep update) {
        return update.table().table().triggers().stream().anyMatch(t -> t.enabled() && t.onUpdate() && t.mayKeepRows());
    }

    private boolean checkDeferred() throws SQLException {
        listener.begins(DEFERRED);
        execute(DEFERRED.sql());
        listener.ended(0);
        return true;
    }

    private static String doing(PlanStep step) {
        if (step instanceof PlanStep.UpdateStep update) {
            return "changing " + update.table().name();
        }
        return "deleting from " + tables(step).stream().map(TableName::toString).collect(Collectors.joining(", "));
    }

    /** A value made of somebody's key may be one that somebody else has chosen: it is then made again, with chance added. */
    private long run(PlanStep step, ErasureSql writes, ErasureCounts counts) throws SQLException {
        if (!ErasureSql.fillsInKeys(step)) {
            return run(step, writes.of(step), counts);
        }
        Savepoint before = connection.setSavepoint();
        try {
            return run(step, writes.of(step), counts);
        } catch (SQLException e) {
            if (!UNIQUE_VIOLATION.equals(e.getSQLState())) {
                throw e;
            }
            connection.rollback(before);
            return run(step, writes.salted().of(step), counts);
        }
    }

    private long run(PlanStep step, SqlFragment sql, ErasureCounts counts) throws SQLException {
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

    private static List<TableName> tables(PlanStep step) {
        return step instanceof PlanStep.UpdateStep update
                ? List.of(update.table().name())
                : ((PlanStep.DeleteStep) step)
                        .tables().stream().map(PlannedTable::name).toList();
    }

    private boolean execute(SqlFragment sql) throws SQLException {
        SqlRunner.execute(connection, sql);
        return true;
    }

    /** Runs JDBC calls that may throw SQLException. */
    private interface SqlCall<T> {
        T run() throws SQLException;
    }

    private static <T> T guarded(String doing, SqlCall<T> work) {
        try {
            return work.run();
        } catch (SQLException e) {
            throw DatabaseException.of(e, doing);
        }
    }

    /** A trigger of the database did not let rows be changed. */
    public static final class RowsKeptBackException extends ExeuntException {
        private static final long serialVersionUID = 1L;

        RowsKeptBackException(TableName table) {
            super("Nothing was erased: a BEFORE UPDATE trigger or a DO INSTEAD rule of " + table
                    + " keeps rows of the person as they are. Look at which rows it protects: leave them alone in the map"
                    + " (erase: { keep: … }), or let its owner exempt these rows.");
        }
    }
}
