package dev.exeunt.internal.plan;

import dev.exeunt.erase.ErasurePlan;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.Role;
import dev.exeunt.internal.schema.SchemaFingerprint;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What an export reads and an erasure writes, for any set of subjects. Made by {@code proof.MapChecker}; a plan exists only where
 * the map has no error against the schema it was made from.
 *
 * @param tables parents first: the order in which rows are captured and locked
 * @param leaves roles whose rows need not be locked or counted before the one delete that takes them
 * @param steps in the order they must run
 * @param catalogue of the schema the plan was proven against
 * @param digest SHA-256 in hexadecimal over the catalogue's digest, the roles and the steps: says which plan a receipt is of
 */
public record Plan(
        MapDefinition map,
        PlannedSubject subject,
        List<PlannedTable> tables,
        Set<RoleId> leaves,
        List<PlanStep> steps,
        SchemaFingerprint catalogue,
        String digest)
        implements ErasurePlan {

    public Plan {
        tables = List.copyOf(tables);
        leaves = Set.copyOf(leaves);
        steps = List.copyOf(steps);
    }

    @Override
    public String catalogueDigest() {
        return catalogue.digest();
    }

    /** Every role, in table order. */
    public List<PlannedRole> roles() {
        return tables.stream().flatMap(t -> t.roles().stream()).toList();
    }

    /** The role of the subject's own row. */
    public RoleId self() {
        return new RoleId(subject.table().name(), Role.SELF);
    }

    /** The same plan, of narrower roles; it keeps its digest, since what it may do at most is the same. */
    public Plan narrowed(UnaryOperator<PlannedRole> narrower) {
        List<PlannedTable> narrowed = tables.stream().map(t -> t.with(narrower)).toList();
        List<PlanStep> same = steps.stream()
                .<PlanStep>map(step -> step instanceof PlanStep.UpdateStep update
                        ? new PlanStep.UpdateStep(update.table().with(narrower), update.why())
                        : new PlanStep.DeleteStep(
                                ((PlanStep.DeleteStep) step)
                                        .tables().stream()
                                                .map(t -> t.with(narrower))
                                                .toList(),
                                step.why()))
                .toList();
        return new Plan(map, subject, narrowed, leaves, same, catalogue, digest);
    }

    public Optional<PlannedRole> role(RoleId id) {
        return roles().stream().filter(r -> r.id().equals(id)).findFirst();
    }
}
