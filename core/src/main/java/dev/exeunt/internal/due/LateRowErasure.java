package dev.exeunt.internal.due;

import dev.exeunt.ExeuntException;
import dev.exeunt.erase.Receipt;
import dev.exeunt.internal.erase.Eraser;
import dev.exeunt.internal.files.deletion.ErasedFiles;
import dev.exeunt.internal.guard.GuardEvaluator;
import dev.exeunt.internal.late.LateRowWatchTable;
import dev.exeunt.internal.late.WatchedPerson;
import dev.exeunt.internal.map.Role;
import dev.exeunt.internal.plan.FlowPlan;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.request.RequestTable.RequestLostException;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.internal.retention.KeptRowRecord;
import dev.exeunt.map.AccountFlow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Erases what came of a person after the erasure of the account, by the plan of the same flow. A new person may have come by the same key
 * since the look, so an erasure that reaches a row of the subject's table is undone.
 */
final class LateRowErasure {

    private final RequestTransaction transaction;
    private final FlowPlan flow;

    private LateRowErasure(RequestTransaction transaction, FlowPlan flow) {
        this.transaction = transaction;
        this.flow = flow;
    }

    /**
     * Erases the late rows of a claimed person, and lets the watch go on.
     *
     * @throws RequestLostException where another worker has claimed the person since
     * @throws ExeuntException where a row of the subject's table has the key again, or the person has an open request
     */
    static void erase(RequestTransaction transaction, WatchedPerson person) throws SQLException {
        LifecycleContext context = transaction.context();
        new LateRowErasure(transaction, context.flow(flow(context, person))).erase(person.subject());
        LateRowWatchTable table = new LateRowWatchTable(transaction, context.requireKey());
        if (table.goOn(List.of(person), context.map().lifecycle().lateRows()) != 1) {
            throw new RequestLostException();
        }
    }

    /** Returns the flow by whose plan the person is judged. One that the map no longer offers has no plan any more. */
    static AccountFlow flow(LifecycleContext context, WatchedPerson person) {
        return context.flows().containsKey(person.flow()) ? person.flow() : AccountFlow.DELETE_ACCOUNT;
    }

    private void erase(SubjectKey subject) throws SQLException {
        LifecycleContext context = transaction.context();
        Connection connection = transaction.connection();
        Plan plan = flow.erasure();
        GuardEvaluator guards = new GuardEvaluator(connection, context.subject());
        guards.lock(flow.guards(), context.guards());
        DirectErasure outright = new DirectErasure(connection, plan, List.of(subject));
        outright.requireNoOpenRequests(context.lockWait());
        outright.requireNoHold(transaction.now());
        guards.require(flow.guards(), List.of(subject));
        KeptRowRecord.require(connection, plan);
        Receipt receipt = new Eraser(
                        connection, plan, Clock.fixed(transaction.now(), ZoneOffset.UTC), context.progress())
                .withErasedPeople(context.erasedPeople())
                .withFiles(new ErasedFiles(context.key(), List.of()))
                .erase(List.of(subject), context.lockWait());
        if (reachesNewRow(plan, receipt)) {
            throw new ExeuntException("Nothing was erased: a row of "
                    + context.subject().table().name()
                    + " has the key of the erased person again. If the old row was written back, find it there and run"
                    + " exeunt erase KEY. If a new person has the key, dismiss the entry.");
        }
        outright.forgetPeople(context.requireKey(), transaction.now(), receipt);
    }

    /** Where the erasure leaves the person's row, no new person can have the key. */
    private static boolean reachesNewRow(Plan plan, Receipt receipt) {
        return plan.role(plan.self()).orElseThrow().deletes()
                && receipt.tables().stream()
                        .flatMap(t -> t.roles().stream())
                        .anyMatch(r -> r.role().equals(Role.SELF) && r.reached() > 0);
    }
}
