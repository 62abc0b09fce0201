package dev.exeunt.app.terminal;

import dev.exeunt.ProgressListener;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Says on standard error what takes long: after a second, on a terminal as one line that is written over and at last wiped,
 * elsewhere as a line now and then. Work that is interrupted stops where it reports.
 */
public final class TerminalProgress implements ProgressListener, AutoCloseable {

    static final String CLOCK = "progress of ";

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final long ELSEWHERE = Duration.ofSeconds(10).toNanos();

    private final PrintStream err;
    private final boolean rewritable;
    private final UserInterrupt interruption;
    private final long patience;
    private final long start = System.nanoTime();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private String doing;
    private boolean shown;
    private boolean closed;

    private TerminalProgress(Terminal terminal, String doing, UserInterrupt interruption, Duration patience) {
        this.doing = doing;
        this.err = terminal.err();
        this.rewritable = terminal.isInteractive();
        this.interruption = interruption;
        this.patience = patience.toNanos();
    }

    /** Starts the clock. With nothing to say it is quiet, and only stops interrupted work. */
    public static TerminalProgress start(Terminal terminal, String doing, UserInterrupt interruption) {
        return start(terminal, doing, interruption, PATIENCE);
    }

    /** @param patience how long work may take before anything is said of it */
    static TerminalProgress start(Terminal terminal, String doing, UserInterrupt interruption, Duration patience) {
        TerminalProgress progress = new TerminalProgress(terminal, doing, interruption, patience);
        if (!doing.isEmpty()) {
            Thread clock = new Thread(progress::tick, CLOCK + doing);
            clock.setDaemon(true);
            clock.start();
        }
        return progress;
    }

    @Override
    public void at(String what, int done, int of) {
        interruption.check();
        lock.lock();
        try {
            doing = of > 1 ? what + " (" + done + " of " + of + ")" : what;
        } finally {
            lock.unlock();
        }
    }

    /** Wipes the line, so that results stand alone. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            ended.signalAll();
            if (shown && rewritable) {
                err.print(TerminalStyle.ERASE_LINE);
                err.flush();
            }
        } finally {
            lock.unlock();
        }
    }

    private void tick() {
        long every = rewritable ? patience : ELSEWHERE;
        long wait = patience;
        lock.lock();
        try {
            while (!closed) {
                wait = ended.awaitNanos(wait);
                if (!closed && wait <= 0) {
                    show();
                    wait = every;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void show() {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        String line = doing + " ... " + seconds + " s";
        if (rewritable) {
            err.print(TerminalStyle.ERASE_LINE + line);
        } else {
            err.println(line);
        }
        err.flush();
        shown = true;
    }
}
