package dev.exeunt.internal.plan.proof;

import dev.exeunt.internal.map.Fate;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.DeletionOrder;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.plan.RoleId;
import dev.exeunt.internal.plan.check.AccessCheck;
import dev.exeunt.internal.plan.check.DanglingReferenceCheck;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.ForeignKey.ReferentialAction;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.SuggestedFix;
import dev.exeunt.map.TimeSpan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Proves that rows with {@code then: delete} can be deleted when their period is over. Rows that refer to them must be reached through
 * the same table, by a link that deletes them or lets go. By which of its links a row was kept does not matter: a row goes when no link keeps
 * it any longer.
 */
final class SweepCheck {

    private final BoundMap bound;
    private final List<Finding> findings = new ArrayList<>();

    private SweepCheck(BoundMap bound) {
        this.bound = bound;
    }

    /** @param known the findings about the erasure itself, which are not repeated */
    static List<Finding> check(BoundMap bound, List<Finding> known) {
        if (!SweepProjection.sweepsAnything(bound)) {
            return List.of();
        }
        SweepCheck check = new SweepCheck(bound);
        for (PlannedTable table : bound.tables()) {
            table.roles().stream().filter(PlannedRole::isSwept).forEach(r -> check.role(table, r));
        }
        BoundMap afterwards = SweepProjection.afterwards(bound);
        List<Finding> later = new ArrayList<>(DanglingReferenceCheck.check(afterwards));
        later.addAll(AccessCheck.check(SweepProjection.of(bound)));
        later.addAll(new DeletionOrder(SweepProjection.of(bound)).findings());
        later.stream()
                .filter(f -> !check.letsGo(f.what()))
                .filter(f -> known.stream()
                        .noneMatch(k -> k.code() == f.code() && k.what().equals(f.what())))
                .map(SweepCheck::later)
                .forEach(check.findings::add);
        return check.findings;
    }

    /**
     * Whether a link that deletes rows or lets go of them reaches all rows that refer to swept rows of a table by these columns.
     *
     * @param references {@code table.column, column}
     */
    private boolean letsGo(String references) {
        return bound.tables().stream()
                .anyMatch(child -> child.table().foreignKeys().stream()
                        .filter(key -> references.equals(child.name() + "." + String.join(", ", key.columns())))
                        .anyMatch(key -> child.roles().stream().anyMatch(r -> letsGo(r, key))));
    }

    private static boolean letsGo(PlannedRole role, ForeignKey key) {
        boolean goes =
                role.isSwept() || role.outcome().removesRows() || role.outcome().cutsLink();
        return goes
                && role.on().stream().map(Column::name).toList().equals(key.columns())
                && role.source() instanceof KeySource.RoleRows rows
                && rows.roles().stream().anyMatch(parent -> parent.table().equals(key.parent()));
    }

    private static Finding later(Finding f) {
        return new Finding(
                f.code(), f.severity(), f.at(), f.what(), "when the period of keep is over, " + f.message(), f.fix());
    }

    private void role(PlannedTable table, PlannedRole role) {
        Fate.Keep keep = role.fate().keep().orElseThrow();
        if (table.table().primaryKey().isEmpty()) {
            findings.add(FindingCode.NOT_SUPPORTED.finding(
                    keep.at(),
                    role.id().toString(),
                    table.name() + " has no primary key, by which the sweep could tell the rows that an erasure kept.",
                    "give the table a primary key, or leave out then: delete"));
        }
        table.roles().stream()
                .filter(r -> !r.outcome().cutsLink() && reachesTree(r, Set.of()))
                .findFirst()
                .ifPresent(r -> findings.add(FindingCode.NOT_SUPPORTED.finding(
                        keep.at(),
                        role.id().toString(),
                        "rows of " + table.name() + " may hang on a tree of rows (" + r.id()
                                + "), and the sweep could not tell whose they are when the period is over.",
                        "leave out then: delete, or let " + r.id() + " let go of the rows: erase: detach")));
        for (ForeignKey key : bound.referringTo(table.table())) {
            bound.planned(key.child()).ifPresent(child -> longer(role, keep, child, key));
        }
    }

    /** Whether the link leads through a link that leads back to itself, as in a tree of rows. */
    private boolean reachesTree(PlannedRole role, Set<RoleId> before) {
        if (before.contains(role.id())) {
            return true;
        }
        Set<RoleId> path = new HashSet<>(before);
        path.add(role.id());
        return role.source() instanceof KeySource.RoleRows rows
                && bound.roles().stream()
                        .filter(r -> rows.roles().contains(r.id()))
                        .anyMatch(r -> reachesTree(r, path));
    }

    /** A row that refers to this one and is kept longer would still refer to it when it goes. */
    private void longer(PlannedRole role, Fate.Keep keep, PlannedTable child, ForeignKey key) {
        TimeSpan period = Objects.requireNonNull(keep.period());
        boolean refuses = key.onDelete() == ReferentialAction.NO_ACTION || key.onDelete() == ReferentialAction.RESTRICT;
        for (PlannedRole below : child.roles()) {
            TimeSpan longest = below.fate().keep().map(Fate.Keep::period).orElse(null);
            boolean later =
                    below.isSwept() && longest != null && longest.longest().compareTo(period.longest()) > 0;
            if (later && key.onDelete() != ReferentialAction.SET_NULL) {
                String rows = child.name() + "." + String.join(", ", key.columns());
                findings.add((refuses ? FindingCode.BLOCKS : FindingCode.CASCADES)
                        .finding(
                                keep.at(),
                                rows,
                                role.id() + " goes after " + period + ", and rows of " + rows
                                        + " that refer to it are kept for " + longest + " (" + below.id() + ", "
                                        + key.name() + ", ON DELETE "
                                        + key.onDelete().sql() + ").",
                                SuggestedFix.words("keep both for the same period: for: " + longest)));
            }
        }
    }
}
