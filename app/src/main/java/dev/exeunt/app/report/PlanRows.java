package dev.exeunt.app.report;

import dev.exeunt.erase.Preview;
import dev.exeunt.map.Fate;
import dev.exeunt.map.Word;
import dev.exeunt.plan.PlannedRole;
import dev.exeunt.plan.Step;
import java.util.List;

/** Which roles a step writes, which are kept, and how many rows that is. */
record PlanRows(Preview preview) {

    /** A role whose rows, or some of whose columns, stay on purpose. */
    record Kept(PlannedRole role, long rows, List<String> columns) {}

    static List<PlannedRole> roles(Step step) {
        if (step instanceof Step.Delete delete) {
            return delete.tables().stream().flatMap(t -> t.deleting().stream()).toList();
        }
        return ((Step.Update) step).table().assigning();
    }

    long rows(PlannedRole role) {
        return preview.rows(role.id());
    }

    List<Kept> kept() {
        return preview.plan().roles().stream()
                .filter(r -> r.fate() instanceof Fate.Keep || !r.fate().retain().isEmpty())
                .map(r -> new Kept(
                        r, rows(r), r.fate().retain().stream().map(Word::text).toList()))
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
