package dev.exeunt.internal.plan.check;

import dev.exeunt.internal.map.Fate;
import dev.exeunt.internal.map.HideRule;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import java.util.List;

/** Replaces the fates of a bound map by its hide rules, so that a plan of hiding is checked and built like an erasure. */
public final class HidingProjection {

    private HidingProjection() {}

    /** Whether the flow hides anything. */
    public static boolean hidesAnything(BoundMap bound) {
        return bound.roles().stream().anyMatch(r -> r.hiding().how() != null);
    }

    /** The map with the hide rule of each role in the place of its fate; roles that are not hidden are left alone. */
    public static BoundMap of(BoundMap bound) {
        List<PlannedTable> tables = bound.tables().stream()
                .map(t -> t.with(HidingProjection::hidden))
                .toList();
        return bound.withTables(tables);
    }

    private static PlannedRole hidden(PlannedRole role) {
        HideRule how = role.hiding().how();
        return how == null
                ? role.withFate(new Fate.Untouched(role.at()), List.of())
                : role.withFate(how, role.hiding().sets());
    }
}
