package dev.exeunt.internal.plan.check.leftover;

import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.postgres.SqlQuoting;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Warns of large objects that stay in the database when the row that holds their number is deleted or overwritten. */
public final class LargeObjectCheck {

    private LargeObjectCheck() {}

    public static List<Finding> check(BoundMap bound) {
        Map<String, Finding> findings = new LinkedHashMap<>();
        for (PlannedTable table : bound.tablesWithInheriting()) {
            for (Column column : table.table().columns()) {
                if (column.type().baseName().equals("oid") && !unlinked(table.table(), column)) {
                    table.roles().stream()
                            .filter(role -> leavesObject(role, column))
                            .findFirst()
                            .ifPresent(role -> findings.putIfAbsent(about(role, column), finding(role, column)));
                }
            }
        }
        return List.copyOf(findings.values());
    }

    /** Whether a trigger of the extension {@code lo} deletes the object together with the row. */
    private static boolean unlinked(Table table, Column column) {
        return table.triggers().stream()
                .anyMatch(t -> t.enabled()
                        && t.onDelete()
                        && t.onUpdate()
                        && column.name().equals(t.unlinks()));
    }

    /** A column that the map retains stays on purpose. */
    private static boolean leavesObject(PlannedRole role, Column column) {
        boolean retained = role.fate().retain().stream().anyMatch(c -> c.text().equals(column.name()));
        return role.writes() && !retained;
    }

    private static String about(PlannedRole role, Column column) {
        return role.table().name() + "." + column.name();
    }

    private static boolean overwritten(PlannedRole role, Column column) {
        return role.assignments().stream().anyMatch(a -> a.column().name().equals(column.name()));
    }

    private static Finding finding(PlannedRole role, Column column) {
        String about = about(role, column);
        String does = role.deletes()
                ? "the erasure deletes rows of " + role.id()
                : overwritten(role, column)
                        ? "the erasure overwrites " + about
                        : "the erasure changes rows of " + role.id() + " and not this column";
        return FindingCode.LARGE_OBJECT.finding(
                role.fate().at(),
                about,
                about + " holds the number of a large object; " + does + ", and the object stays in the database.",
                fix(role, column));
    }

    private static String fix(PlannedRole role, Column column) {
        String accept = "accept: { large-object: { " + about(role, column) + ": what deletes the object } }";
        if (!role.deletes() && !overwritten(role, column)) {
            return "retain: [" + column.name() + "] under erase, if the object may stay; or " + accept;
        }
        return "if no other row holds the same number, a trigger that deletes the object:\n  CREATE EXTENSION IF NOT EXISTS"
                + " lo;\n  CREATE TRIGGER unlink_" + column.name().replaceAll("\\W", "_")
                + " BEFORE UPDATE OR DELETE ON " + role.table().name().quoted()
                + " FOR EACH ROW EXECUTE FUNCTION lo_manage(" + SqlQuoting.identifier(column.name()) + ");\nor "
                + accept;
    }
}
