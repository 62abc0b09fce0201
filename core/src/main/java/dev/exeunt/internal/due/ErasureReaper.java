package dev.exeunt.internal.due;

import dev.exeunt.HashKey;
import dev.exeunt.database.DatabaseException;
import dev.exeunt.internal.due.RequestClaims.ClaimRelease;
import dev.exeunt.internal.due.RequestClaims.RequestClaim;
import dev.exeunt.internal.files.deletion.FileDeletions;
import dev.exeunt.internal.ledger.AuditEventType;
import dev.exeunt.internal.plan.FlowPlan;
import dev.exeunt.internal.request.FailureText;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.request.RequestTable;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.internal.transaction.ReusableConnection;
import dev.exeunt.ledger.LedgerException;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests.ReapResult;
import dev.exeunt.request.Actor;
import dev.exeunt.request.Request;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Claims due requests and erases their people, one batch after the other. Any number of reapers work side by side. Each
 * claims requests that no other reaper holds, in a transaction of its own. A reaper that gives no sign of life for the
 * length of a lease loses its claims to the next.
 *
 * <p>A failure stops no other person's erasure. The failed request is retried, after a longer pause each time, and
 * finally shown as failed.
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

    private final LifecycleContext context;
    private final ReusableConnection session;
    private final HashKey key;
    private final RequestClaims claims;
    private final ErasureAnnouncement announcement;
    private final ErasureAttempt attempt;
    private int erased;
    private int blocked;
    private int failed;

    public ErasureReaper(LifecycleContext context, ReusableConnection session, String worker) {
        this.context = context;
        this.session = session;
        this.key = context.requireKey();
        this.claims = new RequestClaims(worker, LEASE);
        this.announcement = new ErasureAnnouncement(context);
        this.attempt = new ErasureAttempt(context, key, claims);
    }

    /**
     * Runs until a batch of unclaimed due requests is not full. If the thread is interrupted, it finishes the requests
     * it has begun.
     */
    public ReapResult reap() {
        context.files().require(context.map().fileStores());
        context.ledger().update(session);
        int held = new HeldRequests(context, session).update();
        announceDue();
        List<RequestClaim> claimed;
        do {
            claimed = claim(null);
            copyIntents(claimed);
            carryOut(claimed);
        } while (claimed.size() == BATCH && !Thread.currentThread().isInterrupted());
        deleteFiles();
        context.ledger().look(session);
        return new ReapResult(erased, blocked, failed, held);
    }

    /** Copies the record of what is about to be done out of the database. Where that fails nothing is erased, and all claims are given back. */
    private void copyIntents(List<RequestClaim> claimed) {
        if (claimed.isEmpty()) {
            return;
        }
        try {
            context.ledger().update(session);
        } catch (LedgerException e) {
            RequestTransaction.runAndCommit(context.withoutLedgerCopy(), session, "giving claims back", transaction -> {
                for (RequestClaim claim : claimed) {
                    claims.giveBack(
                            transaction, claim, new ClaimRelease(Request.Transition.PUT_OFF, transaction.now(), null));
                }
                List<UUID> ids =
                        claimed.stream().map(c -> c.due().request().id()).toList();
                transaction.events().append(AuditEventType.ERASURE_FAILED, transaction.now(), ids, Actor.EXEUNT);
                return true;
            });
            throw e;
        }
    }

    /**
     * Erases the people of these requests and of no others.
     *
     * @param requests at most as many as share a transaction
     */
    public void reapOnly(List<UUID> requests) {
        context.files().require(context.map().fileStores());
        carryOut(claim(requests));
        deleteFiles();
    }

    private List<RequestClaim> claim(@Nullable List<UUID> only) {
        return RequestTransaction.runAndCommit(context, session, "claiming what is due", transaction -> {
            List<RequestClaim> due = claims.claimDue(transaction, only, BATCH);
            List<UUID> ids = due.stream().map(c -> c.due().request().id()).toList();
            transaction.events().append(AuditEventType.ERASURE_STARTED, transaction.now(), ids, Actor.EXEUNT);
            return due;
        });
    }

    /** Deletes files of people who have been erased, by this worker or another. */
    private void deleteFiles() {
        FileDeletions deletions = new FileDeletions(context.plan(), context.files(), context.observer());
        int deleted = FileDeletions.BATCH;
        while (deleted == FileDeletions.BATCH && !Thread.currentThread().isInterrupted()) {
            deleted = RequestTransaction.runAndCommit(
                    context,
                    session,
                    "deleting files",
                    transaction -> deletions.deleteDue(transaction.connection(), key, transaction.now(), null));
        }
    }

    /** Tells systems what is due before it is claimed, so that no claim is held while they act. */
    private void announceDue() {
        int announced = announcement.isNeeded(AccountFlow.DELETE_ACCOUNT) ? BATCH : 0;
        while (announced == BATCH && !Thread.currentThread().isInterrupted()) {
            announced = RequestTransaction.runAndCommit(
                    context,
                    session,
                    "telling systems what is due",
                    transaction -> announcement.announceDue(transaction, BATCH));
        }
    }

    private void carryOut(List<RequestClaim> claimed) {
        for (AccountFlow flow : AccountFlow.values()) {
            List<RequestClaim> of = claimed.stream()
                    .filter(c -> c.due().request().flow() == flow)
                    .toList();
            boolean together = flow != AccountFlow.DELETE_DATA
                    && context.flows().containsKey(flow)
                    && context.flow(flow).guards().isEmpty();
            if (together) {
                together(
                        context.flow(flow),
                        of.stream().filter(RequestClaim::alone).toList());
            }
            of.stream().filter(c -> !together || !c.alone()).forEach(this::eraseWithRetries);
            context.progress().at("erasing", erased, erased + claimed.size());
        }
    }

    /** All at once; where that fails each half, until who fails is alone. */
    private void together(FlowPlan plan, List<RequestClaim> people) {
        if (people.isEmpty()) {
            return;
        }
        if (people.size() == 1) {
            eraseWithRetries(people.get(0));
            return;
        }
        try {
            erased += RequestTransaction.runAndCommit(
                    context, session, "erasing", transaction -> attempt.eraseTogether(transaction, plan, people));
        } catch (RuntimeException e) {
            together(plan, people.subList(0, people.size() / 2));
            together(plan, people.subList(people.size() / 2, people.size()));
        }
    }

    private void eraseWithRetries(RequestClaim claim) {
        for (int times = 1; !tryErase(claim, times == TRIES); times++) {
            // the attempt collided with a transaction on the same rows, which has ended by now
        }
    }

    /**
     * @param last whether it is not tried again at once, whatever stands in the way
     * @return whether that is all for now
     */
    private boolean tryErase(RequestClaim claim, boolean last) {
        try {
            FlowPlan plan = context.flow(claim.due().request().flow());
            ErasureAttempt.AttemptOutcome outcome = RequestTransaction.runAndCommit(
                    context, session, "erasing", transaction -> attempt.erase(transaction, plan, claim));
            erased += outcome == ErasureAttempt.AttemptOutcome.ERASED ? 1 : 0;
            blocked += outcome == ErasureAttempt.AttemptOutcome.BLOCKED ? 1 : 0;
        } catch (RequestTable.RequestLostException e) {
            // another worker holds the request now and reports its outcome
        } catch (RuntimeException e) {
            if (!last && collided(e)) {
                return false;
            }
            failed += scheduleRetry(claim, e) ? 1 : 0;
        }
        return true;
    }

    /** What two who act for people with common rows do to each other: one waits in a circle, or finds a row gone it was about to use. */
    private static boolean collided(RuntimeException e) {
        return e instanceof DatabaseException refused && COLLISIONS.contains(refused.sqlState());
    }

    /**
     * Schedules a retry, in a transaction of its own because that of the attempt has ended.
     *
     * @return false if another worker holds the request, or has completed it with another request of the person:
     *     nothing has failed
     */
    private boolean scheduleRetry(RequestClaim claim, RuntimeException e) {
        try {
            scheduleRetry(claim, FailureText.of(e));
            return true;
        } catch (RequestTable.RequestLostException lost) {
            return false;
        }
    }

    private void scheduleRetry(RequestClaim claim, String reason) {
        RequestTransaction.runAndCommit(context, session, "putting off", transaction -> {
            int attempts = claim.due().request().attempts() + 1;
            boolean last = attempts >= ATTEMPTS;
            Request.Transition transition = last ? Request.Transition.GIVE_UP : Request.Transition.PUT_OFF;
            Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, 10));
            claims.giveBack(
                    transaction,
                    claim,
                    new ClaimRelease(transition, transaction.now().plus(pause), reason));
            transaction.recordEvent(
                    AuditEventType.ERASURE_FAILED, claim.due().request().id(), Actor.EXEUNT, null);
            return true;
        });
    }
}
