package dev.exeunt.plan.proof;

import dev.exeunt.map.Finding;
import dev.exeunt.map.MapInvalidException;
import dev.exeunt.plan.Plan;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of proving a map against a schema.
 *
 * @param plan null where there is an error among the findings
 * @param findings errors and warnings not accepted by the map, in the order of the file
 * @param accepted warnings the map accepts
 */
public record Checked(@Nullable Plan plan, List<Finding> findings, List<Finding> accepted) {

    public Checked {
        findings = List.copyOf(findings);
        accepted = List.copyOf(accepted);
    }

    public List<Finding> errors() {
        return findings.stream().filter(Finding::isError).toList();
    }

    public Optional<Plan> planIfSound() {
        return Optional.ofNullable(plan);
    }

    /** The plan, or every error at once. */
    public Plan orThrow() {
        if (plan == null) {
            throw new MapInvalidException(errors());
        }
        return plan;
    }
}
