package dev.exeunt.app.report;

import dev.exeunt.erase.ErasurePreview;
import dev.exeunt.internal.plan.PlanStep;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.map.LocatedText;
import java.util.List;

/** Counts the rows that a plan deletes, changes and keeps, by step and role. */
record PlanRowCounts(ErasurePreview preview) {

    /** Names a role whose rows or columns are kept, with their number. */
    record KeptRole(PlannedRole role, long rows, List<String> columns) {}

    static List<PlannedRole> roles(PlanStep step) {
        if (step instanceof PlanStep.DeleteStep delete) {
            return delete.tables().stream().flatMap(t -> t.deleting().stream()).toList();
        }
        return ((PlanStep.UpdateStep) step).table().assigning();
    }

    long rows(PlannedRole role) {
        return preview.rows(role.id());
    }

    List<KeptRole> kept() {
        return preview.plan().roles().stream()
                .filter(r -> r.outcome().keepsRows() || !r.fate().retain().isEmpty())
                .map(r -> new KeptRole(
                        r,
                        rows(r),
                        r.fate().retain().stream().map(LocatedText::text).toList()))
                .toList();
    }

    /** Rows that roles reach and delete; one reached by two counts twice. */
    long deleted() {
        return preview.plan().roles().stream()
                .filter(PlannedRole::deletes)
                .mapToLong(this::rows)
                .sum();
    }

    long changed() {
        return preview.plan().roles().stream()
                .filter(r -> !r.deletes() && !r.assignments().isEmpty())
                .mapToLong(this::rows)
                .sum();
    }

    long untouched() {
        return preview.plan().roles().stream()
                .filter(r -> !r.writes())
                .mapToLong(this::rows)
                .sum();
    }
}
