package dev.exeunt.internal.plan.check;

import dev.exeunt.internal.map.Fate;
import dev.exeunt.internal.map.HideRule;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import java.util.List;

/** Rewrites a bound map so that what a flow hides looks erased, which lets the same checks serve both. */
public final class HidingAsErasure {

    private HidingAsErasure() {}

    /** Whether the flow hides anything. */
    public static boolean hidesAnything(BoundMap bound) {
        return bound.roles().stream().anyMatch(r -> r.hiding().how() != null);
    }

    /** The map as if it were to erase what it hides. */
    public static BoundMap rewrite(BoundMap bound) {
        List<PlannedTable> tables = bound.tables().stream()
                .map(t -> new PlannedTable(
                        t.table(),
                        t.section(),
                        t.roles().stream().map(HidingAsErasure::hidden).toList()))
                .toList();
        return bound.withTables(tables);
    }

    private static PlannedRole hidden(PlannedRole role) {
        HideRule how = role.hiding().how();
        if (how == null) {
            return role.withFate(new Fate.Untouched(role.at()), List.of());
        }
        return how instanceof HideRule.SetColumns
                ? role.withFate(
                        new Fate.Anonymize(how.rules(), List.of(), how.at()),
                        role.hiding().sets())
                : role.withFate(new Fate.Delete(how.at()), List.of());
    }
}
