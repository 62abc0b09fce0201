package dev.exeunt.plan.proof;

import dev.exeunt.plan.BoundMap;
import dev.exeunt.plan.DeletionOrder;
import dev.exeunt.plan.KeySource;
import dev.exeunt.plan.Plan;
import dev.exeunt.plan.PlanStep;
import dev.exeunt.plan.PlannedRole;
import dev.exeunt.plan.PlannedTable;
import dev.exeunt.plan.StronglyConnectedComponents;
import dev.exeunt.schema.ForeignKey;
import dev.exeunt.schema.SchemaFingerprint;
import dev.exeunt.schema.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Builds the plan of a bound map that has no errors: table order, steps and digest. */
final class PlanBuilder {

    private PlanBuilder() {}

    static Plan of(BoundMap bound) {
        List<PlanStep> steps = new DeletionOrder(bound).steps();
        SchemaFingerprint catalogue = bound.schema().catalogue();
        return new Plan(
                bound.map(),
                bound.subject(),
                parentsFirst(bound),
                LeafRoles.of(bound),
                steps,
                catalogue,
                PlanDigest.of(catalogue.digest(), bound, steps));
    }

    /** By foreign keys and by what links go through; circles in any order, since capture goes round until nothing is new. */
    private static List<PlannedTable> parentsFirst(BoundMap bound) {
        Map<TableName, Set<TableName>> parents = new LinkedHashMap<>();
        bound.tables().forEach(t -> parents.put(t.name(), new LinkedHashSet<>()));
        for (PlannedTable table : bound.tables()) {
            Set<TableName> above = Objects.requireNonNull(parents.get(table.name()));
            table.table().foreignKeys().stream()
                    .map(ForeignKey::parent)
                    .filter(parents::containsKey)
                    .forEach(above::add);
            for (PlannedRole role : table.roles()) {
                if (role.source() instanceof KeySource.RoleRows rows) {
                    rows.roles().forEach(r -> above.add(r.table()));
                }
            }
        }
        List<PlannedTable> childrenFirst = new ArrayList<>();
        StronglyConnectedComponents.of(parents)
                .inOrder()
                .forEach(c -> c.forEach(n -> childrenFirst.add(bound.planned(n).orElseThrow())));
        java.util.Collections.reverse(childrenFirst);
        return childrenFirst;
    }
}
