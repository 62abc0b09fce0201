package dev.exeunt.lifecycle;

import dev.exeunt.ExeuntException;
import dev.exeunt.ledger.Actor;
import dev.exeunt.ledger.AuditEventType;
import dev.exeunt.lifecycle.RequestRefusedException.RequestRefusalReason;
import dev.exeunt.reach.SubjectFinder;
import dev.exeunt.reach.SubjectKey;
import java.util.List;

/** Makes failed requests of a person due again, for staff. */
final class ErasureRetry {

    private ErasureRetry() {}

    static List<Request> retry(LifecycleContext setting, String key, Actor staff, String reason) {
        if (!staff.isStaff()) {
            throw new ExeuntException("Nothing was changed: only staff let an erasure be tried again.");
        }
        staff.requireReason(reason);
        return RequestTransaction.runAndCommit(setting, "letting an erasure be tried again", desk -> {
            SubjectKey subject = new SubjectFinder(desk.connection(), setting.subject()).resolveKey(key);
            List<Request> again = desk.requests().retry(subject);
            if (again.isEmpty()) {
                throw RequestRefusedException.of(
                        RequestRefusalReason.NOTHING_OPEN, "No request of this person has failed.");
            }
            for (Request each : again) {
                desk.events().append(AuditEventType.ERASURE_RETRIED, desk.now(), each.id(), staff, reason);
            }
            return again;
        });
    }
}
