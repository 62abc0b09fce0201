package dev.exeunt.internal.plan.check;

import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.ColumnAssignment;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.plan.fix.FixSuggestions;
import dev.exeunt.internal.plan.rule.IndexUniqueness;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.Index;
import dev.exeunt.map.Finding;
import dev.exeunt.map.Finding.Position;
import dev.exeunt.map.FindingCode;
import java.util.ArrayList;
import java.util.List;

/** Checks that no unique index could come to hold the same value twice once the rules are applied. */
public final class UniquenessCheck {

    private UniquenessCheck() {}

    public static List<Finding> check(BoundMap bound) {
        List<Finding> findings = new ArrayList<>();
        for (PlannedTable table : bound.tablesWithInheriting()) {
            IndexUniqueness uniqueness = new IndexUniqueness(table);
            for (PlannedRole role : table.assigning()) {
                for (Index index : table.table().indexes()) {
                    List<ColumnAssignment> touching = uniqueness.touching(role, index);
                    if (!uniqueness.isKept(role, index)) {
                        findings.add(finding(bound, role, index, touching.get(0)));
                    }
                }
            }
        }
        return findings;
    }

    /** Finds unique values that a row gives up while it is hidden, and that another row may hold when it comes back. */
    static List<Finding> checkFreedValues(BoundMap hidden) {
        List<Finding> findings = new ArrayList<>();
        for (PlannedTable table : hidden.tables()) {
            IndexUniqueness uniqueness = new IndexUniqueness(table);
            table.assigning().forEach(role -> findings.addAll(checkFreedValues(uniqueness, table, role)));
        }
        return findings;
    }

    /**
     * Finds the same for rows that are moved away whole. If another row takes their unique value, they cannot come
     * back.
     */
    static List<Finding> checkMovedRows(BoundMap hidden) {
        List<Finding> findings = new ArrayList<>();
        for (PlannedTable table : hidden.tables()) {
            table.deleting().forEach(role -> findings.addAll(checkMovedRows(table, role)));
        }
        return findings;
    }

    private static List<Finding> checkFreedValues(IndexUniqueness uniqueness, PlannedTable table, PlannedRole role) {
        List<Finding> findings = new ArrayList<>();
        for (Index index : table.table().indexes()) {
            role.assignments().stream()
                    .filter(a -> index.unique()
                            && uniqueness.touches(index, a)
                            && !uniqueness.hasOtherDistinctColumns(index))
                    .findFirst()
                    .ifPresent(a -> findings.add(
                            taken(a.rule().at(), table.name() + "." + a.column().name(), index)));
        }
        return findings;
    }

    /** Checks one role. A key that the database generates, or that holds the person's key, goes to no other row. */
    private static List<Finding> checkMovedRows(PlannedTable table, PlannedRole role) {
        List<Finding> findings = new ArrayList<>();
        for (Index index : table.table().indexes()) {
            boolean theirs = index.expressions().isEmpty()
                    && role.on().stream().map(Column::name).allMatch(index.columns()::contains);
            boolean made = index.columns().stream()
                    .flatMap(c -> table.table().column(c).stream())
                    .anyMatch(c -> c.hasDefault() || c.identityAlways());
            boolean back = role.outcome().putsRowsAside();
            if (back && index.unique() && !theirs && !made) {
                findings.add(taken(role.fate().at(), table.name() + "." + index.name(), index));
            }
        }
        return findings;
    }

    private static Finding taken(Position at, String what, Index index) {
        return FindingCode.CANNOT_HOLD.finding(
                at,
                what,
                "while a row is hidden another row may take its place in the unique index " + index.name() + ".",
                "leave what is unique as it is, or hide nothing here (row security hides at no cost)");
    }

    private static Finding finding(BoundMap bound, PlannedRole role, Index index, ColumnAssignment assignment) {
        String what = role.table().name() + "." + assignment.column().name();
        return FindingCode.CANNOT_HOLD.finding(
                assignment.rule().at(),
                what,
                what + " cannot take what " + role.id() + " writes: the unique index " + index.name()
                        + " could then hold the same twice.",
                new FixSuggestions(bound, role).anotherRule(assignment));
    }
}
