package dev.exeunt.spring;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Repeats a query until a condition holds or half a minute has passed. */
final class PollingLoop {

    private static final long PATIENCE = 30_000_000_000L;
    private static final long PAUSE = 30_000_000L;

    private PollingLoop() {}

    static <T> T until(Supplier<T> ask, Predicate<T> done) {
        long end = System.nanoTime() + PATIENCE;
        T last = ask.get();
        while (!done.test(last) && System.nanoTime() < end) {
            LockSupport.parkNanos(PAUSE);
            last = ask.get();
        }
        if (!done.test(last)) {
            throw new AssertionError("still: " + last);
        }
        return last;
    }
}
