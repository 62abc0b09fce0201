package dev.exeunt.erase;

import dev.exeunt.internal.erase.Eraser;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.RoleId;
import dev.exeunt.internal.postgres.SearchPath;
import dev.exeunt.internal.reach.KeyCapture;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.reach.SubjectRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Shows what an erasure would do: the plan, row counts by role, and the SQL statements.
 *
 * @param rows rows each role reaches
 * @param statements the SQL an erasure would run, in order, its bound values shown as {@code ?}
 */
public record ErasurePreview(Plan plan, int subjects, Map<RoleId, Long> rows, List<String> statements) {

    public ErasurePreview {
        rows = Map.copyOf(rows);
        statements = List.copyOf(statements);
    }

    /** Counts, and writes nothing. */
    public static ErasurePreview read(Connection connection, Plan plan, List<SubjectKey> subjects, Instant now)
            throws SQLException {
        SubjectRows reach =
                SearchPath.ofRole(connection, c -> KeyCapture.capture(c, plan, subjects, KeyCapture.CaptureMode.COUNT));
        Map<RoleId, Long> rows = new LinkedHashMap<>();
        for (PlannedRole role : plan.roles()) {
            rows.put(role.id(), reach.rows(role));
        }
        return new ErasurePreview(plan, subjects.size(), rows, Eraser.statements(reach, now));
    }

    /** Rows a role reaches. */
    public long rows(RoleId role) {
        return rows.getOrDefault(role, 0L);
    }
}
