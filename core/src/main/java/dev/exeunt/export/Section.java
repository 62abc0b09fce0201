package dev.exeunt.export;

import dev.exeunt.plan.PlannedRole;
import dev.exeunt.plan.PlannedTable;
import dev.exeunt.schema.Column;
import java.util.List;

/**
 * One table of the export.
 *
 * @param roles those the person gets anything of; their rows are the section's
 * @param columns those at least one of the roles allows, as the table has them
 */
record Section(PlannedTable planned, List<PlannedRole> roles, List<SectionColumn> columns) {

    Section {
        roles = List.copyOf(roles);
        columns = List.copyOf(columns);
    }

    static Section of(PlannedTable planned) {
        List<PlannedRole> roles = planned.exported();
        List<SectionColumn> columns = planned.table().columns().stream()
                .map(c -> new SectionColumn(
                        c, roles.stream().filter(r -> allows(r, c)).toList(), roles.size()))
                .filter(c -> !c.allowedBy().isEmpty())
                .toList();
        return new Section(planned, roles, columns);
    }

    private static boolean allows(PlannedRole role, Column column) {
        return role.export().except().stream().noneMatch(w -> w.text().equals(column.name()));
    }

    String name() {
        return planned.section();
    }

    boolean isEmpty() {
        return columns.isEmpty();
    }

    /** Columns of the table that nobody gets. */
    List<String> leftOut() {
        List<String> there = columns.stream().map(SectionColumn::name).toList();
        return planned.table().columnNames().stream()
                .filter(c -> !there.contains(c))
                .toList();
    }

    /** Columns that only the rows of some roles show. */
    List<SectionColumn> partial() {
        return columns.stream().filter(c -> !c.everywhere()).toList();
    }

    /**
     * @param allowedBy roles whose rows show it
     * @param of how many roles the section has
     */
    record SectionColumn(Column column, List<PlannedRole> allowedBy, int of) {

        SectionColumn {
            allowedBy = List.copyOf(allowedBy);
        }

        String name() {
            return column.name();
        }

        boolean everywhere() {
            return allowedBy.size() == of;
        }
    }
}
