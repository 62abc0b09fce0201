package dev.exeunt.internal.plan.proof;

import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.plan.RoleId;
import dev.exeunt.internal.schema.Table;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds roles whose rows nothing refers to, so that the erasure need not lock them before it deletes them. Only a
 * transaction that writes to such a row has to wait for it, and for that the lock of the delete is early enough.
 */
final class LeafRoles {

    private LeafRoles() {}

    static Set<RoleId> of(BoundMap bound) {
        Set<RoleId> sources = new HashSet<>();
        bound.roles().forEach(role -> {
            if (role.source() instanceof KeySource.RoleRows rows) {
                sources.addAll(rows.roles());
            }
        });
        return bound.tables().stream()
                .filter(t -> t.roles().size() == 1
                        && !t.table().name().equals(bound.subject().table().name()))
                .filter(t -> bound.referringTo(t.table()).isEmpty() && alone(bound, t))
                .map(t -> t.roles().get(0))
                .filter(r -> r.deletes() && !r.referredTo() && !sources.contains(r.id()))
                .map(PlannedRole::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Neither above nor below another table whose rows it would share. */
    private static boolean alone(BoundMap bound, PlannedTable planned) {
        Table table = planned.table();
        return table.inheritanceParents().isEmpty()
                && bound.schema().tables().stream()
                        .noneMatch(t -> t.inheritanceParents().contains(table.name()));
    }
}
