package dev.exeunt.server;

import dev.exeunt.map.DataMap;
import dev.exeunt.support.event.EventOutbox;
import dev.exeunt.support.event.ExternalSystems;
import dev.exeunt.support.event.SystemStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * What the operator watches of other systems: {@code exeunt_events} by system and state. Counted in the database not more often than every
 * ten seconds; while that does not answer, they are not a number. A map without external systems has none.
 */
final class EventMetrics implements MeterBinder, AutoCloseable {

    private static final CachedQuery.CacheTimes TIMES =
            new CachedQuery.CacheTimes(Duration.ofSeconds(10), Duration.ofSeconds(3));

    private final List<String> names;
    private final CachedQuery<List<SystemStatus>> counted;

    EventMetrics(DataMap map, ExternalSystems systems, Clock clock) {
        this.names = EventOutbox.systems(map);
        this.counted = new CachedQuery<>("how many events wait", systems::status, clock, TIMES);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Map<String, ToLongFunction<SystemStatus>> states = new LinkedHashMap<>();
        states.put("waiting", SystemStatus::waiting);
        states.put("failed", SystemStatus::failed);
        states.put("unanswered", SystemStatus::unanswered);
        states.put("overdue", SystemStatus::overdue);
        states.put("refused", SystemStatus::refused);
        names.forEach(name -> states.forEach((state, count) -> Gauge.builder("exeunt.events", () -> count(name, count))
                .tags("system", name, "state", state)
                .description("Events for other systems")
                .register(registry)));
    }

    private double count(String name, ToLongFunction<SystemStatus> count) {
        return counted.get()
                .map(all -> (double) all.stream()
                        .filter(s -> s.system().equals(name))
                        .mapToLong(count)
                        .sum())
                .orElse(Double.NaN);
    }

    @Override
    public void close() {
        counted.close();
    }
}
