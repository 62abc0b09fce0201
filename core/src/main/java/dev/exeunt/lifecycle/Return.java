package dev.exeunt.lifecycle;

import dev.exeunt.erase.hide.Restored;
import dev.exeunt.erase.hide.Restorer;
import dev.exeunt.ledger.Actor;
import dev.exeunt.ledger.EventName;
import dev.exeunt.lifecycle.DepartureRefusedException.Why;
import dev.exeunt.map.Flow;
import dev.exeunt.reach.SubjectKey;
import dev.exeunt.reach.Subjects;
import dev.exeunt.schema.DatabaseSchema;
import dev.exeunt.schema.SchemaReader;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Somebody has changed their mind in time: what was hidden is put back, and the request is over. */
final class Return {

    private final Desk desk;
    private final DatabaseSchema schema;

    Return(Desk desk) {
        this.desk = desk;
        this.schema = SchemaReader.read(desk.connection());
    }

    /**
     * @param request as it is now
     * @param restored what could be put back exactly, and what somebody has changed meanwhile
     */
    record Back(Request request, Restored restored) {}

    /** Takes back the strongest open request to delete. */
    static Back cancel(Setting setting, String key, Actor actor, @Nullable String reason) {
        return back(setting, key, actor, reason, Transition.CANCEL, f -> f != Flow.DEACTIVATE);
    }

    static Back reactivate(Setting setting, String key, Actor actor, @Nullable String reason) {
        return back(setting, key, actor, reason, Transition.REACTIVATE, f -> f == Flow.DEACTIVATE);
    }

    private static Back back(
            Setting setting,
            String key,
            Actor actor,
            @Nullable String reason,
            Transition transition,
            Predicate<Flow> flows) {
        return Desk.committed(setting, "taking a request back", desk -> {
            SubjectKey subject = new Subjects(desk.connection(), setting.subject()).parse(key);
            desk.lock(subject);
            List<Request> open = desk.requests().open(subject);
            Request request = open.stream()
                    .filter(r -> flows.test(r.flow()))
                    .reduce((weaker, stronger) -> stronger)
                    .orElseThrow(() -> DepartureRefusedException.of(
                            Why.NOTHING_OPEN, "There is no open request of this person to take back."));
            Request ended = desk.requests()
                    .change(request.id(), transition, desk.now())
                    .orElseThrow(() -> DepartureRefusedException.of(
                            Why.TOO_LATE, "It is too late: the erasure has begun. Nothing was changed."));
            Restored restored = new Return(desk).undo(request, open, subject);
            boolean staff = actor.isStaff();
            desk.requests().cancellation(request.id(), desk.now(), actor.text(), reason);
            EventName name = transition == Transition.CANCEL ? EventName.REQUEST_CANCELLED : EventName.REACTIVATED;
            desk.events().append(name, desk.now(), request.id(), actor, staff ? reason : null);
            return new Back(ended, restored);
        });
    }

    /** Undoes what stronger ones hid first, since they came after it, and does that again when the rest is done. */
    Restored undo(Request request, List<Request> open, SubjectKey subject) throws SQLException {
        List<Request> stronger = stronger(request, open);
        lift(stronger);
        Restored restored = new Restorer(desk.connection(), schema, request.id()).all();
        hideAgain(stronger, subject);
        return restored;
    }

    void lift(List<Request> stronger) throws SQLException {
        List<Request> lastFirst = new ArrayList<>(stronger);
        Collections.reverse(lastFirst);
        for (Request each : lastFirst) {
            new Restorer(desk.connection(), schema, each.id()).all();
        }
    }

    void hideAgain(List<Request> stronger, SubjectKey subject) throws SQLException {
        for (Request each : stronger) {
            Asking.hide(desk, desk.setting().flow(each.flow()), each, subject);
        }
    }

    /** In the order in which they hid. */
    static List<Request> stronger(Request request, List<Request> open) {
        return open.stream()
                .filter(r -> !r.id().equals(request.id()))
                .filter(r -> !r.requestedAt().isBefore(request.requestedAt()))
                .sorted(java.util.Comparator.comparing(Request::requestedAt).thenComparing(Request::flow))
                .toList();
    }
}
