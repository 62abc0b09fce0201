package dev.exeunt.internal.due;

import dev.exeunt.HashKey;
import dev.exeunt.internal.due.RequestClaims.ClaimRelease;
import dev.exeunt.internal.due.RequestClaims.RequestClaim;
import dev.exeunt.internal.guard.GuardEvaluator;
import dev.exeunt.internal.hold.HeldPeople;
import dev.exeunt.internal.ledger.AuditEventType;
import dev.exeunt.internal.plan.FlowPlan;
import dev.exeunt.internal.reach.SubjectFinder;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.DueRequest;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.request.Actor;
import dev.exeunt.request.Request;
import dev.exeunt.request.RequestPreview;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.List;

/**
 * Makes one attempt to erase the people of claimed requests, in the caller's transaction. It locks the people first, and asks for legal
 * holds and guards after that.
 */
final class ErasureAttempt {

    private static final Duration GUARD_PAUSE = Duration.ofHours(6);

    private final LifecycleContext context;
    private final HashKey key;
    private final RequestClaims claims;
    private final ErasureAnnouncement announcement;

    ErasureAttempt(LifecycleContext context, HashKey key, RequestClaims claims) {
        this.context = context;
        this.key = key;
        this.claims = claims;
        this.announcement = new ErasureAnnouncement(context);
    }

    /** What one attempt has done. */
    enum AttemptOutcome {
        ERASED,
        /** a guard stands in the way */
        BLOCKED,
        /** systems were told, and the erasure waits for them */
        ANNOUNCED,
        /** a legal hold was placed after the claim */
        HELD
    }

    /**
     * Erases several people, each of whom has asked for nothing else.
     *
     * @throws dev.exeunt.ExeuntException where one is under a legal hold; {@link #erase} gives such a request back
     */
    int eraseTogether(RequestTransaction transaction, FlowPlan plan, List<RequestClaim> people) throws SQLException {
        List<DueRequest> due = people.stream().map(RequestClaim::due).toList();
        List<SubjectKey> subjects = due.stream().map(DueRequest::subject).toList();
        new SubjectFinder(transaction.connection(), context.subject()).lock(subjects);
        claims.lock(transaction, people);
        HeldPeople.requireNone(transaction.connection(), plan.erasure(), subjects, transaction.now());
        DueErasure.of(transaction, plan, due).restoreStashedRows().erase(key);
        return people.size();
    }

    /** Erases one person, unless a legal hold or a guard stands in the way, or systems have to be told first. */
    AttemptOutcome erase(RequestTransaction transaction, FlowPlan plan, RequestClaim claim) throws SQLException {
        DueRequest due = claim.due();
        GuardEvaluator questions = new GuardEvaluator(transaction.connection(), context.subject());
        questions.lock(plan.guards(), context.guards());
        transaction.lock(due.subject());
        claims.lock(transaction, List.of(claim));
        if (HeldPeople.any(transaction.connection(), plan.erasure(), List.of(due.subject()), transaction.now())) {
            claims.giveBack(transaction, claim, new ClaimRelease(Request.Transition.PUT_OFF, transaction.now(), null));
            return AttemptOutcome.HELD;
        }
        if (plan.guards().isEmpty()) {
            DueErasure.of(transaction, plan, due).restoreStashedRows().erase(key);
            return AttemptOutcome.ERASED;
        }
        return guarded(transaction, plan, claim, questions);
    }

    private AttemptOutcome guarded(
            RequestTransaction transaction, FlowPlan plan, RequestClaim claim, GuardEvaluator questions)
            throws SQLException {
        DueRequest due = claim.due();
        Savepoint hidden = transaction.connection().setSavepoint();
        DueErasure erasing = DueErasure.of(transaction, plan, due).restoreStashedRows();
        List<RequestPreview.Obstacle> obstacles = questions.obstacles(
                plan.guards(), due.subject(), transaction.leaving().findEarlier(due));
        boolean overridden = transaction
                .events()
                .happened(AuditEventType.GUARD_OVERRIDDEN, due.request().id());
        boolean stopped = obstacles.stream().anyMatch(o -> !(overridden && o.overridable()));
        boolean first = announcement.isNeeded(plan.flow()) && !claim.announced();
        if (stopped) {
            transaction.outbox().readLocators(List.of(due.subject()));
        }
        if (stopped || first) {
            transaction.connection().rollback(hidden);
        }
        if (stopped) {
            claims.giveBack(
                    transaction,
                    claim,
                    new ClaimRelease(Request.Transition.BLOCK, transaction.now().plus(GUARD_PAUSE), null));
            transaction.recordEvent(
                    AuditEventType.ERASURE_BLOCKED, due.request().id(), Actor.EXEUNT, null);
            return AttemptOutcome.BLOCKED;
        }
        if (first) {
            claims.giveBack(transaction, claim, new ClaimRelease(Request.Transition.PUT_OFF, transaction.now(), null));
            announcement.announce(transaction, due.request().id(), due.subject());
            return AttemptOutcome.ANNOUNCED;
        }
        erasing.erase(key);
        return AttemptOutcome.ERASED;
    }
}
