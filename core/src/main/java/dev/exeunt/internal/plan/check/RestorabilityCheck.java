package dev.exeunt.internal.plan.check;

import dev.exeunt.internal.map.HideRule;
import dev.exeunt.internal.map.Role;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.ColumnAssignment;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.plan.RoleId;
import dev.exeunt.internal.plan.fix.AcceptanceFix;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.internal.schema.Trigger;
import dev.exeunt.map.Finding;
import dev.exeunt.map.Finding.Position;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.FindingCode.Severity;
import dev.exeunt.map.SuggestedFix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Checks that everything a flow hides could be restored exactly as it was. Hiding removes what is stashed and overwrites
 * what is set, so the checks of an erasure's deletes and updates run over it, too.
 */
public final class RestorabilityCheck {

    private final BoundMap hidden;
    private final Map<String, Finding> findings = new LinkedHashMap<>();

    private RestorabilityCheck(BoundMap hidden) {
        this.hidden = hidden;
    }

    public static List<Finding> check(BoundMap bound) {
        boolean undone = bound.map()
                .lifecycle()
                .offer(bound.map().flow())
                .map(offer -> offer.grace() != null)
                .orElse(true);
        return undone && HidingProjection.hidesAnything(bound)
                ? new RestorabilityCheck(HidingProjection.of(bound)).findings()
                : List.of();
    }

    private List<Finding> findings() {
        ownRow();
        for (PlannedTable table : hidden.tables()) {
            table.assigning().forEach(role -> role.assignments().forEach(a -> needed(role, a)));
        }
        ColumnWriteCheck.check(hidden).forEach(this::refuted);
        DanglingReferenceCheck.check(hidden).forEach(this::refuted);
        WriteHazardCheck.check(hidden).forEach(this::refuted);
        UniquenessCheck.checkFreedValues(hidden).forEach(this::refuted);
        UniquenessCheck.checkMovedRows(hidden).forEach(this::warned);
        hidden.tables().forEach(this::triggers);
        return new ArrayList<>(findings.values());
    }

    /**
     * Checks the person's own row. Without it no gate lets the person in to withdraw, and the remaining rows have no
     * owner.
     */
    private void ownRow() {
        TableName people = hidden.subject().table().name();
        hidden.roles().stream()
                .filter(r -> r.id().equals(new RoleId(people, Role.SELF)))
                .filter(PlannedRole::deletes)
                .forEach(role -> refute(
                        role.fate().at(),
                        people.toString(),
                        "without their own row the person is unknown, and could not come back to take it up again",
                        "hide: { set: … } on " + people + ", of the columns others see"));
    }

    /** A row is found again by its key and its link; what it refers to may be gone. */
    private void needed(PlannedRole role, ColumnAssignment assignment) {
        String column = assignment.column().name();
        String what = role.table().name() + "." + column;
        boolean finds = role.on().contains(assignment.column())
                || role.table().primaryKey().contains(column);
        boolean refers =
                role.table().foreignKeys().stream().anyMatch(f -> f.columns().contains(column));
        if (finds || refers) {
            refute(
                    assignment.rule().at(),
                    what,
                    finds
                            ? "by " + what + " the row is found again"
                            : "the row that " + what + " refers to may be gone by then",
                    "leave " + column + " out, or hide: stash");
        }
    }

    private void refuted(Finding finding) {
        switch (finding.code()) {
            case CANNOT_HOLD, REFERENCED_KEY -> refute(finding.at(), finding.what(), clause(finding), unlike(finding));
            case BLOCKS, CASCADES ->
                refute(
                        finding.at(),
                        finding.what(),
                        clause(finding),
                        "hide: stash for the rows that refer to them, too, or hide: { set: … } instead of moving rows");
            case UNPROVEN, REPLICA_IDENTITY -> findings.putIfAbsent(finding.code() + finding.what(), finding);
            default -> {
                // the erasure's checks report a copy that keeps hidden data
            }
        }
    }

    /** Adds a warning. The rows are restored except those whose place is taken, which the person's result lists. */
    private void warned(Finding finding) {
        warn(
                finding.at(),
                finding.what(),
                clause(finding),
                AcceptanceFix.suggest(
                        FindingCode.CANNOT_RESTORE,
                        finding.what(),
                        "no other person gets the same value",
                        "hide: { set: … } instead, which leaves what is unique where it is"));
    }

    /** Another value is one for hiding, too; another fate is not. */
    private static SuggestedFix unlike(Finding finding) {
        String column = finding.what().substring(finding.what().lastIndexOf('.') + 1);
        return finding.fix().paste() instanceof SuggestedFix.ValueReplacement
                ? finding.fix()
                : SuggestedFix.words("leave " + column + " out of hide, or hide: stash");
    }

    private static String clause(Finding finding) {
        return finding.message().replaceFirst("\\.$", "");
    }

    private void triggers(PlannedTable table) {
        boolean sets = !table.assigning().isEmpty();
        boolean moves = table.roles().stream().anyMatch(r -> r.outcome().putsRowsAside());
        for (Trigger trigger : table.table().triggers()) {
            boolean fires = trigger.enabled() && (sets && trigger.onUpdate() || moves && trigger.onDelete());
            if (!fires) {
                continue;
            }
            String name = table.name().toString();
            String which = "the trigger or rule " + trigger.name() + " on " + name;
            // PostgreSQL applies no rule to an UPDATE inside WITH, by which a hide overwrites and records at once
            boolean refused = sets && trigger.onUpdate() && trigger.rule();
            if (trigger.mayReplaceWrites()) {
                refute(hide(table), name, which + " does something else instead", "hide none of the rows of " + name);
            } else if (refused) {
                refute(
                        hide(table),
                        name,
                        which + " makes the database refuse the statement that hides",
                        "hide none of the rows of " + name);
            } else {
                warn(
                        hide(table),
                        name,
                        which + " may write more, which is not put back",
                        AcceptanceFix.suggest(
                                FindingCode.CANNOT_RESTORE,
                                name,
                                "looked at, what it writes may stay",
                                "change what it does"));
            }
        }
    }

    private static Position hide(PlannedTable table) {
        return table.roles().stream()
                .map(r -> r.hiding().how())
                .filter(Objects::nonNull)
                .findFirst()
                .map(HideRule::at)
                .orElseThrow();
    }

    private void refute(Position at, String what, String why, String fix) {
        refute(at, what, why, SuggestedFix.words(fix));
    }

    private void refute(Position at, String what, String why, SuggestedFix fix) {
        add(new Finding(FindingCode.CANNOT_RESTORE, Severity.ERROR, at, what, irreversible(why), fix));
    }

    private void warn(Position at, String what, String why, SuggestedFix fix) {
        add(new Finding(FindingCode.CANNOT_RESTORE, Severity.WARNING, at, what, irreversible(why), fix));
    }

    private static String irreversible(String why) {
        return "what hide does could not be undone exactly: " + why + ".";
    }

    private void add(Finding finding) {
        findings.putIfAbsent(finding.severity() + finding.what(), finding);
    }
}
