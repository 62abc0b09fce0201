package dev.exeunt.internal.flow;

import dev.exeunt.internal.due.DueErasure;
import dev.exeunt.internal.due.ErasureIntent;
import dev.exeunt.internal.due.HiddenLocators;
import dev.exeunt.internal.guard.GuardEvaluator;
import dev.exeunt.internal.hold.HeldPeople;
import dev.exeunt.internal.ledger.AuditEventType;
import dev.exeunt.internal.map.LifecycleSettings.OfferedFlow;
import dev.exeunt.internal.plan.FlowPlan;
import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.reach.SubjectFinder;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.IdempotencyRecord;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.request.RequestHiding;
import dev.exeunt.internal.request.RequestTable;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import dev.exeunt.request.RequestPreview;
import dev.exeunt.request.RequestRefusedException;
import dev.exeunt.request.RequestRefusedException.RequestRefusalReason;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/** Checks guards, warnings and confirmation of a new request, stores it and hides the data. */
final class RequestSubmission {

    private final RequestTransaction transaction;
    private final FlowPlan flow;
    private final OfferedFlow offer;
    private final GuardEvaluator questions;
    private boolean erasedAtOnce;

    private RequestSubmission(RequestTransaction transaction, FlowPlan flow, OfferedFlow offer) {
        this.transaction = transaction;
        this.flow = flow;
        this.offer = offer;
        this.questions = new GuardEvaluator(
                transaction.connection(), transaction.context().subject());
    }

    /** Submits the request, and tells the observer where it was erased in the same transaction. */
    static Request ask(LifecycleContext context, NewRequest ask) {
        ask.actor().requireReason(ask.reason());
        FlowPlan flow = offered(context, ask.flow());
        OfferedFlow offer = flow.offer().orElseThrow();
        AtomicBoolean erased = new AtomicBoolean();
        RequestTransaction.RequestWork<Request> asking = transaction -> {
            RequestSubmission submission = new RequestSubmission(transaction, flow, offer);
            Request asked = submission.ask(ask);
            erased.set(submission.erasedAtOnce);
            return asked;
        };
        Request request = offer.grace() == null
                ? askAndErase(context, ask, asking)
                : RequestTransaction.runAndCommit(context, "asking", asking);
        if (erased.get()) {
            context.observer().erasedAtOnce();
        }
        return request;
    }

    /** The request and the erasure are one transaction. The ledger has the intent before it. */
    private static Request askAndErase(
            LifecycleContext context, NewRequest ask, RequestTransaction.RequestWork<Request> asking) {
        context.ledger().requireOpen();
        ErasureIntent.IntentConditions recording = new ErasureIntent.IntentConditions(
                context.database(), context.ledger(), context.key(), context.subject(), context.clock());
        return ErasureIntent.around(
                recording,
                List.of(ask.key()),
                intent -> RequestTransaction.runAndCommit(context, "asking", transaction -> {
                    Request request = asking.run(transaction);
                    intent.settle(transaction.ledger(), request.state() == Request.State.ERASED);
                    return request;
                }));
    }

    private static RequestRefusedException notOffered(LifecycleContext context, AccountFlow flow) {
        List<String> offered = context.map().lifecycle().offers().stream()
                .map(o -> o.flow().word())
                .toList();
        return RequestRefusedException.of(
                RequestRefusalReason.NOT_OFFERED,
                "The map does not offer " + flow.word() + ", but "
                        + (offered.isEmpty() ? "no flow at all: add flows:" : String.join(", ", offered)) + ".");
    }

    private Request ask(NewRequest ask) throws SQLException {
        PlannedSubject person = transaction.context().subject();
        SubjectKey subject = new SubjectFinder(transaction.connection(), person)
                .find(List.of(ask.key()))
                .get(0);
        lock(subject);
        String known = ask.idempotencyKey();
        if (known == null) {
            return ask(ask, subject);
        }
        IdempotencyRecord idempotency = new IdempotencyRecord(transaction, subject, ask.actor(), known);
        Optional<UUID> led = idempotency.findRequest(flow.flow().word());
        if (led.isPresent()) {
            return repeated(transaction.requests().find(led.get()).orElseThrow(), ask);
        }
        Request request = ask(ask, subject);
        if (request.state() != Request.State.ERASED || flow.flow() == AccountFlow.DELETE_DATA) {
            idempotency.save(request.id());
        }
        return request;
    }

