package dev.exeunt.needle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Plants data of a person in random places of random databases. {@code rehearse} must find it before an erasure and {@code verify}
 * after it, and neither may report what is not the person's.
 *
 * <p>A failure names its seed: {@code -Dexeunt.seed=…} tries that one only. {@code -Dexeunt.long=true} tries many more, or
 * {@code -Dexeunt.seeds} from {@code -Dexeunt.seed.from}.
 */
class NeedleTest {

    private static final int DATABASES =
            Integer.getInteger("exeunt.seeds", Boolean.getBoolean("exeunt.long") ? 5_000 : 160);
    private static final long FIRST = Long.getLong("exeunt.seed.from", 1);
    private static final Long ONLY = Long.getLong("exeunt.seed");
    private static final int THREADS = Math.min(2, Runtime.getRuntime().availableProcessors());

    @Test
    void whatIsPlantedIsFoundBeforeAndAfter() throws Exception {
        NeedleStatistics statistics = new NeedleStatistics();
        int databases = ONLY == null ? DATABASES : 1;
        long first = ONLY == null ? FIRST : ONLY;
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> trials = new ArrayList<>();
            for (long seed = first; seed < first + databases; seed++) {
                long each = seed;
                trials.add(threads.submit(() -> NeedleTrial.run(each, statistics)));
            }
            for (Future<?> trial : trials) {
                trial.get();
            }
        } finally {
            threads.shutdownNow();
        }
        System.out.println(statistics.report());
        assertThat(statistics.failures()).isEmpty();
        assertThat(statistics.databasesWithFalseReports() * 100).isLessThanOrEqualTo(databases);
        if (databases >= 160) {
            for (NeedleKind kind : NeedleKind.values()) {
                assertThat(statistics.planted(kind)).as("planted: " + kind).isGreaterThanOrEqualTo(databases / 60);
            }
            assertThat(statistics.planted(NeedleKind.HIDDEN) * 20).isLessThanOrEqualTo(databases);
        }
    }
}
