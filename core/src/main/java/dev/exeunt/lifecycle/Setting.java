package dev.exeunt.lifecycle;

import dev.exeunt.Progress;
import dev.exeunt.ledger.HashKey;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.Flow;
import dev.exeunt.plan.FlowPlan;
import dev.exeunt.plan.PlannedSubject;
import dev.exeunt.postgres.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where departures take place.
 *
 * @param clock the database's where it is the system's, so that all instances go by one; any other is told to the database
 * @param key by which erased people are known; null where nobody is to be erased
 * @param flows proven against the database
 */
public record Setting(
        Database database,
        Clock clock,
        Progress progress,
        Duration lockWait,
        @Nullable HashKey key,
        Map<Flow, FlowPlan> flows) {

    public Setting {
        flows = Map.copyOf(flows);
    }

    FlowPlan flow(Flow flow) {
        return Objects.requireNonNull(flows.get(flow), () -> "no plan for " + flow.word());
    }

    DataMap map() {
        return flow(Flow.DELETE_ACCOUNT).erasure().map();
    }

    PlannedSubject subject() {
        return flow(Flow.DELETE_ACCOUNT).erasure().subject();
    }
}
