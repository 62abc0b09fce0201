package dev.exeunt.internal.plan.proof;

import dev.exeunt.internal.plan.FlowPlan;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.CheckResult;
import dev.exeunt.map.Finding;
import dev.exeunt.map.MapInvalidException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds the result of checking a map against a schema: the plans, the findings and the accepted warnings.
 *
 * @param flows each that the map offers, and {@link AccountFlow#DELETE_ACCOUNT}; empty where there is an error among the findings
 * @param findings errors and warnings not accepted by the map, in the order of the file
 * @param accepted warnings the map accepts
 */
public record MapCheckResult(Map<AccountFlow, FlowPlan> flows, List<Finding> findings, List<Finding> accepted) {

    public MapCheckResult {
        flows = Map.copyOf(flows);
        findings = List.copyOf(findings);
        accepted = List.copyOf(accepted);
    }

    public List<Finding> errors() {
        return findings.stream().filter(Finding::isError).toList();
    }

    /** The plan for deleting the account; null where there is an error. */
    public @Nullable Plan plan() {
        return plan(AccountFlow.DELETE_ACCOUNT).orElse(null);
    }

    /** The plan of a flow; empty where there is an error, or the map does not offer it. */
    public Optional<Plan> plan(AccountFlow flow) {
        return Optional.ofNullable(flows.get(flow)).map(FlowPlan::erasure);
    }

    public Optional<Plan> planIfSound() {
        return plan(AccountFlow.DELETE_ACCOUNT);
    }

    /** All that the flows do, or every error at once. */
    public Map<AccountFlow, FlowPlan> flowsOrThrow() {
        planOrThrow();
        return flows;
    }

    /** The plan for deleting the account, or every error at once. */
    public Plan planOrThrow() {
        return planIfSound().orElseThrow(() -> new MapInvalidException(errors()));
    }

    /** What users are told of it. */
    public CheckResult report() {
        return new CheckResult(findings, accepted, List.of());
    }
}
