package dev.exeunt.internal.plan.check;

import dev.exeunt.internal.map.Rule;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.ColumnAssignment;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.plan.fix.FixSuggestions;
import dev.exeunt.internal.plan.rule.ColumnWritability;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import java.util.ArrayList;
import java.util.List;

/** Checks that every column can hold what its rule writes, and that no foreign key refers to the overwritten value. */
public final class ColumnWriteCheck {

    private final BoundMap bound;
    private final List<Finding> findings = new ArrayList<>();

    private ColumnWriteCheck(BoundMap bound) {
        this.bound = bound;
    }

    public static List<Finding> check(BoundMap bound) {
        ColumnWriteCheck writability = new ColumnWriteCheck(bound);
        for (PlannedTable table : bound.tablesWithInheriting()) {
            for (PlannedRole role : table.roles()) {
                role.assignments().forEach(a -> writability.check(role, a));
                writability.matchFull(role);
            }
        }
        return writability.findings;
    }

    private void check(PlannedRole role, ColumnAssignment assignment) {
        new ColumnWritability(bound)
                .refusal(role, assignment)
                .ifPresent(why -> findings.add(FindingCode.CANNOT_HOLD.finding(
                        assignment.rule().at(),
                        column(role, assignment),
                        column(role, assignment) + " cannot take what " + role.id() + " writes: " + why + ".",
                        new FixSuggestions(bound, role).anotherRule(assignment))));
        referenced(role, assignment, role.table());
    }

    private static String column(PlannedRole role, ColumnAssignment assignment) {
        return role.table().name() + "." + assignment.column().name();
    }

    private void referenced(PlannedRole role, ColumnAssignment assignment, Table table) {
        for (ForeignKey key : bound.referringTo(table)) {
            if (key.parentColumns().contains(assignment.column().name())) {
                findings.add(FindingCode.REFERENCED_KEY.finding(
                        assignment.rule().at(),
                        table.name() + "." + assignment.column().name(),
                        "the rule would change " + table.name() + "."
                                + assignment.column().name() + ", which other rows refer to (" + key.name() + ": " + key
                                + ").",
                        new FixSuggestions(bound, role).leavingOut(assignment)));
                return;
            }
        }
    }

    /** {@code MATCH FULL} takes all NULL or none. */
    private void matchFull(PlannedRole role) {
        List<String> emptied = role.assignments().stream()
                .filter(a -> a.rule() instanceof Rule.NullRule)
                .map(a -> a.column().name())
                .toList();
        role.table().foreignKeys().stream()
                .filter(ForeignKey::matchFull)
                .filter(f -> f.columns().stream().anyMatch(emptied::contains))
                .filter(f -> !emptied.containsAll(f.columns()))
                .forEach(f -> findings.add(FindingCode.CANNOT_HOLD.finding(
                        role.at(),
                        role.table().name() + "." + String.join(", ", f.columns()),
                        f.name() + " is MATCH FULL: its columns (" + String.join(", ", f.columns())
                                + ") are all NULL or none, and " + role.id() + " empties only some.",
                        new FixSuggestions(bound, role).emptying(f))));
    }
}
