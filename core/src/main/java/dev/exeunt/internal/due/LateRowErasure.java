package dev.exeunt.internal.due;

import dev.exeunt.internal.erase.Eraser;
import dev.exeunt.internal.guard.GuardEvaluator;
import dev.exeunt.internal.plan.FlowPlan;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.internal.retention.KeptRowRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;

/** Erases what came of a person after the erasure of the account, by the plan of the same flow. */
final class LateRowErasure {

    private final RequestTransaction transaction;
    private final FlowPlan flow;

    LateRowErasure(RequestTransaction transaction, FlowPlan flow) {
        this.transaction = transaction;
        this.flow = flow;
    }

    void erase(SubjectKey subject) throws SQLException {
        LifecycleContext context = transaction.context();
        Connection connection = transaction.connection();
        Plan plan = flow.erasure();
        GuardEvaluator guards = new GuardEvaluator(connection, context.subject());
        guards.lock(flow.guards(), context.guards());
        DirectErasure outright = new DirectErasure(connection, plan, List.of(subject));
        outright.requireNoOpenRequests(context.lockWait());
        guards.require(flow.guards(), List.of(subject));
        KeptRowRecord.require(connection, plan);
        new Eraser(connection, plan, Clock.fixed(transaction.now(), ZoneOffset.UTC), context.progress())
                .withErasedPeople(context.erasedPeople())
                .erase(List.of(subject), context.lockWait());
        outright.forgetPeople(context.requireKey(), transaction.now());
    }
}
