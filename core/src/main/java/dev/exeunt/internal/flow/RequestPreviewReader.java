package dev.exeunt.internal.flow;

import dev.exeunt.erase.ErasurePreview;
import dev.exeunt.internal.erase.ErasurePreviewReader;
import dev.exeunt.internal.guard.GuardEvaluator;
import dev.exeunt.internal.hold.HeldPeople;
import dev.exeunt.internal.plan.FlowPlan;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.reach.LeavingPeople;
import dev.exeunt.internal.reach.SubjectFinder;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.HiddenDataExport;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.RequestPreview;
import java.sql.SQLException;
import java.util.List;

/** Previews a request: the warnings and obstacles it would meet, and the rows that would be erased. Nothing is changed. */
final class RequestPreviewReader {

    private RequestPreviewReader() {}

    static RequestPreview previewRequest(LifecycleContext context, AccountFlow flow, String key) {
        FlowPlan plan = RequestSubmission.offered(context, flow);
        return RequestTransaction.runReadOnly(context, "looking for warnings", transaction -> {
            SubjectKey subject = requirePerson(transaction, key);
            GuardEvaluator questions = new GuardEvaluator(transaction.connection(), context.subject());
            return new RequestPreview(
                    questions.warnings(plan, subject),
                    questions.obstacles(
                            plan.guards(), subject, transaction.leaving().findOthers(subject)),
                    HeldPeople.isTold(transaction.connection(), plan.erasure(), subject, transaction.now()));
        });
    }

    /** What hiding has moved away counts as well. */
    static ErasurePreview previewErasure(LifecycleContext context, AccountFlow flow, String key) {
        Plan plan = RequestSubmission.offered(context, flow).erasure();
        return RequestTransaction.runReadOnly(context, "counting rows", transaction -> {
            SubjectKey subject = requirePerson(transaction, key);
            if (!transaction.requests().findOpen(subject).isEmpty()) {
                // restoring rows waits here for other transactions of the person, and not half way through
                transaction.lock(subject);
            }
            HiddenDataExport.lift(transaction.connection(), context.kind(), subject);
            return ErasurePreviewReader.read(
                    transaction.connection(),
                    plan,
                    new LeavingPeople(List.of(subject), context.erasedPeople()),
                    transaction.now());
        });
    }

    private static SubjectKey requirePerson(RequestTransaction transaction, String key) throws SQLException {
        return new SubjectFinder(transaction.connection(), transaction.context().subject())
                .find(List.of(key))
                .get(0);
    }
}
