package dev.exeunt.app.terminal;

import dev.exeunt.ExeuntException;
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

    private static final int UNWIND_SECONDS = 5;
    private static final int COMMIT_SECONDS = 60;

    private enum State {
        OPEN,
        CLOSED,
        INTERRUPTED
    }

    private final @Nullable Interruption outer;
    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean idle;

    public Interruption() {
        this(null);
    }

    private Interruption(@Nullable Interruption outer) {
        this.outer = outer;
    }

    /** For one part of the work, with a point of no return of its own. */
    public Interruption part() {
        return new Interruption(this);
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

    /**
     * What a shutdown does first. Returns once the work is out of the way.
     *
     * @return whether the work was interrupted, having changed nothing; false where it had ended, or ends before this returns
     */
    public boolean interrupt() {
        if (finished.getCount() == 0) {
            return false;
        }
        boolean interrupted = state.compareAndSet(State.OPEN, State.INTERRUPTED);
        if (!idle) {
            await(interrupted ? UNWIND_SECONDS : COMMIT_SECONDS);
        }
        return interrupted;
    }

    private void await(int seconds) {
        try {
            finished.await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
