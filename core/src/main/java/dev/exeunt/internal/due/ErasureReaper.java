package dev.exeunt.internal.due;

import dev.exeunt.database.DatabaseException;
import dev.exeunt.internal.due.RequestClaims.ClaimRelease;
import dev.exeunt.internal.due.RequestClaims.RequestClaim;
import dev.exeunt.internal.guard.GuardEvaluator;
import dev.exeunt.internal.ledger.AuditEventType;
import dev.exeunt.internal.plan.FlowPlan;
import dev.exeunt.internal.request.DueRequest;
import dev.exeunt.internal.request.FailureText;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.request.RequestTable;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.internal.transaction.ReusableConnection;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.Actor;
import dev.exeunt.request.GuardObstacle;
import dev.exeunt.request.ReapResult;
import dev.exeunt.request.RequestTransition;
import dev.exeunt.security.HashKey;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Claims due requests and erases their people, one batch after the other. Any number of them work side by side: each
 * claims requests that nobody else holds, in a transaction of its own, and whoever is not heard of for the length of a
 * lease has lost what it held to the next.
 *
 * <p>One person's failure stops nobody else: it is put off, longer each time, and in the end shown as failed.
 */
public final class ErasureReaper {

    /** How many people share a transaction where no guard has to look at each. */
    private static final int BATCH = 200;

    /** Much longer than a batch takes; a worker that dies holds its people up for so long. */
    static final Duration LEASE = Duration.ofMinutes(10);

    private static final int ATTEMPTS = 5;

    /** Of one attempt, at once one after the other. */
    private static final int TRIES = 3;

    /** Deadlock; foreign key. */
    private static final Set<String> COLLISIONS = Set.of("40P01", "23503");

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(5);
    private static final Duration GUARD_PAUSE = Duration.ofHours(6);

    private final LifecycleContext setting;
    private final ReusableConnection session;
    private final HashKey key;
    private final RequestClaims claims;
    private int erased;
    private int blocked;
    private int failed;

    public ErasureReaper(LifecycleContext setting, ReusableConnection session, String worker) {
        this.setting = setting;
        this.session = session;
        this.key = setting.requireKey();
        this.claims = new RequestClaims(worker, LEASE);
    }

    /**
     * Until nothing is due that nobody else holds: fewer than a batch were all there were. Where the thread is told to stop, until
     * what it has begun is done.
     */
    public ReapResult reap() {
        List<RequestClaim> claimed;
        do {
            claimed = RequestTransaction.runAndCommit(setting, session, "claiming what is due", desk -> {
                List<RequestClaim> due = claims.claimDue(desk, BATCH);
                List<UUID> ids = due.stream().map(c -> c.due().request().id()).toList();
                desk.events().append(AuditEventType.ERASURE_STARTED, desk.now(), ids, Actor.EXEUNT);
                return due;
            });
            carryOut(claimed);
        } while (claimed.size() == BATCH && !Thread.currentThread().isInterrupted());
        return new ReapResult(erased, blocked, failed);
    }

    private void carryOut(List<RequestClaim> claimed) {
        for (AccountFlow flow : AccountFlow.values()) {
            List<RequestClaim> of = claimed.stream()
                    .filter(c -> c.due().request().flow() == flow)
                    .toList();
            boolean together = flow != AccountFlow.DELETE_DATA
                    && setting.flows().containsKey(flow)
                    && setting.flow(flow).guards().isEmpty();
            if (together) {
                together(
                        setting.flow(flow),
                        of.stream().filter(RequestClaim::alone).toList());
            }
            of.stream().filter(c -> !together || !c.alone()).forEach(this::one);
            setting.progress().at("erasing", erased, erased + claimed.size());
        }
    }

    /** All at once; where that fails each half, until who fails is alone. */
    private void together(FlowPlan plan, List<RequestClaim> people) {
        if (people.isEmpty()) {
            return;
        }
        if (people.size() == 1) {
            one(people.get(0));
            return;
        }
        try {
            erased += RequestTransaction.runAndCommit(setting, session, "erasing", desk -> {
                claims.lock(desk, people);
                DueErasure.of(desk, plan, people.stream().map(RequestClaim::due).toList())
                        .restoreStashedRows()
                        .erase(key);
                return people.size();
            });
        } catch (RuntimeException e) {
            together(plan, people.subList(0, people.size() / 2));
            together(plan, people.subList(people.size() / 2, people.size()));
        }
    }

