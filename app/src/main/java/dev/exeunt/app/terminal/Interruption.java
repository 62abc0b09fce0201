package dev.exeunt.app.terminal;

import dev.exeunt.ExeuntException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Decides between Ctrl-C and a change that is about to become real, so that what is said of it is true: either the
 * interruption comes first, and the work stops before its point of no return, or the point is passed, and the work ends and
 * says itself what it did.
 */
public final class Interruption {

    private static final Duration UNWIND = Duration.ofSeconds(2);
    private static final Duration ENDING = Duration.ofSeconds(30);

    /** How an interruption went. */
    public enum Outcome {
        /** The work had ended, or ended now, and said itself what it did. */
        NOTHING_RAN,
        /** The work was stopped before it changed anything. */
        STOPPED,
        /** Its change was being made final, and nobody knows whether it is. */
        STILL_ENDING
    }

    private enum State {
        OPEN,
        CLOSED,
        INTERRUPTED
    }

    private final @Nullable Interruption outer;
    private final Duration ending;
    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean idle;

    public Interruption() {
        this(null, ENDING);
    }

    private Interruption(@Nullable Interruption outer, Duration ending) {
        this.outer = outer;
        this.ending = ending;
    }

    /** One that gives a change that is being made final so much time to end. */
    static Interruption waiting(Duration ending) {
        return new Interruption(null, ending);
    }

    /** For one part of the work, with a point of no return of its own. */
    public Interruption part() {
        return new Interruption(this, ending);
    }

    public boolean interrupted() {
        return state.get() == State.INTERRUPTED || (outer != null && outer.interrupted());
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
        if (!state.compareAndSet(State.OPEN, State.CLOSED) && state.get() == State.INTERRUPTED) {
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
    public Outcome interrupt() {
        if (finished.getCount() == 0) {
            return Outcome.NOTHING_RAN;
        }
        if (state.compareAndSet(State.OPEN, State.INTERRUPTED)) {
            await(UNWIND);
            return Outcome.STOPPED;
        }
        return await(ending) ? Outcome.NOTHING_RAN : Outcome.STILL_ENDING;
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
