package dev.exeunt.lifecycle;

import dev.exeunt.erase.hide.Hidden;
import dev.exeunt.erase.hide.MovedBack;
import dev.exeunt.erase.hide.Restored;
import dev.exeunt.erase.hide.Restorer;
import dev.exeunt.ledger.Actor;
import dev.exeunt.ledger.EventName;
import dev.exeunt.lifecycle.DepartureRefusedException.Why;
import dev.exeunt.map.Flow;
import dev.exeunt.plan.Plan;
import dev.exeunt.reach.SubjectKey;
import dev.exeunt.reach.Subjects;
import dev.exeunt.schema.DatabaseSchema;
import dev.exeunt.schema.SchemaReader;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Somebody has changed their mind in time: what was hidden is put back, and the request is over. */
final class Return {

    /** In which requests of a person hid. */
    static final Comparator<Request> ORDER =
            Comparator.comparing(Request::requestedAt).thenComparing(Request::flow);

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
        actor.requireReason(reason);
        return Desk.committed(setting, "taking a request back", desk -> {
            SubjectKey subject = new Subjects(desk.connection(), setting.subject()).parse(key);
            new Questions(desk.connection(), setting.subject()).lock(List.of(), setting.guards());
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

    /** Undoes what later ones hid first, and does that again when the rest is done. */
    private Restored undo(Request request, List<Request> open, SubjectKey subject) throws SQLException {
        List<Request> later = later(request, open);
        List<Request> lastFirst = new ArrayList<>(later);
        Collections.reverse(lastFirst);
        for (Request each : lastFirst) {
            new Restorer(desk.connection(), schema, each.id()).shown();
        }
        Restored restored = new Restorer(desk.connection(), schema, request.id()).shown();
        for (Request each : later) {
            Plan plan = desk.setting().flow(each.flow()).hiding();
            if (plan != null) {
                Asking.hider(desk, again(plan, each, request), each).hideAgain(subject);
            }
        }
        othersStayAway(request, subject);
        new Hidden(desk.connection(), List.of(request.id())).forget();
        return restored;
    }

    /** What came back with it, and is somebody's who has asked to leave as well, does not come into sight by that. */
    private void othersStayAway(Request request, SubjectKey subject) throws SQLException {
        Plan moved = desk.setting().flow(request.flow()).hiding();
        if (moved == null) {
            return;
        }
        MovedBack back = new MovedBack(desk.connection(), request.id());
        for (SubjectKey other : back.owners(moved, subject, Requests.OPEN)) {
            for (Request each :
                    desk.requests().open(other).stream().sorted(ORDER).toList()) {
                Plan plan = desk.setting().flow(each.flow()).hiding();
                if (plan != null) {
                    Plan own = back.own(plan);
                    Plan then = each.flow() == Flow.DELETE_DATA
                            ? Hidden.again(own, List.of(each.id()), each.requestedAt())
                            : own;
                    Asking.hider(desk, then, each).hideMore(other);
                }
            }
        }
    }

    /** What came after a request to delete my data is the person's new start, and stays in sight. */
    private static Plan again(Plan plan, Request request, Request ended) {
        return request.flow() == Flow.DELETE_DATA
                ? Hidden.again(plan, List.of(request.id(), ended.id()), request.requestedAt())
                : plan;
    }

    /** In the order in which they hid. */
    private static List<Request> later(Request request, List<Request> open) {
        return open.stream()
                .filter(r -> !r.id().equals(request.id()))
                .filter(r -> !r.requestedAt().isBefore(request.requestedAt()))
                .sorted(ORDER)
                .toList();
    }
}
