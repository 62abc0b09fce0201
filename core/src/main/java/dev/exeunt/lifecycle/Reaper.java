package dev.exeunt.lifecycle;

import dev.exeunt.ledger.Actor;
import dev.exeunt.ledger.EventName;
import dev.exeunt.ledger.HashKey;
import dev.exeunt.lifecycle.Claims.Claim;
import dev.exeunt.lifecycle.Erasing.Due;
import dev.exeunt.map.Flow;
import dev.exeunt.plan.FlowPlan;
import dev.exeunt.postgres.DatabaseException;
import dev.exeunt.postgres.Session;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Erases everybody whose time has come. Any number of them work side by side: each claims requests that nobody else holds, in a
 * transaction of its own, and whoever is not heard of for the length of a lease has lost what it held to the next.
 *
 * <p>One person's failure stops nobody else: it is put off, longer each time, and in the end shown as failed.
 */
final class Reaper {

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

    private final Setting setting;
    private final Session session;
    private final HashKey key;
    private final Claims claims;
    private int erased;
    private int blocked;
    private int failed;

    Reaper(Setting setting, Session session, String worker) {
        this.setting = setting;
        this.session = session;
        this.key = Erasing.key(setting);
        this.claims = new Claims(worker, LEASE);
    }

    /**
     * Until nothing is due that nobody else holds: fewer than a batch were all there were. Where the thread is told to stop, until
     * what it has begun is done.
     */
    Reaped reap() {
        List<Claim> claimed;
        do {
            claimed = Desk.committed(setting, session, "claiming what is due", desk -> {
                List<Claim> due = claims.take(desk, BATCH);
                List<UUID> ids = due.stream().map(c -> c.due().request().id()).toList();
                desk.events().append(EventName.ERASURE_STARTED, desk.now(), ids, Actor.EXEUNT);
                return due;
            });
            carryOut(claimed);
        } while (claimed.size() == BATCH && !Thread.currentThread().isInterrupted());
        return new Reaped(erased, blocked, failed);
    }

    private void carryOut(List<Claim> claimed) {
        for (Flow flow : Flow.values()) {
            List<Claim> of = claimed.stream()
                    .filter(c -> c.due().request().flow() == flow)
                    .toList();
            boolean together = flow != Flow.DELETE_DATA
                    && setting.flows().containsKey(flow)
                    && setting.flow(flow).guards().isEmpty();
            if (together) {
                together(setting.flow(flow), of.stream().filter(Claim::alone).toList());
            }
            of.stream().filter(c -> !together || !c.alone()).forEach(this::one);
            setting.progress().at("erasing", erased, erased + claimed.size());
        }
    }

    /** All at once; where that fails each half, until who fails is alone. */
    private void together(FlowPlan plan, List<Claim> people) {
        if (people.isEmpty()) {
            return;
        }
        if (people.size() == 1) {
            one(people.get(0));
            return;
        }
        try {
            erased += Desk.committed(setting, session, "erasing", desk -> {
                claims.hold(desk, people);
                Erasing.of(desk, plan, people.stream().map(Claim::due).toList())
                        .bringBack()
                        .erase(key);
                return people.size();
            });
        } catch (RuntimeException e) {
            together(plan, people.subList(0, people.size() / 2));
            together(plan, people.subList(people.size() / 2, people.size()));
        }
    }

    private void one(Claim claim) {
        for (int attempt = 1; !one(claim, attempt == TRIES); attempt++) {
            // it met somebody who was at the same rows, and who is done with them now
        }
    }

    /**
     * @param last whether it is not tried again at once, whatever stands in the way
     * @return whether that is all for now
     */
    private boolean one(Claim claim, boolean last) {
        try {
            FlowPlan plan = setting.flow(claim.due().request().flow());
            boolean done = Desk.committed(setting, session, "erasing", desk -> one(desk, plan, claim));
            erased += done ? 1 : 0;
            blocked += done ? 0 : 1;
        } catch (Requests.LostException e) {
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
    private boolean one(Desk desk, FlowPlan plan, Claim claim) throws SQLException {
        Due due = claim.due();
        Questions questions = new Questions(desk.connection(), setting.subject());
        questions.lock(plan.guards(), setting.guards());
        desk.lock(due.subject());
        claims.hold(desk, List.of(claim));
        if (plan.guards().isEmpty()) {
            Erasing.of(desk, plan, due).bringBack().erase(key);
            return true;
        }
        return guarded(desk, plan, claim, questions);
    }

    private boolean guarded(Desk desk, FlowPlan plan, Claim claim, Questions questions) throws SQLException {
        Due due = claim.due();
        Savepoint hidden = desk.connection().setSavepoint();
        Erasing erasing = Erasing.of(desk, plan, due).bringBack();
        List<Obstacle> obstacles = questions.obstacles(
                plan.guards(), due.subject(), desk.requests().leavingBefore(due));
        boolean overridden =
                desk.events().happened(EventName.GUARD_OVERRIDDEN, due.request().id());
        if (obstacles.stream().anyMatch(o -> !(overridden && o.overridable()))) {
            desk.connection().rollback(hidden);
            claims.giveBack(desk, claim, Transition.BLOCK, desk.now().plus(GUARD_PAUSE), null);
            desk.events()
                    .append(EventName.ERASURE_BLOCKED, desk.now(), due.request().id(), Actor.EXEUNT, null);
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
    private boolean putOff(Claim claim, RuntimeException e) {
        try {
            putOff(claim, Reason.of(e));
            return true;
        } catch (Requests.LostException lost) {
            return false;
        }
    }

    private void putOff(Claim claim, String reason) {
        Desk.committed(setting, session, "putting off", desk -> {
            int attempts = claim.due().request().attempts() + 1;
            boolean last = attempts >= ATTEMPTS;
            Transition transition = last ? Transition.GIVE_UP : Transition.PUT_OFF;
            Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, 10));
            claims.giveBack(desk, claim, transition, desk.now().plus(pause), reason);
            desk.events()
                    .append(
                            EventName.ERASURE_FAILED,
                            desk.now(),
                            claim.due().request().id(),
                            Actor.EXEUNT,
                            null);
            return true;
        });
    }
}
