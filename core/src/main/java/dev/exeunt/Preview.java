package dev.exeunt;

import dev.exeunt.plan.Plan;
import dev.exeunt.plan.RoleId;
import java.util.List;
import java.util.Map;

/**
 * What would happen to some subjects if nothing changed until then.
 *
 * @param rows rows each role reaches
 * @param statements the SQL an erasure would run, in order, its bound values shown as {@code ?}
 */
public record Preview(Plan plan, int subjects, Map<RoleId, Long> rows, List<String> statements) {

    public Preview {
        rows = Map.copyOf(rows);
        statements = List.copyOf(statements);
    }

    /** Rows a role reaches. */
    public long rows(RoleId role) {
        return rows.getOrDefault(role, 0L);
    }
}
