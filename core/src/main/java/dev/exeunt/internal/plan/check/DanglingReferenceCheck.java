package dev.exeunt.internal.plan.check;

import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.plan.fix.FixSuggestions;
import dev.exeunt.internal.plan.fix.LinkSuggestions;
import dev.exeunt.internal.plan.fix.TableSuggestions;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.ForeignKey.ReferentialAction;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.SuggestedFix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Checks that every reference to a deleted row is deleted or removed as well, because the map says so. What no link
 * covers the database would refuse ({@code blocks}) or do by itself ({@code cascades}): either way, something the map
 * did not say.
 */
public final class DanglingReferenceCheck {

    private final BoundMap bound;
    private final ReferenceCoverage covering;
    private final List<Finding> findings = new ArrayList<>();

    private DanglingReferenceCheck(BoundMap bound) {
        this.bound = bound;
        this.covering = new ReferenceCoverage(bound);
    }

    public static List<Finding> check(BoundMap bound) {
        DanglingReferenceCheck coverage = new DanglingReferenceCheck(bound);
        for (PlannedTable parent : bound.tables()) {
            for (ForeignKey key : bound.referringTo(parent.table())) {
                parent.deleting().forEach(role -> coverage.check(role, key));
            }
        }
        return coverage.findings;
    }

    private void check(PlannedRole deleted, ForeignKey key) {
        Optional<PlannedTable> child = bound.planned(key.child());
        if (child.isPresent() && covering.isOnlyReferrer(deleted, key, child.get())) {
            return;
        }
        List<PlannedRole> covering = child.map(PlannedTable::roles).orElse(List.of()).stream()
                .filter(r -> this.covering.covers(r, deleted, key))
                .toList();
        // what is still undecided is said to be, and nothing follows from it yet
        boolean open = covering.stream().anyMatch(r -> r.outcome().awaitsDecision());
        if (!open
                && covering.stream()
                        .noneMatch(r ->
                                ReferenceCoverage.removesReference(r, Objects.requireNonNull(child.orElse(null)), key)
                                        || this.covering.keepsParentByLaw(r, deleted, key))) {
            findings.add(finding(deleted, key, covering));
        }
    }

    private Finding finding(PlannedRole deleted, ForeignKey key, List<PlannedRole> covering) {
        boolean refuses = key.onDelete() == ReferentialAction.NO_ACTION || key.onDelete() == ReferentialAction.RESTRICT;
        String what = key.child() + "." + String.join(", ", key.columns());
        String rule = key.name() + ", ON DELETE " + key.onDelete().sql();
        String does = refuses
                ? "deleting " + deleted.id() + " would fail on the rows of " + what + " that refer to it (" + rule + ")"
                : "deleting " + deleted.id() + " would make the database " + doing(key.onDelete()) + " rows of " + what
                        + " by itself (" + rule + ")";
        return (refuses ? FindingCode.BLOCKS : FindingCode.CASCADES)
                .finding(
                        covering.isEmpty() ? deleted.at() : covering.get(0).at(),
                        what,
                        does + ": " + because(covering) + ".",
                        fix(deleted, key, covering));
    }

    private static String doing(ReferentialAction action) {
        return action == ReferentialAction.CASCADE ? "delete" : "change";
    }

    private static String because(List<PlannedRole> covering) {
        if (covering.isEmpty()) {
            return "no link of the map reaches all of them";
        }
        PlannedRole first = covering.get(0);
        String role = first.id().toString();
        return switch (first.outcome()) {
            case LEAVE_ALONE -> "they are left alone (" + role + ") and would still refer to it";
            case DELETE, STASH, DELETE_AT_REQUEST ->
                role + " deletes them, but another role of the table may keep some by law";
            case ANONYMIZE, DETACH, REASSIGN, KEEP ->
                "the map would " + first.fate().word() + " them (" + role + ") and they would still refer to it";
            case OVERWRITE_WHILE_HIDDEN ->
                "hiding only overwrites them (" + role + ") and they would still refer to it";
            case UNDECIDED, UNSPECIFIED ->
                "the map does not say what becomes of them (" + role + ") and they would still refer to it";
        };
    }

