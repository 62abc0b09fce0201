package dev.exeunt.internal.erase;

import dev.exeunt.erase.ErasurePreview;
import dev.exeunt.erase.ErasurePreview.KeptReason;
import dev.exeunt.erase.ErasurePreview.RequestEffect;
import dev.exeunt.erase.ErasurePreview.RolePreview;
import dev.exeunt.erase.ErasurePreview.RowChange;
import dev.exeunt.erase.ErasurePreview.StepPreview;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.plan.ColumnAssignment;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlanStep;
import dev.exeunt.internal.plan.PlannedHiding;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.plan.RoleId;
import dev.exeunt.internal.postgres.SearchPath;
import dev.exeunt.internal.reach.KeyCapture;
import dev.exeunt.internal.reach.LeavingPeople;
import dev.exeunt.internal.reach.SubjectRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts what an erasure would do, and writes nothing. */
public final class ErasurePreviewReader {

    private ErasurePreviewReader() {}

    /** In the connection's open transaction. */
    public static ErasurePreview read(Connection connection, Plan plan, LeavingPeople people, Instant now)
            throws SQLException {
        SubjectRows reach =
                SearchPath.ofRole(connection, c -> KeyCapture.capture(c, plan, people, KeyCapture.CaptureMode.COUNT));
        Map<RoleId, RolePreview> roles = new LinkedHashMap<>();
        for (PlannedTable table : plan.tables()) {
            table.roles().forEach(role -> roles.put(role.id(), role(table, role, reach)));
        }
        List<StepPreview> steps =
                plan.steps().stream().map(step -> step(step, roles)).toList();
        return new ErasurePreview(
                plan,
                people.keys().size(),
                List.copyOf(roles.values()),
                steps,
                Eraser.statements(reach, now),
                List.of());
    }

    private static RolePreview role(PlannedTable table, PlannedRole role, SubjectRows reach) {
        return new RolePreview(
                role.id().table().toString(),
                table.words(),
                role.id().role(),
                role.fate().word(),
                reach.rows(role),
                reach.sharedRows(role),
                change(role),
                kept(role),
                role.fate().retain().stream().map(LocatedText::text).toList(),
                effect(role.hiding()));
    }

    private static RowChange change(PlannedRole role) {
        if (role.deletes()) {
            return RowChange.DELETED;
        }
        return role.assignments().isEmpty() ? RowChange.UNTOUCHED : RowChange.CHANGED;
    }

    private static @Nullable KeptReason kept(PlannedRole role) {
        return role.fate()
                .keep()
                .map(keep -> new KeptReason(
                        keep.reason(),
                        keep.basis(),
                        keep.period() == null ? null : keep.period().toString(),
                        keep.thenDelete()))
                .orElse(null);
    }

    /** A column that is set hides rows only where it is a marker. */
    private static RequestEffect effect(PlannedHiding hiding) {
        return switch (hiding.outcome()) {
            case STASH -> RequestEffect.HIDDEN;
            case OVERWRITE_WHILE_HIDDEN ->
                ColumnAssignment.marker(hiding.sets()).isPresent() ? RequestEffect.HIDDEN : RequestEffect.NONE;
            case DELETE_AT_REQUEST -> RequestEffect.DELETED;
            case DELETE, ANONYMIZE, DETACH, REASSIGN, KEEP, LEAVE_ALONE, UNDECIDED, UNSPECIFIED -> RequestEffect.NONE;
        };
    }

    private static StepPreview step(PlanStep step, Map<RoleId, RolePreview> roles) {
        boolean deletes = step instanceof PlanStep.DeleteStep;
        List<PlannedRole> written = step instanceof PlanStep.DeleteStep delete
                ? delete.tables().stream().flatMap(t -> t.deleting().stream()).toList()
                : ((PlanStep.UpdateStep) step).table().assigning();
        return new StepPreview(
                deletes,
                step.why(),
                written.stream()
                        .flatMap(role -> java.util.stream.Stream.ofNullable(roles.get(role.id())))
                        .toList());
    }
}
