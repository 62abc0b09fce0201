package dev.exeunt.internal.due;

import dev.exeunt.erase.Residue.LateRowCounts;
import dev.exeunt.erase.Residue.ResiduePlace;
import dev.exeunt.internal.late.FoundRows;
import dev.exeunt.internal.late.LateRowWatchTable;
import dev.exeunt.internal.late.WatchedPerson;
import dev.exeunt.internal.ledger.AuditEventType;
import dev.exeunt.internal.map.LifecycleSettings.EventName;
import dev.exeunt.internal.map.LifecycleSettings.LateRowWatch;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectFinder;
import dev.exeunt.internal.reach.SubjectFinder.NamedSubject;
import dev.exeunt.internal.request.FailureText;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.request.RequestTable.RequestLostException;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.internal.transaction.Transaction;
import dev.exeunt.internal.verify.LateRowScan;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.Actor;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks again for rows of erased people, a batch at a time; any number of workers look side by side. */
public final class LateRowLook {

    private static final int BATCH = 200;

    /** Much longer than a batch takes; what a worker that died had claimed waits for so long. */
    private static final Duration LEASE = Duration.ofMinutes(10);

    private static final String KNOWN = """
            SELECT FROM exeunt.late_row_watch WHERE request = :request AND found = CAST(:found AS pg_catalog.jsonb)
            """;

    private final LifecycleContext context;

    public LateRowLook(LifecycleContext context) {
        this.context = context;
    }

    private LateRowWatch watch() {
        return context.map().lifecycle().lateRows();
    }

    /** Looks at the links of all people whose next look is due. */
    public LateRowCounts look() {
        Tally tally = new Tally();
        List<WatchedPerson> claimed;
        do {
            claimed = RequestTransaction.runAndCommit(context, "looking whom to watch", transaction -> {
                LateRowWatchTable table = table(transaction);
                table.forgetOver();
                return table.claimDue(LEASE, BATCH);
            });
            for (AccountFlow flow : AccountFlow.values()) {
                List<WatchedPerson> of =
                        claimed.stream().filter(p -> p.flow() == flow).toList();
                look(of, tally);
            }
        } while (claimed.size() == BATCH && !Thread.currentThread().isInterrupted());
        return new LateRowCounts(tally.looked, tally.found, tally.erased);
    }

    private static final class Tally {
        private int looked;
        private int found;
        private int erased;
    }

    /** All at once; where something was found each half, until who has rows is alone. */
    private void look(List<WatchedPerson> people, Tally tally) {
        if (people.isEmpty()) {
            return;
        }
        FoundRows found = new FoundRows(find(people));
        if (found.places().isEmpty()) {
            tally.looked += people.size();
            RequestTransaction.runAndCommit(context, "recording a look for late rows", transaction -> {
                table(transaction).goOn(people, watch());
                return true;
            });
        } else if (people.size() > 1) {
            look(people.subList(0, people.size() / 2), tally);
            look(people.subList(people.size() / 2, people.size()), tally);
        } else {
            tally.looked++;
            handle(people.get(0), found, tally);
        }
    }

    private List<ResiduePlace> find(List<WatchedPerson> people) {
        AccountFlow flow = LateRowErasure.flow(context, people.get(0));
        return Transaction.runInSnapshot(context.database(), "looking for late rows", connection -> {
            List<NamedSubject> named = new SubjectFinder(connection, context.subject())
                    .look(people.stream().map(WatchedPerson::subject).toList());
            return new LateRowScan(connection, context.flows(), context.requireKey(), context.erasedPeople())
                    .find(named, flow);
        });
    }

    private void handle(WatchedPerson person, FoundRows found, Tally tally) {
        String failure = null;
        if (watch().erase() && !found.sameKey()) {
            try {
                erase(person, found);
                tally.erased++;
                return;
            } catch (RequestLostException e) {
                return; // another worker looks at the person now, and reports what it finds
            } catch (RuntimeException e) {
                failure = FailureText.of(e);
            }
        }
        record(person, found, failure);
        tally.found++;
    }

    /** Tells the audit log and other systems once of the same rows. */
    private void record(WatchedPerson person, FoundRows found, @Nullable String failure) {
        RequestTransaction.runAndCommit(context, "recording late rows", transaction -> {
            boolean told = known(transaction, person, found);
            if (table(transaction).found(person, found, failure, watch()) && !told) {
                transaction
                        .events()
                        .appendDetails(
                                AuditEventType.LATE_ROWS_FOUND, transaction.now(), person.request(), found.json());
                tellSystems(transaction, person);
            }
            return true;
        });
    }

    private static boolean known(RequestTransaction transaction, WatchedPerson person, FoundRows found)
            throws SQLException {
        return SqlRunner.exists(
                transaction.connection(),
                SqlTemplate.of(KNOWN)
                        .bind("request", person.request())
                        .bind("found", found.json())
                        .toFragment());
    }

    private static void tellSystems(RequestTransaction transaction, WatchedPerson person) {
        transaction.outbox().add(EventName.LATE_ROWS_FOUND, transaction.now(), person.request(), person.subject());
    }

    private void erase(WatchedPerson person, FoundRows found) {
        RequestTransaction.runAndCommit(context, "erasing late rows", transaction -> {
            LateRowErasure.erase(transaction, person);
            transaction
                    .events()
                    .appendDetails(AuditEventType.LATE_ROWS_FOUND, transaction.now(), person.request(), found.json());
            transaction.recordEvent(AuditEventType.LATE_ROWS_ERASED, person.request(), Actor.EXEUNT, null);
            tellSystems(transaction, person);
            return true;
        });
    }

    private LateRowWatchTable table(RequestTransaction transaction) {
        return new LateRowWatchTable(transaction, context.requireKey());
    }
}
