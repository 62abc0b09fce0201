package dev.exeunt.internal.due;

import dev.exeunt.ExeuntException;
import dev.exeunt.erase.Residue.LateRowCounts;
import dev.exeunt.erase.Residue.LateRows;
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
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Looks again for rows of erased people, a batch at a time; any number of workers look side by side. */
public final class LateRowService {

    private static final int BATCH = 200;

    /** Much longer than a batch takes; what a worker that died had claimed waits for so long. */
    private static final Duration LEASE = Duration.ofMinutes(10);

    private static final String FOUND = """
            SELECT request, erased_at, found_at, found, same_key, failure FROM exeunt.late_row_watch
            WHERE subject_kind = :kind AND found_at IS NOT NULL ORDER BY found_at DESC, request LIMIT 1000
            """;

    private static final String COUNT = """
            SELECT pg_catalog.count(*) FROM exeunt.late_row_watch WHERE subject_kind = :kind AND found_at IS NOT NULL
            """;

    private static final String KNOWN = """
            SELECT FROM exeunt.late_row_watch WHERE request = :request AND found = CAST(:found AS pg_catalog.jsonb)
            """;

    private final LifecycleContext context;

    public LateRowService(LifecycleContext context) {
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
        AccountFlow flow = flow(people.get(0));
        return Transaction.runInSnapshot(context.database(), "looking for late rows", connection -> {
            List<NamedSubject> named = new SubjectFinder(connection, context.subject())
                    .look(people.stream().map(WatchedPerson::subject).toList());
            return new LateRowScan(connection, context.flows(), context.requireKey(), context.erasedPeople())
                    .find(named, flow);
        });
    }

    /** A flow that the map no longer offers has no plan any more. */
    private AccountFlow flow(WatchedPerson person) {
        return context.flows().containsKey(person.flow()) ? person.flow() : AccountFlow.DELETE_ACCOUNT;
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
            erase(transaction, person);
            transaction
                    .events()
                    .appendDetails(AuditEventType.LATE_ROWS_FOUND, transaction.now(), person.request(), found.json());
            transaction.recordEvent(AuditEventType.LATE_ROWS_ERASED, person.request(), Actor.EXEUNT, null);
            tellSystems(transaction, person);
            return true;
        });
    }

    /** @throws RequestLostException where another worker has claimed the person since */
    private void erase(RequestTransaction transaction, WatchedPerson person) throws SQLException {
        new LateRowErasure(transaction, context.flow(flow(person))).erase(person.subject());
        if (table(transaction).goOn(List.of(person), watch()) != 1) {
            throw new RequestLostException();
        }
    }

    /** Counts the people of whom rows were found and are still there. */
    public long count() {
        return RequestTransaction.runReadOnly(
                context,
                "counting late rows",
                transaction -> SqlRunner.count(
                        transaction.connection(),
                        SqlTemplate.of(COUNT)
                                .bind("kind", context.kind().text())
                                .toFragment()));
    }

    /** Returns the people of whom rows were found and are still there, the latest first; at most 1,000. */
    public List<LateRows> list() {
        return RequestTransaction.runReadOnly(
                context,
                "listing late rows",
                transaction -> SqlRunner.list(
                        transaction.connection(),
                        SqlTemplate.of(FOUND)
                                .bind("kind", context.kind().text())
                                .toFragment(),
                        row -> new LateRows(
                                row.getObject("request", UUID.class),
                                row.getObject("erased_at", OffsetDateTime.class).toInstant(),
                                row.getObject("found_at", OffsetDateTime.class).toInstant(),
                                FoundRows.read(row.getString("found")).places(),
                                row.getBoolean("same_key"),
                                row.getString("failure"))));
    }

    /** Erases the rows that were found of one person. */
    public void erase(UUID request, Actor staff, String reason) {
        requireStaff(staff, reason);
        WatchedPerson person = RequestTransaction.runAndCommit(
                        context,
                        "looking whose late rows to erase",
                        transaction -> table(transaction).claimFound(request, LEASE))
                .orElseThrow(LateRowService::notListed);
        try {
            RequestTransaction.runAndCommit(context, "erasing late rows", transaction -> {
                erase(transaction, person);
                transaction.recordEvent(AuditEventType.LATE_ROWS_ERASED, request, staff, reason);
                return true;
            });
        } catch (RuntimeException e) {
            RequestTransaction.runAndCommit(context, "giving late rows back", transaction -> {
                table(transaction).release(person, FailureText.of(e));
                return true;
            });
            throw e;
        }
    }

    /** Ends the watch for one person. */
    public void dismiss(UUID request, Actor staff, String reason) {
        requireStaff(staff, reason);
        RequestTransaction.runAndCommit(context, "ending the watch for late rows", transaction -> {
            if (!table(transaction).dismiss(request)) {
                throw notListed();
            }
            transaction.recordEvent(AuditEventType.LATE_ROWS_DISMISSED, request, staff, reason);
            return true;
        });
    }

    private static void requireStaff(Actor staff, String reason) {
        if (!staff.isStaff()) {
            throw new ExeuntException("Nothing was changed: only staff see to late rows.");
        }
        staff.requireReason(reason);
    }

    private static ExeuntException notListed() {
        return new ExeuntException("Nothing was changed: no late rows are listed for this request, or a worker looks at"
                + " them at this moment. exeunt late-rows lists them.");
    }

    private LateRowWatchTable table(RequestTransaction transaction) {
        return new LateRowWatchTable(transaction, context.requireKey());
    }
}
