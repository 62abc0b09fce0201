package dev.exeunt.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Tests random sequences of requests, withdrawals, erasures, legal holds, failing workers and restored backups.
 *
 * <p>A failure names its seed: {@code -Dexeunt.seed=…} tells that story only, {@code -Dexeunt.seeds=…} so many.
 * {@code -Dexeunt.long=true} tells 5,000.
 */
class LifecycleSimulationTest {

    private static final Long ONLY = Long.getLong("exeunt.seed");
    private static final int STORIES =
            ONLY != null ? 1 : Integer.getInteger("exeunt.seeds", Boolean.getBoolean("exeunt.long") ? 5_000 : 250);
    private static final long FIRST = ONLY != null ? ONLY : Long.getLong("exeunt.seed.from", 1);

    private final AtomicLong next = new AtomicLong(FIRST);
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();

    @Test
    void everyStoryEndsAsItMust() throws Exception {
        int tellers = Math.min(2, Runtime.getRuntime().availableProcessors());
        ExecutorService workers = Executors.newCachedThreadPool();
        try {
            List<Future<?>> telling = IntStream.range(0, tellers)
                    .<Future<?>>mapToObj(i -> workers.submit(() -> {
                        tell(workers);
                        return null;
                    }))
                    .toList();
            for (Future<?> each : telling) {
                each.get();
            }
        } finally {
            workers.shutdownNow();
        }
        System.out.println(STORIES + " stories, " + failures.size() + " broken");
        assertThat(failures).isEmpty();
    }

    private void tell(ExecutorService workers) throws Exception {
        try (SimulationContext stage = new SimulationContext()) {
            for (long seed = next.getAndIncrement(); seed < FIRST + STORIES; seed = next.getAndIncrement()) {
                try {
                    LifecycleSimulation.run(stage, workers, seed);
                } catch (AssertionError e) {
                    failures.add(e.getMessage());
                }
            }
        }
    }
}
