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
        /** The work had ended, or ended now, and has reported what it did. */
        NOTHING_RAN,
        /** The work was stopped before it changed anything. */
        STOPPED,
        /** The work was committing its change, and it is not known whether the commit took effect. */
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

    /** Returns one that gives a change that is being committed this much time to end. */
    static UserInterrupt waiting(Duration ending) {
        return new UserInterrupt(null, ending);
    }

    /** Returns one for a part of the work, with a point of no return of its own. */
    public UserInterrupt part() {
        return new UserInterrupt(this, ending);
    }

    public boolean interrupted() {
        return state.get() == InterruptState.INTERRUPTED || (outer != null && outer.interrupted());
    }

    /** Stops interrupted work. @throws InterruptedByUserException where the user has pressed Ctrl-C */
    public void check() {
        if (interrupted()) {
            throw new InterruptedByUserException();
        }
    }

    /** From here on Ctrl-C waits for the work to end. @throws InterruptedByUserException where it came before */
    public void pointOfNoReturn() {
        check();
        if (!state.compareAndSet(InterruptState.OPEN, InterruptState.CLOSED)
                && state.get() == InterruptState.INTERRUPTED) {
            throw new InterruptedByUserException();
        }
    }

    /** Says whether the work is idle, such as while a question waits for its answer. Ctrl-C does not wait for idle work. */
    public void idle(boolean now) {
        idle = now;
    }

    public void finished() {
        finished.countDown();
    }

    /** Interrupts the work. A shutdown calls it first. Returns once the work has ended, or its time is over. */
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

    /** Reports that the user pressed Ctrl-C before anything was changed. */
    public static final class InterruptedByUserException extends ExeuntException {
        private static final long serialVersionUID = 1L;

        InterruptedByUserException() {
            super("Interrupted. Nothing was changed.");
        }
    }
}
