package dev.exeunt.server;

import dev.exeunt.ExeuntException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Caches the result of a query, including failures. Runs one query at a time, however many callers there are, and uses its result
 * for {@link CacheTimes#fresh()}. A caller waits until {@link CacheTimes#patience()} after the start of the query at most.
 */
final class CachedQuery<T> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CachedQuery.class);

    private final String what;
    private final Supplier<T> ask;
    private final Clock clock;
    private final CacheTimes times;
    private final ExecutorService thread;
    private CompletableFuture<Optional<T>> asked = CompletableFuture.completedFuture(Optional.empty());
    private long until;
    private volatile Instant again = Instant.MIN;
    private boolean failed;

    /**
     * Holds how long a result stays fresh and how long callers wait for it.
     *
     * @param fresh how long a result is used
     * @param patience how long callers wait for a query at most
     */
    record CacheTimes(Duration fresh, Duration patience) {}

    /** @param what as it follows "The database could not be asked" */
    CachedQuery(String what, Supplier<T> ask, Clock clock, CacheTimes times) {
        this.what = what;
        this.ask = ask;
        this.clock = clock;
        this.times = times;
        this.thread = Executors.newSingleThreadExecutor(work -> {
            Thread daemon = new Thread(work, "exeunt-lately");
            daemon.setDaemon(true);
            return daemon;
        });
    }

    /** Returns the result; empty where the query failed or takes too long. */
    Optional<T> get() {
        PendingQuery<T> question = question();
        try {
            return question.answer().get(Math.max(0, question.until() - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a question ends with an answer, if an empty one", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Holds the running query and the time until which callers wait. */
    private record PendingQuery<T>(CompletableFuture<Optional<T>> answer, long until) {}

    private synchronized PendingQuery<T> question() {
        if (asked.isDone() && !clock.instant().isBefore(again) && !thread.isShutdown()) {
            until = System.nanoTime() + times.patience().toNanos();
            asked = CompletableFuture.supplyAsync(this::answer, thread);
        }
        return new PendingQuery<>(asked, until);
    }

    private Optional<T> answer() {
        Optional<T> answer;
        try {
            answer = Optional.of(ask.get());
            failed = false;
        } catch (ExeuntException e) {
            if (!failed) {
                LOG.warn("The database could not be asked {}: {}", what, e.getMessage());
            }
            answer = Optional.empty();
            failed = true;
        }
        again = clock.instant().plus(times.fresh());
        return answer;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
