package dev.exeunt.plan.proof;

import dev.exeunt.map.Finding;
import dev.exeunt.map.Flow;
import dev.exeunt.map.MapInvalidException;
import dev.exeunt.plan.FlowPlan;
import dev.exeunt.plan.Plan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of proving a map against a schema.
 *
 * @param flows each that the map offers, and {@link Flow#DELETE_ACCOUNT}; empty where there is an error among the findings
 * @param findings errors and warnings not accepted by the map, in the order of the file
 * @param accepted warnings the map accepts
 */
public record Checked(Map<Flow, FlowPlan> flows, List<Finding> findings, List<Finding> accepted) {

    public Checked {
        flows = Map.copyOf(flows);
        findings = List.copyOf(findings);
        accepted = List.copyOf(accepted);
    }

    /** What could not even be read. */
    public static Checked refused(MapInvalidException e) {
        return new Checked(Map.of(), e.findings(), List.of());
    }

    public List<Finding> errors() {
        return findings.stream().filter(Finding::isError).toList();
    }

    /** The plan for deleting the account; null where there is an error. */
    public @Nullable Plan plan() {
        return plan(Flow.DELETE_ACCOUNT).orElse(null);
    }

    /** The plan of a flow; empty where there is an error, or the map does not offer it. */
    public Optional<Plan> plan(Flow flow) {
        return Optional.ofNullable(flows.get(flow)).map(FlowPlan::erasure);
    }

    public Optional<Plan> planIfSound() {
        return plan(Flow.DELETE_ACCOUNT);
    }

    /** All that the flows do, or every error at once. */
    public Map<Flow, FlowPlan> flowsOrThrow() {
        orThrow();
        return flows;
    }

    /** The plan for deleting the account, or every error at once. */
    public Plan orThrow() {
        return planIfSound().orElseThrow(() -> new MapInvalidException(errors()));
    }
}
