package dev.exeunt.lifecycle;

import dev.exeunt.ExeuntException;
import dev.exeunt.erase.Elsewhere;
import dev.exeunt.erase.Preview;
import dev.exeunt.erase.RuleSql;
import dev.exeunt.erase.hide.Hidden;
import dev.exeunt.erase.hide.Hider;
import dev.exeunt.ledger.Actor;
import dev.exeunt.ledger.EventName;
import dev.exeunt.lifecycle.DepartureRefusedException.Why;
import dev.exeunt.map.Flow;
import dev.exeunt.map.Lifecycle.Offer;
import dev.exeunt.map.Word;
import dev.exeunt.plan.FlowPlan;
import dev.exeunt.plan.Plan;
import dev.exeunt.plan.PlannedSubject;
import dev.exeunt.postgres.Fragment;
import dev.exeunt.postgres.Quote;
import dev.exeunt.reach.FormerValue;
import dev.exeunt.reach.SubjectKey;
import dev.exeunt.reach.Subjects;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Somebody asks to leave: everything is asked and done in one transaction, or nothing has happened. */
final class Asking {

    private final Desk desk;
    private final FlowPlan flow;
    private final Offer offer;
    private final Questions questions;

    private Asking(Desk desk, FlowPlan flow, Offer offer) {
        this.desk = desk;
        this.flow = flow;
        this.offer = offer;
        this.questions = new Questions(desk.connection(), desk.setting().subject());
    }

    static Request ask(Setting setting, Ask ask) {
        ask.actor().requireReason(ask.reason());
        Elsewhere.refuse(setting.map());
        FlowPlan flow = offered(setting, ask.flow());
        Offer offer = flow.offer().orElseThrow();
        return Desk.committed(setting, "asking", desk -> new Asking(desk, flow, offer).ask(ask));
    }

    private static DepartureRefusedException notOffered(Setting setting, Flow flow) {
        List<String> offered = setting.map().lifecycle().offers().stream()
                .map(o -> o.flow().word())
                .toList();
        return DepartureRefusedException.of(
                Why.NOT_OFFERED,
                "The map does not offer " + flow.word() + ", but "
                        + (offered.isEmpty() ? "no flow at all: add flows:" : String.join(", ", offered)) + ".");
    }

    private Request ask(Ask ask) throws SQLException {
        PlannedSubject person = desk.setting().subject();
        SubjectKey subject =
                new Subjects(desk.connection(), person).find(List.of(ask.key())).get(0);
        questions.lock(flow.guards(), desk.setting().guards());
        if (!desk.lockUnlessErased(subject)) {
            throw DepartureRefusedException.of(
                    Why.TOO_LATE, "It is too late: the account has been erased. Nothing was changed.");
        }
        String known = ask.idempotencyKey();
        if (known == null) {
            return ask(ask, subject);
        }
        Idempotency idempotency = new Idempotency(desk, subject, ask.actor(), known);
        Optional<UUID> led = idempotency.led(flow.flow().word());
        if (led.isPresent()) {
            return repeated(desk.requests().find(led.get()).orElseThrow(), ask);
        }
        Request request = ask(ask, subject);
        if (request.state() != RequestState.ERASED || flow.flow() == Flow.DELETE_DATA) {
            idempotency.leadsTo(request.id());
        }
        return request;
    }

    private Request ask(Ask ask, SubjectKey subject) throws SQLException {
        List<Request> open = desk.requests().open(subject);
        Optional<Request> same =
                open.stream().filter(r -> r.flow() == flow.flow()).findFirst();
        if (same.isPresent()) {
            return repeated(same.get(), ask);
        }
        boolean overridden = guards(ask, subject);
        if (!ask.actor().isStaff()) {
            Warnings warnings = questions.warnings(flow, subject);
            if (!warnings.acknowledged(ask.acknowledged())) {
                throw DepartureRefusedException.unacknowledged(warnings);
            }
            confirm(offer.confirm(), ask.typed(), subject, open);
        }
        Request request = insert(ask, subject);
        event(request, ask, requested(flow.flow()));
        if (overridden) {
            event(request, ask, EventName.GUARD_OVERRIDDEN);
        }
        return offer.grace() == null ? Erasing.atOnce(desk, flow, request, subject) : hidden(request, subject);
    }

    /** Nothing is done; that staff asked, and why, is recorded all the same. */
    private Request repeated(Request request, Ask ask) throws SQLException {
        if (ask.actor().isStaff()) {
            event(request, ask, EventName.REQUEST_REPEATED);
        }
        return request;
    }

    /** @return whether one was passed over */
    private boolean guards(Ask ask, SubjectKey subject) throws SQLException {
        List<Obstacle> obstacles =
                questions.obstacles(flow.guards(), subject, desk.requests().leaving(subject));
        boolean may = ask.override() && ask.actor().isStaff();
        List<Obstacle> standing =
                obstacles.stream().filter(o -> !(may && o.overridable())).toList();
        if (!standing.isEmpty()) {
            throw DepartureRefusedException.guarded(standing);
        }
        return !obstacles.isEmpty();
    }

    private void confirm(@Nullable Word identifier, @Nullable String typed, SubjectKey subject, List<Request> open)
            throws SQLException {
        if (identifier == null) {
            return;
        }
        if (typed == null || !isTheirs(identifier.text(), typed, subject, hidden(identifier.text(), open))) {
            throw DepartureRefusedException.of(
                    Why.UNCONFIRMED,
                    (typed == null
                                    ? "To confirm, type your " + spoken(identifier) + "."
                                    : "That is not your " + spoken(identifier) + ".")
                            + " Nothing was changed.");
        }
    }

