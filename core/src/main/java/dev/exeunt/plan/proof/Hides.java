package dev.exeunt.plan.proof;

import dev.exeunt.map.Fate;
import dev.exeunt.map.Hide;
import dev.exeunt.plan.BoundMap;
import dev.exeunt.plan.PlannedRole;
import dev.exeunt.plan.PlannedTable;
import java.util.List;

/** What a flow does at the request, seen as an erasure: so the same proofs and the same order of statements serve both. */
final class Hides {

    private Hides() {}

    /** Whether the flow hides anything. */
    static boolean any(BoundMap bound) {
        return bound.roles().stream().anyMatch(r -> r.hiding().how() != null);
    }

    /** The map as if it were to erase what it hides. */
    static BoundMap of(BoundMap bound) {
        List<PlannedTable> tables = bound.tables().stream()
                .map(t -> new PlannedTable(
                        t.table(),
                        t.section(),
                        t.roles().stream().map(Hides::hidden).toList()))
                .toList();
        return bound.with(tables);
    }

    private static PlannedRole hidden(PlannedRole role) {
        Hide how = role.hiding().how();
        if (how == null) {
            return role.withFate(new Fate.Untouched(role.at()), List.of());
        }
        return how instanceof Hide.Set
                ? role.withFate(
                        new Fate.Anonymize(how.rules(), List.of(), how.at()),
                        role.hiding().sets())
                : role.withFate(new Fate.Delete(how.at()), List.of());
    }
}
