package dev.exeunt.server;

import dev.exeunt.request.AccountRequests;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;

/**
 * Counts erased people of whom rows came after the erasure and are still there: {@code exeunt_late_rows}. Counted in the database not more
 * often than every ten seconds; while that does not answer, it is not a number.
 */
final class LateRowMetrics implements MeterBinder, AutoCloseable {

    private static final CachedQuery.CacheTimes TIMES =
            new CachedQuery.CacheTimes(Duration.ofSeconds(10), Duration.ofSeconds(3));

    private final CachedQuery<Integer> counted;

    LateRowMetrics(AccountRequests requests, Clock clock) {
        this.counted = new CachedQuery<>(
                "how many late rows there are", () -> requests.lateRows().size(), clock, TIMES);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder(
                        "exeunt.late.rows",
                        () -> counted.get().map(Integer::doubleValue).orElse(Double.NaN))
                .description("Erased people of whom rows came after the erasure")
                .register(registry);
    }

    @Override
    public void close() {
        counted.close();
    }
}
