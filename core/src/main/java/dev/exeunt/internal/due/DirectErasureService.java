package dev.exeunt.internal.due;

import dev.exeunt.ExeuntException;
import dev.exeunt.HashKey;
import dev.exeunt.ProgressListener;
import dev.exeunt.WorkObserver;
import dev.exeunt.database.Database;
import dev.exeunt.erase.Receipt;
import dev.exeunt.internal.erase.Eraser;
import dev.exeunt.internal.files.FileStores;
import dev.exeunt.internal.files.deletion.DirectFileDeletion;
import dev.exeunt.internal.files.deletion.ErasedFiles;
import dev.exeunt.internal.files.deletion.FileDeletions;
import dev.exeunt.internal.guard.GuardEvaluator;
import dev.exeunt.internal.ledger.RecordedErasures;
import dev.exeunt.internal.ledger.chain.LedgerCopy;
import dev.exeunt.internal.map.LifecycleSettings.ExternalSystem;
import dev.exeunt.internal.outbox.MissingEventKeyException;
import dev.exeunt.internal.outbox.OutboxWriter;
import dev.exeunt.internal.plan.FlowPlan;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.postgres.SearchPath;
import dev.exeunt.internal.postgres.TransactionWork;
import dev.exeunt.internal.reach.SubjectFinder;
import dev.exeunt.internal.reach.SubjectFinder.NamedSubject;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.retention.KeptRowRecord;
import dev.exeunt.internal.transaction.LockHolderWatch;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Erases people at once, without a request. */
public final class DirectErasureService {

    private final Database database;
    private final ErasureConditions conditions;

    /**
     * Holds the clock, progress listener, time limit and secret of an erasure.
     *
     * @param lockWait how long to wait for a lock that another transaction holds
     * @param key without it erased people are not known afterwards by what still names them
     * @param files where the files are that rows name
     * @param observer hears of stores that fail
     * @param ledger copies the record of the erasure out of the database before it is done
     */
    public record ErasureConditions(
            Clock clock,
            ProgressListener progress,
            Duration lockWait,
            @Nullable HashKey key,
            FileStores files,
            WorkObserver observer,
            LedgerCopy ledger) {}

    public DirectErasureService(Database database, ErasureConditions conditions) {
        this.database = database;
        this.conditions = conditions;
    }

    /**
     * Erases these people in one transaction: all of them, or after any exception none. Files that their rows named are deleted
     * after it.
     *
     * @param keys one who is named alone need not exist any more, as long as rows are left
     * @param flow proves the map anew; asked only where the map has guards
     */
    public Receipt erase(Plan plan, List<String> keys, TransactionWork<FlowPlan> flow, Consumer<Receipt> beforeCommit) {
        conditions.files().require(plan.map().fileStores());
        ErasedFiles files = new ErasedFiles(conditions.key(), List.of());
        ErasureIntent.IntentConditions recording = new ErasureIntent.IntentConditions(
                database, conditions.ledger(), conditions.key(), plan.subject(), conditions.clock());
        Receipt erased = ErasureIntent.around(
                recording,
                keys,
                intent -> LockHolderWatch.runAndCommit(database, "erasing", connection -> {
                    List<NamedSubject> people = new SubjectFinder(connection, plan.subject()).findEvenGone(keys);
                    if (!plan.map().lifecycle().guards().isEmpty()) {
                        guards(connection, plan, flow.run(connection), keys(people));
                    }
                    Receipt receipt = erase(connection, plan, people, files);
                    intent.committed(connection, recording.named(people));
                    SearchPath.toRole(connection); // deferred triggers of the application run when this commits
                    beforeCommit.accept(receipt);
                    return receipt;
                }));
        return new DirectFileDeletion(
                        database,
                        new FileDeletions(plan, conditions.files(), conditions.observer()),
                        conditions.key(),
                        conditions.clock())
                .after(erased, files);
    }

    private Receipt erase(Connection connection, Plan plan, List<NamedSubject> people, ErasedFiles files)
            throws SQLException {
        List<SubjectKey> subjects = keys(people);
        DirectErasure outright = new DirectErasure(connection, plan, subjects);
        outright.requireNoOpenRequests(conditions.lockWait());
        outright.requireNoHold(conditions.clock().instant());
        KeptRowRecord.require(connection, plan);
        OutboxWriter outbox = outbox(connection, plan);
        outbox.readLocators(subjects);
        Receipt receipt = new Eraser(connection, plan, conditions.clock(), conditions.progress())
                .withErasedPeople(
                        RecordedErasures.of(conditions.key(), plan.subject().kind()))
                .withFiles(files)
                .erase(subjects, conditions.lockWait())
                .signedBy(conditions.key());
        boolean gone = people.stream().noneMatch(NamedSubject::there);
        if (gone && receipt.tables().stream().flatMap(t -> t.roles().stream()).allMatch(r -> r.reached() == 0)) {
            throw new SubjectFinder(connection, plan.subject()).unknown();
        }
        Instant now = conditions.clock().instant();
        outright.forgetPeople(conditions.key(), now, receipt);
        outbox.addErased(subjects, now);
        outbox.write();
        return receipt;
    }

    /** @throws ExeuntException where systems have to be told, and what that needs is not there */
    private OutboxWriter outbox(Connection connection, Plan plan) throws SQLException {
        List<ExternalSystem> systems = plan.map().lifecycle().external();
        if (!systems.isEmpty() && conditions.key() == null) {
            throw new MissingEventKeyException();
        }
        if (!systems.isEmpty() && !OutboxWriter.inUse(connection)) {
            throw new ExeuntException(
                    "The map names systems under external, and their events are kept in tables of the schema"
                            + " exeunt, which are not there. Nothing was changed. Make them: exeunt migrate");
        }
        return new OutboxWriter(connection, plan.subject(), conditions.key(), systems);
    }

    private static List<SubjectKey> keys(List<NamedSubject> people) {
        return people.stream().map(NamedSubject::key).toList();
    }

    /** Asks the guards about these people. Those who leave together do not count as obstacles to each other. */
    private static void guards(Connection connection, Plan plan, FlowPlan flow, List<SubjectKey> subjects)
            throws SQLException {
        GuardEvaluator questions = new GuardEvaluator(connection, plan.subject());
        questions.lock(flow.guards());
        questions.require(flow.guards(), subjects);
    }
}
