package dev.exeunt.internal.erase;

import dev.exeunt.ProgressListener;
import dev.exeunt.database.DatabaseException;
import dev.exeunt.erase.Receipt;
import dev.exeunt.erase.RehearsalResult.StatementKind;
import dev.exeunt.internal.enforce.OwnWrites;
import dev.exeunt.internal.files.deletion.ErasedFiles;
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
import dev.exeunt.internal.retention.KeptRowRecord;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.catalog.CatalogComparison;
import dev.exeunt.internal.schema.catalog.CatalogComparison.CatalogueChangedException;
import dev.exeunt.internal.sideeffect.FormerValues;
import dev.exeunt.internal.sideeffect.NothingErasedException;
import dev.exeunt.internal.sideeffect.SideEffectCheck;
import dev.exeunt.internal.transaction.DeadlockRetry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Erases a set of subjects inside the caller's transaction, which the caller commits or, after any exception, rolls back.
 * In turn: the plan's tables are locked against changes of structure; the catalogue is compared with the one the plan was
 * proven against; the rows that others hang off are locked and every link's keys captured; the steps run, each of which locks what
 * it takes; deferred constraints are checked; the links are looked for once more, and what was not met gets its step again; what
 * triggers wrote besides is counted and searched.
 */
public final class Eraser {

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
    private ErasedFiles files = new ErasedFiles(null, List.of());

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

    /** The same eraser, which records the files that rows name. */
    public Eraser withFiles(ErasedFiles record) {
        files = record;
        return this;
    }

    /** The same eraser, telling of each statement. */
    public Eraser withListener(StatementListener told) {
        listener = told;
        return this;
    }

    /**
     * @param lockWait how long to wait for a lock that another transaction holds
     * @return what was done, provided the caller commits
     * @throws CatalogueChangedException where the database's structure is not what the plan was proven against
     * @throws ReassignTargetCheck.ReassignTargetMissingException where the map hands rows over to one that is not there
     * @throws SharedValueCheck.SharedValueException where the map says to ask about rows of values that others hold
     * @throws NarrowedRowsCheck.NarrowedRowsLeftException where a condition chose other rows after the first write than before
     * @throws NothingErasedException where a trigger keeps rows or values as they are, a link is left that the map did not keep, or a
     *     trigger wrote data of the person where the map does not accept it
     * @throws DatabaseException where the database refuses; names table and constraint, never a value
     */
    public Receipt erase(List<SubjectKey> subjects, Duration lockWait) {
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
        ErasureStart start = new ErasureStart(UUID.randomUUID(), clock.instant());
        return guarded(
                "erasing",
                () -> OwnWrites.allow(connection, own -> {
                    SideEffectCheck sideEffects = SideEffectCheck.begin(connection, plan);
                    CompletedSteps done = SearchPath.ofRole(connection, c -> eraseRows(subjects, start, steps));
                    List<PlanStep> again = done.unfinished(sideEffects.count(done.own()));
                    if (!again.isEmpty()) {
                        SearchPath.ofRole(connection, c -> runAgain(done, again, start.now()));
                        sideEffects.count(done.own());
                    }
                    done.completeKeptRows();
                    return new Receipt(
                            start.erasure().toString(),
                            start.now(),
                            subjects.size(),
                            database,
                            plan.catalogueDigest(),
                            plan.digest(),
                            done.steps().counts().tables(done.reach()),
                            sideEffects.search(subjects, done.reach(), done.former()),
                            files.complete(),
                            null);
                }));
    }

    /** Names an erasure and says when it began. */
    private record ErasureStart(UUID erasure, Instant now) {}

    private CompletedSteps eraseRows(List<SubjectKey> subjects, ErasureStart start, int steps) {
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
        FormerValues values = guarded("reading what triggers may copy", () -> FormerValues.read(connection, reach));
        KeptRowRecord kept = guarded(
                "recording the rows that are kept for a period",
                () -> KeptRowRecord.begin(connection, reach, start.erasure(), start.now()));
        guarded("recording the files that rows name", () -> {
            files.begin(connection, reach, start.erasure(), start.now());
            return true;
        });
        ErasureSteps writing = new ErasureSteps(connection, reach, start.now(), listener);
        run(writing, steps);
        progress.at("verifying", steps - 1, steps);
        guarded(DEFERRED.what(), this::checkDeferred);
        RemainingLinkCheck.LinkedRows links =
                guarded("verifying", () -> RemainingLinkCheck.look(connection, reach, listener));
        CompletedSteps done = new CompletedSteps(subjects, reach, writing, values, links, narrowed, kept);
        if (links.left().isEmpty()) {
            guarded("verifying", () -> done.requireNarrowed(connection));
        }
        return done;
    }

    /** Rows that came, or came back, while the steps ran get their step once more. */
    private boolean runAgain(CompletedSteps done, List<PlanStep> again, Instant now) {
        guarded("recording the files that rows name", () -> {
            files.read(connection, done.reach(), now);
            return true;
        });
        again.forEach(done.steps()::runLate);
        guarded(DEFERRED.what(), this::checkDeferred);
        done.requireSettled(guarded("verifying", () -> RemainingLinkCheck.look(connection, done.reach(), listener)));
        return guarded("verifying", () -> done.requireNarrowed(connection));
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

    private void run(ErasureSteps writing, int steps) {
        int done = 2;
        for (PlanStep step : plan.steps()) {
            progress.at(ErasureSteps.doing(step), done++, steps);
            writing.run(step);
        }
    }

    private boolean checkDeferred() throws SQLException {
        listener.begins(DEFERRED);
        execute(DEFERRED.sql());
        listener.ended(0);
        return true;
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
}
