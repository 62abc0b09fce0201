package dev.exeunt.internal.verify;

import dev.exeunt.internal.map.SharedValueRule;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.RoleId;
import java.util.HashSet;
import java.util.Set;

/** Tells of which roles an erasure may take away what leads to their rows, so that no link finds the rows afterwards. */
final class SeveredLinks {

    private final Plan plan;

    SeveredLinks(Plan plan) {
        this.plan = plan;
    }

    /** Whether the link of the role, the rows above it or the value that finds its rows may be gone. */
    boolean contains(PlannedRole role) {
        return contains(role, Set.of());
    }

    private boolean contains(PlannedRole role, Set<RoleId> below) {
        if (isOverwritten(role) || role.source() instanceof KeySource.IdentifierValues value && findsNothing(value)) {
            return true;
        }
        if (!(role.source() instanceof KeySource.RoleRows rows) || below.contains(role.id())) {
            return false;
        }
        Set<RoleId> seen = new HashSet<>(below);
        seen.add(role.id());
        return rows.roles().stream()
                .flatMap(id -> plan.role(id).stream())
                .anyMatch(parent -> parent.deletes() || contains(parent, seen));
    }

    private boolean isOverwritten(PlannedRole role) {
        return plan.roles().stream()
                .filter(r -> r.table().name().equals(role.table().name()))
                .flatMap(r -> r.assignments().stream())
                .anyMatch(a -> role.on().contains(a.column()));
    }

    /** Whether an erasure takes the value from the person's own row, or the map lets only a present person find rows by it. */
    private boolean findsNothing(KeySource.IdentifierValues identifier) {
        return identifier.rule() == SharedValueRule.MINE_IF_PRESENT
                || plan.role(plan.self())
                        .filter(self -> self.deletes()
                                || self.assignments().stream()
                                        .anyMatch(a -> a.column().equals(identifier.column())))
                        .isPresent();
    }
}
