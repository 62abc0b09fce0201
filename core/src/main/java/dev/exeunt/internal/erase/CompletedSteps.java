package dev.exeunt.internal.erase;

import dev.exeunt.internal.erase.RemainingLinkCheck.LinkedRows;
import dev.exeunt.internal.plan.PlanStep;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.reach.SubjectRows;
import dev.exeunt.internal.retention.KeptRowRecord;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.internal.sideeffect.FormerValues;
import dev.exeunt.internal.sideeffect.SideEffectCheck.OwnWrites;
import dev.exeunt.internal.sideeffect.WrittenRows.RowCount;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * Holds what the first round of an erasure's steps did.
 *
 * @param former what the person's rows said before
 * @param links the rows that were linked to the person after the last step
 * @param kept the record of rows that are kept for a period
 */
record CompletedSteps(
        List<SubjectKey> people,
        SubjectRows reach,
        ErasureSteps steps,
        FormerValues former,
        LinkedRows links,
        NarrowedRowsCheck narrowed,
        KeptRowRecord kept) {

    CompletedSteps {
        people = List.copyOf(people);
    }

    /**
     * The steps that run once more, since they may not have met each row: a link is left, a link that stays has more rows than were
     * captured, or a trigger wrote to the table.
     *
     * @param aside what was written besides the steps
     */
    List<PlanStep> unfinished(Map<TableName, RowCount> aside) {
        return reach.plan().steps().stream()
                .filter(step -> step instanceof PlanStep.UpdateStep update
                        ? unfinished(update.table(), aside)
                        : ((PlanStep.DeleteStep) step)
                                .tables().stream()
                                        .anyMatch(t -> t.deleting().stream().anyMatch(links::leaves)))
                .toList();
    }

    OwnWrites own() {
        return steps.counts().own();
    }

    /** @throws NarrowedRowsCheck.NarrowedRowsLeftException where a condition chose other rows after the first write than before */
    boolean requireNarrowed(Connection connection) throws SQLException {
        narrowed.requireNoneLeft(connection);
        return true;
    }

    /** Completes the record of rows that are kept for a period. */
    void completeKeptRows() throws SQLException {
        kept.complete();
    }

    private boolean unfinished(PlannedTable table, Map<TableName, RowCount> aside) {
        List<PlannedRole> roles = table.assigning();
        RowCount written = aside.get(table.name());
        return roles.stream().anyMatch(r -> links.leaves(r) || links.staying(r) > reach.rows(r))
                || written != null && written.versions() > 0 && roles.stream().anyMatch(r -> links.staying(r) > 0);
    }

    /**
     * Checks that the second round has left nothing.
     *
     * @param after the rows that are linked to the person after it
     * @throws RemainingLinkCheck.RemainingLinkException where a link is left, or rows came back while it ran
     */
    void requireSettled(LinkedRows after) {
        List<String> left = reach.plan().roles().stream()
                .filter(r -> after.leaves(r) || after.staying(r) > links.staying(r))
                .map(r -> r.id().toString())
                .toList();
        if (!left.isEmpty()) {
            throw new RemainingLinkCheck.RemainingLinkException(left, reach.plan());
        }
    }
}
