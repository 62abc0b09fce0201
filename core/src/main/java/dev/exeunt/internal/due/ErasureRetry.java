package dev.exeunt.internal.due;

import dev.exeunt.ExeuntException;
import dev.exeunt.internal.ledger.AuditEventType;
import dev.exeunt.internal.reach.SubjectFinder;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.request.Actor;
import dev.exeunt.request.Request;
import dev.exeunt.request.RequestRefusedException;
import dev.exeunt.request.RequestRefusedException.RequestRefusalReason;
import java.util.List;

/** Makes failed requests of a person due again, for staff. */
public final class ErasureRetry {

    private ErasureRetry() {}

    public static List<Request> retry(LifecycleContext context, String key, Actor staff, String reason) {
        if (!staff.isStaff()) {
            throw new ExeuntException("Nothing was changed: only staff let an erasure be tried again.");
        }
        staff.requireReason(reason);
        return RequestTransaction.runAndCommit(context, "letting an erasure be tried again", transaction -> {
            SubjectKey subject = new SubjectFinder(transaction.connection(), context.subject()).resolveKey(key);
            List<Request> again = transaction.requests().retry(subject);
            if (again.isEmpty()) {
                throw RequestRefusedException.of(
                        RequestRefusalReason.NOTHING_OPEN, "No request of this person has failed.");
            }
            for (Request each : again) {
                transaction.recordEvent(AuditEventType.ERASURE_RETRIED, each.id(), staff, reason);
            }
            return again;
        });
    }
}