    private void one(RequestClaim claim) {
        for (int attempt = 1; !one(claim, attempt == TRIES); attempt++) {
            // it met somebody who was at the same rows, and who is done with them now
        }
    }

    /**
     * @param last whether it is not tried again at once, whatever stands in the way
     * @return whether that is all for now
     */
    private boolean one(RequestClaim claim, boolean last) {
        try {
            FlowPlan plan = setting.flow(claim.due().request().flow());
            boolean done = RequestTransaction.runAndCommit(setting, session, "erasing", desk -> one(desk, plan, claim));
            erased += done ? 1 : 0;
            blocked += done ? 0 : 1;
        } catch (RequestTable.RequestLostException e) {
            // somebody else has it now, and what they do with it is theirs to say
        } catch (RuntimeException e) {
            if (!last && collided(e)) {
                return false;
            }
            failed += putOff(claim, e) ? 1 : 0;
        }
        return true;
    }

    /** What two who act for people with common rows do to each other: one waits in a circle, or finds a row gone it was about to use. */
    private static boolean collided(RuntimeException e) {
        return e instanceof DatabaseException refused && COLLISIONS.contains(refused.sqlState());
    }

    /** @return whether the person is erased; else a guard stands in the way */
    private boolean one(RequestTransaction desk, FlowPlan plan, RequestClaim claim) throws SQLException {
        DueRequest due = claim.due();
        GuardEvaluator questions = new GuardEvaluator(desk.connection(), setting.subject());
        questions.lock(plan.guards(), setting.guards());
        desk.lock(due.subject());
        claims.lock(desk, List.of(claim));
        if (plan.guards().isEmpty()) {
            DueErasure.of(desk, plan, due).restoreStashedRows().erase(key);
            return true;
        }
        return guarded(desk, plan, claim, questions);
    }

    private boolean guarded(RequestTransaction desk, FlowPlan plan, RequestClaim claim, GuardEvaluator questions)
            throws SQLException {
        DueRequest due = claim.due();
        Savepoint hidden = desk.connection().setSavepoint();
        DueErasure erasing = DueErasure.of(desk, plan, due).restoreStashedRows();
        List<GuardObstacle> obstacles =
                questions.obstacles(plan.guards(), due.subject(), desk.leaving().findEarlier(due));
        boolean overridden = desk.events()
                .happened(AuditEventType.GUARD_OVERRIDDEN, due.request().id());
        if (obstacles.stream().anyMatch(o -> !(overridden && o.overridable()))) {
            desk.connection().rollback(hidden);
            claims.giveBack(
                    desk,
                    claim,
                    new ClaimRelease(RequestTransition.BLOCK, desk.now().plus(GUARD_PAUSE), null));
            desk.recordEvent(AuditEventType.ERASURE_BLOCKED, due.request().id(), Actor.EXEUNT, null);
            return false;
        }
        erasing.erase(key);
        return true;
    }

    /**
     * In a transaction of its own, since that of the attempt is gone.
     *
     * @return false where somebody else has it now, or has done it meanwhile with another request of the person: nothing has failed
     */
    private boolean putOff(RequestClaim claim, RuntimeException e) {
        try {
            putOff(claim, FailureText.of(e));
            return true;
        } catch (RequestTable.RequestLostException lost) {
            return false;
        }
    }

    private void putOff(RequestClaim claim, String reason) {
        RequestTransaction.runAndCommit(setting, session, "putting off", desk -> {
            int attempts = claim.due().request().attempts() + 1;
            boolean last = attempts >= ATTEMPTS;
            RequestTransition transition = last ? RequestTransition.GIVE_UP : RequestTransition.PUT_OFF;
            Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, 10));
            claims.giveBack(desk, claim, new ClaimRelease(transition, desk.now().plus(pause), reason));
            desk.recordEvent(
                    AuditEventType.ERASURE_FAILED, claim.due().request().id(), Actor.EXEUNT, null);
            return true;
        });
    }
}
