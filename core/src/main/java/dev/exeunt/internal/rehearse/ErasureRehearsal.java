package dev.exeunt.internal.rehearse;

import dev.exeunt.ProgressListener;
import dev.exeunt.database.Database;
import dev.exeunt.database.DatabaseException;
import dev.exeunt.erase.Receipt;
import dev.exeunt.erase.RehearsalResult;
import dev.exeunt.erase.RehearsalResult.InvolvedTrigger;
import dev.exeunt.erase.RehearsalResult.RehearsalFailure;
import dev.exeunt.erase.RehearsalResult.RehearsedSubject;
import dev.exeunt.erase.RehearsalResult.SlowestStatement;
import dev.exeunt.erase.RehearsalResult.StatementKind;
import dev.exeunt.internal.erase.Eraser;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.proof.MapCheckResult;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.postgres.TransactionSettings;
import dev.exeunt.internal.reach.ErasedPeople;
import dev.exeunt.internal.reach.StatementListener.ErasureStatement;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.internal.schema.Trigger;
import dev.exeunt.internal.schema.catalog.CatalogComparison.CatalogueChangedException;
import dev.exeunt.internal.sideeffect.NothingErasedException;
import dev.exeunt.internal.transaction.LockHolderWatch;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Erases people in transactions that are always rolled back, and reports results and timings. What the catalogue cannot
 * prove shows: CHECKs, triggers, unique values, constraints that are deferred, and how long it all takes.
 *
 * <p>While it runs it holds the locks an erasure holds. What a rollback does not undo stays: numbers drawn from sequences,
 * what a trigger does outside the database, dead rows for the vacuum.
 */
public final class ErasureRehearsal {

    private final Connection connection;
    private final DatabaseSchema schema;
    private final MapCheckResult checked;
    private final RehearsalSettings conditions;
    private final Set<InvolvedTrigger> triggers = new LinkedHashSet<>();
    private StatementTimings.@Nullable TimedStatement slowest;
    private int slowestOf;
    private List<TableName> deleted = List.of();

    /**
     * Holds the clock, progress listener, lock watch and time limits of a rehearsal.
     *
     * @param database where a second connection leads, to search faster
     * @param locks of the same connection, to say who is in the way
     * @param lockWait how long to wait for a lock that another transaction holds
     * @param timeout how long one statement may take; null for as long as it takes
     * @param erased the record of people who were erased and whose rows stay
     */
    public record RehearsalSettings(
            Database database,
            Clock clock,
            ProgressListener progress,
            LockHolderWatch locks,
            Duration lockWait,
            @Nullable Duration timeout,
            ErasedPeople erased) {}

    /**
     * @param connection outside a transaction that matters: it is rolled back
     * @param schema what the map was checked against
     */
    public ErasureRehearsal(
            Connection connection, DatabaseSchema schema, MapCheckResult checked, RehearsalSettings conditions) {
        this.connection = connection;
        this.schema = schema;
        this.checked = checked;
        this.conditions = conditions;
    }

    /**
     * One rehearsal for each, whether or not the one before failed.
     *
     * @throws DatabaseException where nothing is to be learnt about the map: the connection is lost, the server shuts down or
     *     is a standby
     * @throws CatalogueChangedException where the structure changes meanwhile
     */
    public RehearsalResult rehearseAll(List<SubjectKey> people) throws SQLException {
        Plan plan = checked.planOrThrow();
        RehearsalSearch search = new RehearsalSearch(connection, schema, checked, conditions);
        search.find(people);
        List<RehearsedSubject> subjects = new ArrayList<>();
        for (SubjectKey key : people) {
            StatementTimings timings = new StatementTimings();
            int number = subjects.size() + 1;
            String prefix = "person " + number + " of " + people.size() + ": ";
            ProgressListener progress =
                    (what, done, of) -> conditions.progress().at(prefix + what, done, of);
            Eraser eraser = new Eraser(connection, plan, conditions.clock(), progress)
                    .withErasedPeople(conditions.erased())
                    .withListener(timings);
            RehearsedSubject subject = rehearse(number, key, eraser, new Watched(timings, search));
            subjects.add(subject);
            remember(subject, timings);
        }
        return new RehearsalResult(schema.database(), subjects, List.copyOf(triggers), explained(), search.result());
    }

