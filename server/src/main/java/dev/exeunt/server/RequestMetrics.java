package dev.exeunt.server;

import dev.exeunt.export.ExportJob;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.LegalHolds;
import dev.exeunt.request.AccountRequests.RequestCount;
import dev.exeunt.request.Request;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What the operator watches: {@code exeunt_requests} by kind and state, {@code exeunt_requests_overdue} and
 * {@code exeunt_requests_due_soon} by kind, {@code exeunt_late_rows} and {@code exeunt_legal_holds}. Counted in the database, all at once, and not more often than every ten seconds; while
 * that does not answer, they are not a number.
 */
final class RequestMetrics implements MeterBinder, AutoCloseable {

    private static final CachedQuery.CacheTimes TIMES =
            new CachedQuery.CacheTimes(Duration.ofSeconds(10), Duration.ofSeconds(3));

    /** How requests are counted that are due and that a legal hold keeps from being carried out. */
    private static final String HELD = "held";

    private static final MeterName OVERDUE =
            new MeterName("exeunt.requests.overdue", "Should be erased by now, and are not");
    private static final MeterName DUE_SOON = new MeterName("exeunt.requests.due.soon", "Due within seven days");

    private final CachedQuery<Counted> counted;

    /**
     * @param lateRows erased people of whom rows came after the erasure and are still there
     * @param holds that are active
     */
    private record Counted(List<RequestCount> requests, long lateRows, long holds) {}

    RequestMetrics(AccountRequests requests, LegalHolds holds, Clock clock) {
        this.counted = new CachedQuery<>(
                "how many requests there are",
                () -> new Counted(requests.countRequests(), requests.countLateRows(), holds.countActive()),
                clock,
                TIMES);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (AccountFlow flow : AccountFlow.values()) {
            for (Request.State state : Request.State.values()) {
                requests(registry, flow.word(), state.word());
            }
            requests(registry, flow.word(), HELD);
            kind(registry, OVERDUE, flow.word(), RequestCount::overdue);
            kind(registry, DUE_SOON, flow.word(), RequestCount::soon);
        }
        for (ExportJob.State state : ExportJob.State.values()) {
            requests(registry, "export", state.word());
        }
        number(
                registry,
                new MeterName("exeunt.late.rows", "Erased people of whom rows came after the erasure"),
                Counted::lateRows);
        number(registry, new MeterName("exeunt.legal.holds", "Legal holds that are active"), Counted::holds);
    }

    private void number(MeterRegistry registry, MeterName name, ToLongFunction<Counted> what) {
        Gauge.builder(
                        name.name(),
                        () -> counted.get()
                                .map(c -> (double) what.applyAsLong(c))
                                .orElse(Double.NaN))
                .description(name.description())
                .register(registry);
    }

    private void requests(MeterRegistry registry, String kind, String state) {
        Gauge.builder(
                        "exeunt.requests",
                        () -> sum(t -> t.kind().equals(kind) && t.state().equals(state) ? t.requests() : 0))
                .tags("kind", kind, "state", state)
                .description("Requests on record")
                .register(registry);
    }

    private void kind(MeterRegistry registry, MeterName name, String kind, ToLongFunction<RequestCount> what) {
        Gauge.builder(name.name(), () -> sum(t -> t.kind().equals(kind) ? what.applyAsLong(t) : 0))
                .tag("kind", kind)
                .description(name.description())
                .register(registry);
    }

    /** Holds what a meter is called, and what it says. */
    private record MeterName(String name, String description) {}

    private double sum(ToLongFunction<RequestCount> what) {
        return counted.get()
                .map(c -> (double) c.requests().stream().mapToLong(what).sum())
                .orElse(Double.NaN);
    }

    @Override
    public void close() {
        counted.close();
    }
}