    /** Locks what the guards read, and then the person. */
    void lock(SubjectKey subject) throws SQLException {
        questions.lock(flow.guards(), transaction.context().guards());
        if (!transaction.lockUnlessErased(subject)) {
            throw RequestRefusedException.of(
                    RequestRefusalReason.TOO_LATE, "It is too late: the account has been erased. Nothing was changed.");
        }
    }

    /** Begins a request for a flow that the map offers. */
    static RequestSubmission begin(RequestTransaction transaction, AccountFlow wanted) {
        FlowPlan flow = offered(transaction.context(), wanted);
        return new RequestSubmission(transaction, flow, flow.offer().orElseThrow());
    }

    /** Submits the request of a person who is locked. */
    Request ask(NewRequest ask, SubjectKey subject) throws SQLException {
        List<Request> open = transaction.requests().findOpenForUpdate(subject);
        Optional<Request> same =
                open.stream().filter(r -> r.flow() == flow.flow()).findFirst();
        if (same.isPresent()) {
            return repeated(same.get(), ask);
        }
        boolean overridden = guards(ask, subject);
        if (!ask.actor().isStaff()) {
            RequestPreview.Warnings warnings = questions.warnings(flow, subject);
            if (!warnings.acknowledged(ask.acknowledged())) {
                throw RequestRefusedException.unacknowledged(warnings);
            }
            new TypedIdentifierCheck(transaction, subject, open).require(offer.confirm(), ask.typed());
        }
        HiddenLocators.read(transaction, List.of(subject));
        erasedAtOnce = offer.grace() == null && !isHeld(subject);
        Request request = insert(ask, subject, RequestHiding.momentAfter(open, transaction.now()));
        transaction.recordEvent(requested(flow.flow()), request.id(), ask.actor(), ask.reason());
        if (overridden) {
            transaction.recordEvent(AuditEventType.GUARD_OVERRIDDEN, request.id(), ask.actor(), ask.reason());
        }
        return erasedAtOnce ? DueErasure.eraseAtOnce(transaction, flow, request, subject) : hidden(request, subject);
    }

    /** A request without a grace period that a legal hold keeps from being carried out is due at once, and waits for the worker. */
    private boolean isHeld(SubjectKey subject) throws SQLException {
        return HeldPeople.any(transaction.connection(), flow.erasure(), List.of(subject), transaction.now());
    }

    /** Nothing is done; that staff asked, and why, is recorded all the same. */
    private Request repeated(Request request, NewRequest ask) throws SQLException {
        if (ask.actor().isStaff()) {
            transaction.recordEvent(AuditEventType.REQUEST_REPEATED, request.id(), ask.actor(), ask.reason());
        }
        return request;
    }

    /** @return whether one was passed over */
    private boolean guards(NewRequest ask, SubjectKey subject) throws SQLException {
        List<RequestPreview.Obstacle> obstacles = questions.obstacles(
                flow.guards(), subject, transaction.leaving().findOthers(subject));
        boolean may = ask.override() && ask.actor().isStaff();
        List<RequestPreview.Obstacle> standing =
                obstacles.stream().filter(o -> !(may && o.overridable())).toList();
        if (!standing.isEmpty()) {
            throw RequestRefusedException.guarded(standing);
        }
        return !obstacles.isEmpty();
    }

    private Request insert(NewRequest ask, SubjectKey subject, Instant hidden) throws SQLException {
        Instant now = transaction.now();
        return transaction
                .requests()
                .insert(new RequestTable.NewRequestRow(
                        flow.flow(),
                        subject,
                        now,
                        ask.actor().text(),
                        ask.actor().isStaff() ? null : ask.reason(),
                        erasedAtOnce || flow.hiding() == null ? null : hidden,
                        offer.loginBlock() == null || erasedAtOnce
                                ? null
                                : offer.loginBlock().after(now),
                        offer.grace() == null ? now : offer.grace().after(now)));
    }

    private Request hidden(Request request, SubjectKey subject) throws SQLException {
        RequestHiding.hide(transaction, flow, request, subject);
        return request;
    }

    private static AuditEventType requested(AccountFlow flow) {
        return switch (flow) {
            case DELETE_DATA -> AuditEventType.DATA_DELETION_REQUESTED;
            case DEACTIVATE -> AuditEventType.DEACTIVATION_REQUESTED;
            case DELETE_ACCOUNT -> AuditEventType.ACCOUNT_DELETION_REQUESTED;
        };
    }

    /** @throws RequestRefusedException where the map does not offer the flow */
    static FlowPlan offered(LifecycleContext context, AccountFlow flow) {
        return Optional.ofNullable(context.flows().get(flow))
                .filter(p -> p.offer().isPresent())
                .orElseThrow(() -> notOffered(context, flow));
    }
}
