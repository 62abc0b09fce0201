package dev.exeunt.app.terminal;

import dev.exeunt.ExeuntException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Decides whether Ctrl-C stops the work or the work has passed its point of no return. */
public final class UserInterrupt {

    private static final Duration UNWIND = Duration.ofSeconds(2);
    private static final Duration ENDING = Duration.ofSeconds(30);

    /** Lists the outcomes of an interrupt. */
    public enum InterruptOutcome {
        /** The work had ended, or ended now, and said itself what it did. */
        NOTHING_RAN,
        /** The work was stopped before it changed anything. */
        STOPPED,
        /** Its change was being made final, and nobody knows whether it is. */
        STILL_ENDING
    }

    /** Lists the states of interruptible work. */
    private enum InterruptState {
        OPEN,
        CLOSED,
        INTERRUPTED
    }

    private final @Nullable UserInterrupt outer;
    private final Duration ending;
    private final AtomicReference<InterruptState> state = new AtomicReference<>(InterruptState.OPEN);
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean idle;

    public UserInterrupt() {
        this(null, ENDING);
    }

    private UserInterrupt(@Nullable UserInterrupt outer, Duration ending) {
        this.outer = outer;
        this.ending = ending;
    }

    /** One that gives a change that is being made final so much time to end. */
    static UserInterrupt waiting(Duration ending) {
        return new UserInterrupt(null, ending);
    }

    /** For one part of the work, with a point of no return of its own. */
    public UserInterrupt part() {
        return new UserInterrupt(this, ending);
    }

    public boolean interrupted() {
        return state.get() == InterruptState.INTERRUPTED || (outer != null && outer.interrupted());
    }

    /** Stops interrupted work. @throws InterruptedByUserException where somebody has interrupted */
    public void check() {
        if (interrupted()) {
            throw new InterruptedByUserException();
        }
    }

    /** From here on an interruption waits for the work to end. @throws InterruptedByUserException where one came before */
    public void pointOfNoReturn() {
        check();
        if (!state.compareAndSet(InterruptState.OPEN, InterruptState.CLOSED)
                && state.get() == InterruptState.INTERRUPTED) {
            throw new InterruptedByUserException();
        }
    }

    /** While it is idle, e.g. waiting for somebody to type, there is nothing for an interruption to wait for. */
    public void idle(boolean now) {
        idle = now;
    }

    public void finished() {
        finished.countDown();
    }

    /** What a shutdown does first. Returns once the work is out of the way, or has had its time. */
    public InterruptOutcome interrupt() {
        if (finished.getCount() == 0) {
            return InterruptOutcome.NOTHING_RAN;
        }
        if (state.compareAndSet(InterruptState.OPEN, InterruptState.INTERRUPTED)) {
            await(UNWIND);
            return InterruptOutcome.STOPPED;
        }
        return await(ending) ? InterruptOutcome.NOTHING_RAN : InterruptOutcome.STILL_ENDING;
    }

    private boolean await(Duration time) {
        try {
            return idle || finished.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Somebody pressed Ctrl-C before anything was changed. */
    public static final class InterruptedByUserException extends ExeuntException {
        private static final long serialVersionUID = 1L;

        InterruptedByUserException() {
            super("Interrupted. Nothing was changed.");
        }
    }
}
