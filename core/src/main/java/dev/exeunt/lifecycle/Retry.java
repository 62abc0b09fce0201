package dev.exeunt.lifecycle;

import dev.exeunt.ExeuntException;
import dev.exeunt.ledger.Actor;
import dev.exeunt.ledger.EventName;
import dev.exeunt.lifecycle.DepartureRefusedException.Why;
import dev.exeunt.reach.SubjectKey;
import dev.exeunt.reach.Subjects;
import java.util.List;

/** Staff have put right what made an erasure fail again and again: it is tried once more. */
final class Retry {

    private Retry() {}

    static List<Request> of(Setting setting, String key, Actor staff, String reason) {
        if (!staff.isStaff()) {
            throw new ExeuntException("Nothing was changed: only staff let an erasure be tried again.");
        }
        staff.requireReason(reason);
        return Desk.committed(setting, "letting an erasure be tried again", desk -> {
            SubjectKey subject = new Subjects(desk.connection(), setting.subject()).parse(key);
            List<Request> again = desk.requests().retry(subject);
            if (again.isEmpty()) {
                throw DepartureRefusedException.of(Why.NOTHING_OPEN, "No request of this person has failed.");
            }
            for (Request each : again) {
                desk.events().append(EventName.ERASURE_RETRIED, desk.now(), each.id(), staff, reason);
            }
            return again;
        });
    }
}
