package dev.exeunt.internal.plan;

import dev.exeunt.internal.map.LifecycleSettings;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.map.AccountFlow;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that one flow of a map does, proven: what is hidden at the request, what stands in its way, what is erased when it is due.
 *
 * @param hiding overwrites the columns that are set, and removes the rows that are stashed or go for good; null where the flow
 *     hides nothing
 * @param sweep deletes the rows that the erasure keeps for a period, once it is over; null where there are none
 * @param guards those of this flow
 */
public record FlowPlan(
        AccountFlow flow,
        Plan erasure,
        @Nullable Plan hiding,
        @Nullable Plan sweep,
        List<GuardPlan> guards) {

    public FlowPlan {
        guards = List.copyOf(guards);
    }

    /**
     * @param reads the tables the query reads, sorted: locked while it decides, so that its answer holds
     */
    public record GuardPlan(LifecycleSettings.Guard guard, List<TableName> reads) {
        public GuardPlan {
            reads = List.copyOf(reads);
        }
    }

    /** Returns the map's rules for requesting this flow; empty if the map does not offer it. */
    public Optional<LifecycleSettings.OfferedFlow> offer() {
        return erasure.map().lifecycle().offer(flow);
    }

    public List<LifecycleSettings.FlowWarning> warnings() {
        return erasure.map().lifecycle().warnings().stream()
                .filter(w -> w.flows().contains(flow))
                .toList();
    }
}