    /** Holds what is watched while a person is erased. */
    private record Watched(StatementTimings timings, RehearsalSearch search) {}

    private RehearsedSubject rehearse(int number, SubjectKey key, Eraser eraser, Watched watched) throws SQLException {
        StatementTimings timings = watched.timings();
        long start = System.nanoTime();
        RehearsalFailure failure = null;
        List<RehearsalResult.SideEffectRows> aside = List.of();
        connection.rollback();
        TransactionSettings.apply(connection);
        try {
            limitStatements();
            Receipt receipt = eraser.erase(List.of(key), conditions.lockWait());
            aside = receipt.sideEffects().stream()
                    .map(s -> new RehearsalResult.SideEffectRows(s.table(), s.inserted(), s.updated(), s.deleted()))
                    .toList();
            watched.search().lookAgain(number - 1);
        } catch (DatabaseException e) {
            if (ofTheServer(e.sqlState())) {
                throw e;
            }
            failure = failure(e, timings.failed());
        } catch (NothingErasedException e) {
            failure = new RehearsalFailure(String.valueOf(e.getMessage()), null, null, null);
        } finally {
            connection.rollback();
        }
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        return new RehearsedSubject(number, failure, timings.parts(), aside, time);
    }

    private void limitStatements() throws SQLException {
        Duration timeout = conditions.timeout();
        if (timeout != null) {
            SqlRunner.execute(
                    connection,
                    SqlTemplate.of("SET LOCAL statement_timeout = :milliseconds")
                            .bind("milliseconds", Long.toString(timeout.toMillis()))
                            .toFragment());
        }
    }

    private RehearsalFailure failure(DatabaseException e, StatementTimings.@Nullable TimedStatement during) {
        String table = e.table();
        if (table == null && during != null && during.statement().tables().size() == 1) {
            table = during.statement().tables().get(0).toString();
        }
        String sentence = conditions.locks().explain(e).getMessage();
        return new RehearsalFailure(String.valueOf(sentence), e.sqlState(), table, e.constraint());
    }

    /**
     * Tells whether an error is the server's (connection, resources, shutdown, standby). It says nothing about the map
     * and would affect each person.
     */
    private static boolean ofTheServer(String sqlState) {
        return sqlState.startsWith("08")
                || sqlState.startsWith("53")
                || sqlState.startsWith("57P")
                || sqlState.equals("25006");
    }

    /** Where one failed, also triggers of steps that wrote no row: one that keeps rows may be why. */
    private void remember(RehearsedSubject subject, StatementTimings timings) {
        timings.all().stream()
                .filter(t -> t.statement().writes() && (t.rows() > 0 || subject.failure() != null))
                .forEach(t -> triggers(t.statement()));
        StatementTimings.TimedStatement before = slowest;
        timings.slowest()
                .filter(t -> before == null || t.time().compareTo(before.time()) > 0)
                .ifPresent(t -> {
                    slowest = t;
                    slowestOf = subject.number();
                    deleted = timings.deleted();
                });
    }

    private void triggers(ErasureStatement statement) {
        boolean delete = statement.kind() == StatementKind.DELETE;
        for (TableName name : statement.tables()) {
            schema.table(name).stream()
                    .flatMap(t -> t.triggers().stream())
                    .filter(t -> t.enabled() && (delete ? t.onDelete() : t.onUpdate()))
                    .map(t -> new InvolvedTrigger(
                            name.toString(), t.name(), word(t.kind()), delete ? "delete" : "update"))
                    .forEach(triggers::add);
        }
    }

    private static String word(Trigger.TriggerKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private @Nullable SlowestStatement explained() throws SQLException {
        StatementTimings.TimedStatement timed = slowest;
        if (timed == null) {
            return null;
        }
        List<RehearsalResult.QueryPlanNode> plan = timed.statement().kind() == StatementKind.DEFERRED
                ? List.of()
                : QueryPlan.explain(connection, timed.statement().sql(), conditions.lockWait());
        MissingIndexes.IndexAdvice missing = new MissingIndexes(schema, checked).findFor(timed, deleted, plan);
        return new SlowestStatement(slowestOf, timed.part(), plan, missing.unindexed(), missing.indexes());
    }
}
