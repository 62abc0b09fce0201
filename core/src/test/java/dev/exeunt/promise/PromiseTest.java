package dev.exeunt.promise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.promise.made.TestedFeature;
import dev.exeunt.testkit.TestDatabase;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The promise, on made-up schemas, maps and rows: what {@code check} lets pass, {@code erase} carries out, on the rows the
 * map names and no other. What has to become of each row is worked out from the rows alone.
 *
 * <p>A failure names its seed: {@code -Dexeunt.seed=…} tries that one only. {@code -Dexeunt.long=true} tries many more.
 */
class PromiseTest {

    private static final int SCHEMAS =
            Integer.getInteger("exeunt.seeds", Boolean.getBoolean("exeunt.long") ? 5_000 : 200);
    private static final long FIRST = Long.getLong("exeunt.seed.from", 1);
    private static final Long ONLY = Long.getLong("exeunt.seed");
    private static final int THREADS = Math.min(2, Runtime.getRuntime().availableProcessors());

    @Test
    void whatCheckLetsPassIsErasedAndNothingElse() throws Exception {
        int version = TestDatabase.serverVersion();
        long[] seeds = ONLY == null ? LongStream.range(FIRST, FIRST + SCHEMAS).toArray() : new long[] {ONLY};
        PromiseStatistics tally = new PromiseStatistics();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> trials = Arrays.stream(seeds)
                    .<Future<?>>mapToObj(seed -> threads.submit(() -> PromiseTrial.run(seed, version, tally)))
                    .toList();
            for (Future<?> trial : trials) {
                trial.get();
            }
        } finally {
            threads.shutdownNow();
        }
        System.out.println(tally.report(seeds.length));
        assertThat(tally.failures()).as("broken promises").isEmpty();
        if (ONLY == null && seeds.length >= 200) {
            nothingWasLostOfWhatItIsAbout(tally, version, seeds.length);
        }
    }

    /** A generator that silently loses something, or a check that refuses all of it, would prove nothing any more. */
    private static void nothingWasLostOfWhatItIsAbout(PromiseStatistics tally, int version, int schemas) {
        assertThat(tally.maps()).as("maps that passed").isGreaterThan(schemas * 2 / 5);
        for (TestedFeature feature : TestedFeature.values()) {
            if (TestDatabase.hostile() && feature.holdsSql()) {
                System.out.println("skipped: on a hostile path check refuses SQL of the map that meets a shadow");
            } else if (feature.on(version)) {
                assertThat(tally.kept(feature))
                        .as("maps that passed with: " + feature)
                        .isGreaterThanOrEqualTo(3);
            } else {
                System.out.println("skipped: " + feature + " came with PostgreSQL 15");
            }
        }
    }
}