    /** A link to what no link reaches; else the reference that is left let go, where it can; else the parent stays. */
    private SuggestedFix fix(PlannedRole deleted, ForeignKey key, List<PlannedRole> covering) {
        Optional<PlannedTable> child = bound.planned(key.child());
        FixSuggestions parent = new FixSuggestions(bound, deleted);
        if (deleted.referredTo()) {
            return parent.keepRow(
                    "several rows of " + key.child() + " may refer to it",
                    "where each of its rows has one owner only, make " + key.child() + "."
                            + String.join(", ", key.columns()) + " UNIQUE");
        }
        if (covering.isEmpty()) {
            String otherwise = "let " + deleted.id() + " stay: erase: { anonymize: … } or { keep: … }";
            boolean unmapped = child.isEmpty() && !bound.notPersonal().contains(key.child());
            return unmapped
                    ? unmapped(key, otherwise)
                    : child.map(c -> link(c, deleted, key, otherwise))
                            .orElseGet(() -> parent.keepRow(
                                    "rows of " + key.child() + " refer to it",
                                    "take it out of not-personal and map it"));
        }
        PlannedRole role = Objects.requireNonNull(covering.get(0));
        if (isOnlyKeptWithParent(role, key) && !nullable(key)) {
            return new FixSuggestions(bound, role).deletionWithParent("let " + deleted.id() + " stay");
        }
        boolean tied = role.keptByLaw() && !child.orElseThrow().deleting().isEmpty();
        SuggestedFix keepParent = parent.keepRow("rows of " + key.child() + " refer to it", "delete those, too");
        return switch (role.outcome()) {
            case UNSPECIFIED, UNDECIDED ->
                new FixSuggestions(bound, role).deletion("another fate that lets go of them");
            case LEAVE_ALONE, DELETE, STASH, DELETE_AT_REQUEST -> keepParent;
            case ANONYMIZE, DETACH, REASSIGN, KEEP, OVERWRITE_WHILE_HIDDEN ->
                tied || !nullable(key)
                        ? keepParent
                        : new FixSuggestions(bound, role)
                                .clearReference(key, "delete those rows, or let " + deleted.id() + " stay");
        };
    }

    /** Whether a draft, and not the map's owner, keeps the rows, because the row stays that they are part of. */
    private static boolean isOnlyKeptWithParent(PlannedRole role, ForeignKey key) {
        return role.fate()
                .keep()
                .filter(k -> k.isPartOf(key.parent().toString()))
                .isPresent();
    }

    private SuggestedFix unmapped(ForeignKey key, String otherwise) {
        Table child = bound.schema().table(key.child()).orElseThrow();
        return new TableSuggestions(bound).unmapped(child, Map.of(key.child(), key), otherwise);
    }

    private SuggestedFix link(PlannedTable child, PlannedRole deleted, ForeignKey key, String otherwise) {
        LinkSuggestions links = new LinkSuggestions(bound);
        SuggestedFix fix = deleted.id().equals(bound.self()) && refersToKey(key)
                ? links.ofSubject(child, key)
                : links.below(child, key, deleted.id());
        return new SuggestedFix(fix.paste(), fix.words().isEmpty() ? otherwise : fix.words() + ", or " + otherwise);
    }

    private boolean refersToKey(ForeignKey key) {
        List<String> subjectKey =
                bound.subject().key().stream().map(Column::name).toList();
        return subjectKey.containsAll(key.parentColumns())
                && key.parentColumns().containsAll(subjectKey);
    }

    private boolean nullable(ForeignKey key) {
        return bound.schema()
                .table(key.child())
                .map(t -> !FixSuggestions.emptied(t, key).isEmpty())
                .orElse(false);
    }
}