    /** The sentence is for the person, to whom a column's name means little. */
    private static String spoken(Word identifier) {
        return identifier.text().replace('_', ' ');
    }

    /** What it was before another request of theirs hid it: they know no other. */
    private String[] hidden(String identifier, List<Request> open) throws SQLException {
        return new Hidden(desk.connection(), open.stream().map(Request::id).toList())
                .identifiers(desk.setting().subject()).stream()
                        .filter(former -> former.identifier().name().equals(identifier))
                        .map(FormerValue::value)
                        .toArray(String[]::new);
    }

    private boolean isTheirs(String identifier, String typed, SubjectKey subject, String[] hidden) throws SQLException {
        PlannedSubject person = desk.setting().subject();
        Fragment select = Fragment.of(
                "SELECT FROM " + person.table().name().quoted() + " WHERE (pg_catalog.lower("
                        + Quote.identifier(identifier)
                        + "::pg_catalog.text) = pg_catalog.lower(?::pg_catalog.text)"
                        + " OR pg_catalog.lower(?::pg_catalog.text) = ANY (?::pg_catalog.text[]))",
                typed.strip(),
                typed.strip(),
                hidden);
        for (int i = 0; i < person.key().size(); i++) {
            select = select.plus(Fragment.of(
                    " AND " + Quote.identifier(person.key().get(i).name()) + "::pg_catalog.text = ?",
                    subject.parts().get(i)));
        }
        try (PreparedStatement statement = select.prepare(desk.connection());
                ResultSet row = statement.executeQuery()) {
            return row.next();
        }
    }

    private Request insert(Ask ask, SubjectKey subject) throws SQLException {
        Instant now = desk.now();
        boolean atOnce = offer.grace() == null;
        return desk.requests()
                .insert(new Requests.Asked(
                        flow.flow(),
                        subject,
                        now,
                        ask.actor().text(),
                        ask.actor().isStaff() ? null : ask.reason(),
                        atOnce || flow.hiding() == null ? null : now,
                        offer.loginBlock() == null || atOnce
                                ? null
                                : offer.loginBlock().after(now),
                        offer.grace() == null ? now : offer.grace().after(now)));
    }

    private Request hidden(Request request, SubjectKey subject) throws SQLException {
        hide(desk, flow, request, subject);
        return request;
    }

    /** As the map says of the request's flow, with the request's own moments: at the request, and again when a weaker one ended. */
    static void hide(Desk desk, FlowPlan flow, Request request, SubjectKey subject) throws SQLException {
        Plan plan = flow.hiding();
        if (plan == null) {
            return;
        }
        hider(desk, plan, request).hide(subject);
    }

    static Hider hider(Desk desk, Plan plan, Request request) throws SQLException {
        sameCatalogue(desk, plan);
        RuleSql.Moments moments =
                new RuleSql.Moments(request.requestedAt(), request.dueAt(), request.loginBlockedUntil());
        return new Hider(desk.connection(), plan, request.id(), moments);
    }

    private static void sameCatalogue(Desk desk, Plan plan) throws SQLException {
        if (plan.catalogue().recognised(desk.connection()).isEmpty()) {
            throw new ExeuntException(
                    "Nothing was changed: the database's structure has changed since the map was checked."
                            + " Run exeunt check again.");
        }
    }

    private void event(Request request, Ask ask, EventName name) throws SQLException {
        Actor actor = ask.actor();
        desk.events().append(name, desk.now(), request.id(), actor, actor.isStaff() ? ask.reason() : null);
    }

    private static EventName requested(Flow flow) {
        return switch (flow) {
            case DELETE_DATA -> EventName.DATA_DELETION_REQUESTED;
            case DEACTIVATE -> EventName.DEACTIVATION_REQUESTED;
            case DELETE_ACCOUNT -> EventName.ACCOUNT_DELETION_REQUESTED;
        };
    }

    static Outlook outlook(Setting setting, Flow flow, String key) {
        FlowPlan plan = offered(setting, flow);
        return Desk.looking(setting, "looking for warnings", desk -> {
            SubjectKey subject = someone(desk, key);
            Questions questions = new Questions(desk.connection(), setting.subject());
            return new Outlook(
                    questions.warnings(plan, subject),
                    questions.obstacles(plan.guards(), subject, desk.requests().leaving(subject)));
        });
    }

    /** What hiding has moved away counts as well. */
    static Preview preview(Setting setting, Flow flow, String key) {
        Plan plan = offered(setting, flow).erasure();
        return Desk.looking(setting, "counting rows", desk -> {
            SubjectKey subject = someone(desk, key);
            if (!desk.requests().standing(subject).isEmpty()) {
                // what puts rows back waits for whoever acts for the person, and not half way through
                desk.lock(subject);
            }
            Lifting.lift(desk.connection(), subject);
            return Preview.of(desk.connection(), plan, List.of(subject), desk.now());
        });
    }

    private static FlowPlan offered(Setting setting, Flow flow) {
        return Optional.ofNullable(setting.flows().get(flow))
                .filter(p -> p.offer().isPresent())
                .orElseThrow(() -> notOffered(setting, flow));
    }

    private static SubjectKey someone(Desk desk, String key) throws SQLException {
        return new Subjects(desk.connection(), desk.setting().subject())
                .find(List.of(key))
                .get(0);
    }
}
