package dev.exeunt.lifecycle;

import dev.exeunt.ExeuntException;
import dev.exeunt.erase.Eraser;
import dev.exeunt.erase.Receipt;
import dev.exeunt.erase.hide.Hidden;
import dev.exeunt.erase.hide.Restorer;
import dev.exeunt.erase.hide.Strays;
import dev.exeunt.ledger.Actor;
import dev.exeunt.ledger.EventName;
import dev.exeunt.ledger.Fence;
import dev.exeunt.ledger.HashKey;
import dev.exeunt.map.Flow;
import dev.exeunt.plan.FlowPlan;
import dev.exeunt.plan.KeySource;
import dev.exeunt.plan.Plan;
import dev.exeunt.reach.SubjectKey;
import dev.exeunt.schema.DatabaseSchema;
import dev.exeunt.schema.SchemaReader;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The erasure of people whose requests are due, inside one transaction: their data, what was hidden of it, and who they were. */
final class Erasing {

    private final Desk desk;
    private final FlowPlan flow;
    private final List<Due> due;
    private final List<Request> open;

    private Erasing(Desk desk, FlowPlan flow, List<Due> due, List<Request> open) {
        this.desk = desk;
        this.flow = flow;
        this.due = due;
        this.open = open;
    }

    /** Of one person, whatever else they have asked for. */
    static Erasing of(Desk desk, FlowPlan flow, Due due) throws SQLException {
        return new Erasing(desk, flow, List.of(due), desk.requests().open(due.subject()));
    }

    /** Of several people of whom each has asked for nothing else, and whom no guard protects. */
    static Erasing of(Desk desk, FlowPlan flow, List<Due> due) {
        return new Erasing(desk, flow, due, due.stream().map(Due::request).toList());
    }

    /** One person's request that is due. */
    record Due(Request request, SubjectKey subject) {

        @Override
        public String toString() {
            return "Due[" + request.id() + "]";
        }
    }

    /** A flow without grace: the request and the erasure are one. */
    static Request atOnce(Desk desk, FlowPlan flow, Request request, SubjectKey subject) throws SQLException {
        HashKey key = key(desk.setting());
        if (desk.requests().change(request.id(), Transition.CLAIM, desk.now()).isEmpty()) {
            throw new Requests.LostException();
        }
        desk.events().append(EventName.ERASURE_STARTED, desk.now(), request.id(), Actor.EXEUNT, null);
        of(desk, flow, new Due(request, subject)).bringBack().erase(key);
        return desk.requests().find(request.id()).orElseThrow();
    }

    static HashKey key(Setting setting) {
        HashKey key = setting.key();
        if (key == null) {
            throw new ExeuntException(
                    "Nobody is erased, and nobody let in, without the key by which erased people are known. Make one"
                            + " (openssl rand -hex 32), keep it outside the database, and give it in EXEUNT_KEY.");
        }
        return key;
    }

    /**
     * Puts rows that were moved out of sight where they were, so that guards and links find them; of <em>delete my data</em> all
     * that other requests, which go on, have hidden, whether before it or since.
     */
    Erasing bringBack() throws SQLException {
        if (flow.flow() != Flow.DELETE_DATA && !hidden().moved()) {
            return this;
        }
        DatabaseSchema schema = SchemaReader.read(desk.connection());
        List<Request> lastFirst = new ArrayList<>(open);
        lastFirst.sort(Return.ORDER.reversed());
        for (Request each : lastFirst) {
            Restorer restorer = new Restorer(desk.connection(), schema, each.id());
            if (others().contains(each)) {
                restorer.all();
            } else {
                restorer.moved();
            }
        }
        return this;
    }

    private Request first() {
        return due.get(0).request();
    }

    /** Those that go on when this one is done: beside <em>delete my data</em> both others. */
    private List<Request> others() {
        return flow.flow() == Flow.DELETE_DATA
                ? open.stream()
                        .filter(r -> !r.id().equals(first().id()))
                        .sorted(Return.ORDER)
                        .toList()
                : List.of();
    }

    private Hidden hidden() {
        boolean data = flow.flow() == Flow.DELETE_DATA;
        List<UUID> ids =
                data ? List.of(first().id()) : open.stream().map(Request::id).toList();
        return new Hidden(desk.connection(), ids);
    }

    /** After {@link #bringBack}. */
    void erase(HashKey key) throws SQLException {
        if (flow.flow() == Flow.DELETE_DATA) {
            data();
        } else {
            account(key);
        }
    }

    /** What was there at the request; what has come since stays. */
    private void data() throws SQLException {
        Request request = first();
        Plan then = Hidden.then(flow.erasure(), request.id(), request.requestedAt());
        strays().erase(flow.erasure(), List.of(due.get(0).subject()), request.requestedAt());
        Receipt receipt = eraser(then).erase(List.of(due.get(0).subject()), lockWait());
        hidden().forget();
        done(List.of(request), receipt, Transition.ERASE);
        for (Request each : others()) {
            Asking.hide(desk, desk.setting().flow(each.flow()), each, due.get(0).subject());
        }
    }

    private void account(HashKey key) throws SQLException {
        List<SubjectKey> people = due.stream().map(Due::subject).toList();
        strays().erase(flow.erasure(), people, null);
        Receipt receipt = eraser(flow.erasure()).erase(people, lockWait());
        hidden().forget();
        List<UUID> asked = due.stream().map(d -> d.request().id()).toList();
        done(open.stream().filter(r -> asked.contains(r.id())).toList(), receipt, Transition.ERASE);
        done(open.stream().filter(r -> !asked.contains(r.id())).toList(), receipt, Transition.OVERTAKE);
        desk.requests().endExports(people, desk.now());
        desk.requests().forget(people);
        new Fence(desk.connection(), key).raise(people, desk.now(), !selfGoes());
    }

    private Strays strays() {
        return new Strays(desk.connection(), open.stream().map(Request::id).toList());
    }

    private boolean selfGoes() {
        Plan plan = flow.erasure();
        return plan.role(plan.self()).orElseThrow().deletes();
    }

    private void done(List<Request> requests, Receipt receipt, Transition transition) throws SQLException {
        if (requests.isEmpty()) {
            return;
        }
        List<UUID> ids = requests.stream().map(Request::id).toList();
        desk.requests().erased(ids, transition, desk.now(), ReceiptJson.of(receipt));
        desk.events().append(EventName.ERASED, desk.now(), ids, Actor.EXEUNT);
    }

    private Eraser eraser(Plan plan) throws SQLException {
        Clock moment = Clock.fixed(desk.now(), ZoneOffset.UTC);
        boolean byValue = plan.roles().stream().anyMatch(r -> r.source() instanceof KeySource.Identifier);
        return new Eraser(desk.connection(), plan, moment, desk.setting().progress())
                .knowing(byValue ? hidden().identifiers(plan.subject()) : List.of());
    }

    private Duration lockWait() {
        return desk.setting().lockWait();
    }
}
