package dev.exeunt.erase;

import dev.exeunt.plan.Plan;
import dev.exeunt.plan.PlannedRole;
import dev.exeunt.plan.RoleId;
import dev.exeunt.postgres.SearchPath;
import dev.exeunt.reach.Capture;
import dev.exeunt.reach.Reach;
import dev.exeunt.reach.SubjectKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
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

    /** Counts, and writes nothing. */
    public static Preview of(Connection connection, Plan plan, List<SubjectKey> subjects, Instant now)
            throws SQLException {
        Reach reach = SearchPath.ofRole(connection, c -> Capture.of(c, plan, subjects, Capture.Mode.COUNT));
        Map<RoleId, Long> rows = new LinkedHashMap<>();
        for (PlannedRole role : plan.roles()) {
            rows.put(role.id(), reach.rows(role));
        }
        return new Preview(plan, subjects.size(), rows, Eraser.statements(reach, now));
    }

    /** Rows a role reaches. */
    public long rows(RoleId role) {
        return rows.getOrDefault(role, 0L);
    }
}
