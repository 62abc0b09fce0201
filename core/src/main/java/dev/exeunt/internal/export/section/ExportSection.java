package dev.exeunt.internal.export.section;

import dev.exeunt.internal.plan.PlannedJoin;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.schema.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Describes one table of the export: its roles and the columns that they show.
 *
 * @param roles those the person gets anything of; their rows are the section's
 * @param columns those at least one of the roles allows or masks, as the table has them
 */
public record ExportSection(PlannedTable planned, List<PlannedRole> roles, List<SectionColumn> columns) {

    /** What stands in the place of a masked text. */
    public static final String MASK = "[withheld: another person]";

    /** The category of types that hold text, by the catalogue. */
    private static final char TEXT = 'S';

    /** The column that says by which roles a row is the person's. */
    private static final String ROLES = "yours_as";

    public ExportSection {
        roles = List.copyOf(roles);
        columns = List.copyOf(columns);
    }

    public static ExportSection of(PlannedTable planned) {
        List<PlannedRole> roles = planned.exported();
        List<SectionColumn> columns = new ArrayList<>();
        for (Column column : planned.table().columns()) {
            List<PlannedRole> allowed =
                    roles.stream().filter(r -> allows(r, column)).toList();
            List<PlannedRole> masked =
                    roles.stream().filter(r -> masks(r, column)).toList();
            if (!allowed.isEmpty() || !masked.isEmpty()) {
                columns.add(new SectionColumn(column.name(), column, null, allowed, masked, roles.size()));
            }
        }
        columns.addAll(joined(roles));
        return new ExportSection(planned, roles, columns);
    }

    /** Columns of other rows, behind the table's own; several roles may take the same ones along. */
    private static List<SectionColumn> joined(List<PlannedRole> roles) {
        Map<String, SectionColumn> joined = new LinkedHashMap<>();
        for (PlannedRole role : roles) {
            for (PlannedJoin join : role.joins()) {
                for (Column column : join.columns()) {
                    String name = join.output(column);
                    List<PlannedRole> allowed = roles.stream()
                            .filter(r -> r.joins().stream().anyMatch(j -> j.sameRow(join) && takes(j, column)))
                            .toList();
                    joined.putIfAbsent(name, new SectionColumn(name, column, join, allowed, List.of(), roles.size()));
                }
            }
        }
        return List.copyOf(joined.values());
    }

    private static boolean takes(PlannedJoin join, Column column) {
        return join.columns().contains(column);
    }

    private static boolean allows(PlannedRole role, Column column) {
        return !role.export().withheld().contains(column.name());
    }

    private static boolean masks(PlannedRole role, Column column) {
        return role.export().mask().stream().anyMatch(w -> w.text().equals(column.name()));
    }

    public String name() {
        return planned.section();
    }

    public boolean isEmpty() {
        return columns.isEmpty();
    }

    /** Returns the column that says by which roles a row is the person's; null where there is one role only. */
    public @Nullable String roleColumn() {
        if (roles.size() == 1) {
            return null;
        }
        boolean taken = columns.stream().anyMatch(c -> c.name().equalsIgnoreCase(ROLES));
        return taken ? "exeunt_" + ROLES : ROLES;
    }

    /** Returns the names of all columns, in order. */
    public List<String> columnNames() {
        return Stream.concat(columns.stream().map(SectionColumn::name), Stream.ofNullable(roleColumn()))
                .toList();
    }

    /** Returns the columns whose numbers may be those of large objects. */
    public List<SectionColumn> largeObjects() {
        return columns.stream().filter(LargeObjectSql::fits).toList();
    }

    /** Returns the columns of the table that no export includes. */
    public List<String> leftOut() {
        List<String> there = columns.stream()
                .filter(c -> c.join() == null)
                .map(SectionColumn::name)
                .toList();
        return planned.table().columnNames().stream()
                .filter(c -> !there.contains(c))
                .toList();
    }

    /** The rows of other tables whose columns go along, each once. */
    List<PlannedJoin> joins() {
        List<PlannedJoin> joins = new ArrayList<>();
        for (SectionColumn column : columns) {
            PlannedJoin join = column.join();
            if (join != null && joins.stream().noneMatch(j -> j.sameRow(join))) {
                joins.add(join);
            }
        }
        return joins;
    }

    /** Says whether values of the column name files. */
    public boolean namesFiles(SectionColumn column) {
        return column.join() == null
                && planned.files().stream().anyMatch(f -> f.column().equals(column.column()));
    }

    /** Columns that only the rows of some roles show. */
    public List<SectionColumn> partial() {
        return columns.stream().filter(c -> !c.everywhere()).toList();
    }

    /**
     * @param name in the export
     * @param join where the column is another row's; else null
     * @param allowedBy roles whose rows show it
     * @param maskedBy roles whose other rows show that there is a value, and not which
     * @param of how many roles the section has
     */
    public record SectionColumn(
            String name,
            Column column,
            @Nullable PlannedJoin join,
            List<PlannedRole> allowedBy,
            List<PlannedRole> maskedBy,
            int of) {

        public SectionColumn {
            allowedBy = List.copyOf(allowedBy);
            maskedBy = List.copyOf(maskedBy);
        }

        /** Whether a text stands in the place of its values. Other types are empty there. */
        boolean isMaskedByText() {
            return !maskedBy.isEmpty() && column.type().category() == TEXT;
        }

        boolean everywhere() {
            return allowedBy.size() == of;
        }
    }
}
