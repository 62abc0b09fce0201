package dev.exeunt.internal.plan.proof;

import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.DeletionOrder;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlanStep;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.plan.StronglyConnectedComponents;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.SchemaFingerprint;
import dev.exeunt.internal.schema.TableName;
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
