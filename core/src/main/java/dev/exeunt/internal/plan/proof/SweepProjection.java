package dev.exeunt.internal.plan.proof;

import dev.exeunt.internal.map.Fate;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.PlannedRole;
import java.util.List;
import java.util.function.UnaryOperator;

/** Replaces each {@code keep: { …, then: delete }} of a bound map by a delete, so that a sweep is checked and built like an erasure. */
final class SweepProjection {

    private SweepProjection() {}

    /** Whether the flow keeps any rows that go later. */
    static boolean sweepsAnything(BoundMap bound) {
        return bound.roles().stream().anyMatch(PlannedRole::isSwept);
    }

    /** The map as the sweep leaves the rows: what is kept for a period is deleted, everything else is as the erasure leaves it. */
    static BoundMap afterwards(BoundMap bound) {
        return with(bound, role -> role.isSwept() ? deleted(role) : role);
    }

    /** The map as the sweep carries it out: it deletes what was kept for a period, and leaves all other roles alone. */
    static BoundMap of(BoundMap bound) {
        return with(
                bound,
                role -> role.isSwept() ? deleted(role) : role.withFate(new Fate.Untouched(role.at()), List.of()));
    }

    private static BoundMap with(BoundMap bound, UnaryOperator<PlannedRole> change) {
        return bound.withTables(bound.tables().stream().map(t -> t.with(change)).toList());
    }

    private static PlannedRole deleted(PlannedRole role) {
        return role.withFate(new Fate.Delete(role.at()), List.of());
    }
}
