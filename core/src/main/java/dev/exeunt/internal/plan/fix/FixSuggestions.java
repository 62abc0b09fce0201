package dev.exeunt.internal.plan.fix;

import dev.exeunt.internal.map.Rule;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.ColumnAssignment;
import dev.exeunt.internal.plan.MapPath;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.rule.UnnamedColumns;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.map.SuggestedFix;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Suggests fixes for a role: other rules or fates that pass the same checks. What a user could regret to have pasted is said
 * in words, for the user to decide: another fate than the one the map has, rows that others use, or a column that tells of the person.
 */
public final class FixSuggestions {

    private final BoundMap bound;
    private final PlannedRole role;
    private final RuleSuggestion fitting;

    public FixSuggestions(BoundMap bound, PlannedRole role) {
        this.bound = bound;
        this.role = role;
        this.fitting = new RuleSuggestion(bound, role);
    }

    /** A value that the column takes; for a link's column, whose value the fate makes, another fate. */
    public SuggestedFix anotherRule(ColumnAssignment assignment) {
        Column column = assignment.column();
        if (!ruled(assignment)) {
            return otherFate(FateYaml.DELETE, "let the link stay: erase: { anonymize: … } or { keep: … }");
        }
        if (!column.writable()) {
            return leavingOut(assignment);
        }
        String wanted = assignment.rule() instanceof Rule.LiteralRule literal ? literal.text() : "";
        String now = FateYaml.value(assignment.rule());
        Optional<String> value = fitting.of(column, wanted);
        return value.map(v -> SuggestedFix.value(now, v, "another value that the column takes"))
                .orElseGet(() -> leavingOut(assignment));
    }

    /** The fate without this rule; the column stays as it is, and the map says so. */
    public SuggestedFix leavingOut(ColumnAssignment assignment) {
        String column = assignment.column().name();
        if (!ruled(assignment)) {
            return otherFate(FateYaml.DELETE, "let the link stay: erase: { anonymize: … } or { keep: … }");
        }
        FateYaml rest = FateYaml.of(role.fate()).without(column);
        FateYaml said = rest.saysNothing()
                ? FateYaml.keep("its columns cannot be overwritten").retaining(rest.retain())
                : rest;
        boolean asked = UnnamedColumns.needsRule(assignment.column());
        FateYaml left = asked ? said.retaining(List.of(column)) : said;
        String otherwise = "delete the rows: erase: delete";
        boolean regrettable =
                asked && rest.saysNothing() || left.retainsPersonalData(role.table(), FateYaml.of(role.fate()));
        return regrettable ? otherFate(left.yaml(), otherwise) : erase(left.yaml(), otherwise);
    }

    /** NULL where the column takes it, since that refers to nothing. */
    public SuggestedFix referringToNothing(ColumnAssignment assignment) {
        Column column = assignment.column();
        boolean nullable = !column.notNull() && !role.table().primaryKey().contains(column.name());
        String otherwise = "a value for each of the key's columns that some row has";
        if (ruled(assignment)) {
            return nullable
                    ? SuggestedFix.value(FateYaml.value(assignment.rule()), "null", otherwise)
                    : otherFate(FateYaml.DELETE, otherwise);
        }
        FateYaml fate = FateYaml.of(role.fate());
        FateYaml detached = new FateYaml(FateYaml.DETACH.main(), fate.rules(), fate.retain());
        return otherFate(nullable ? detached.yaml() : FateYaml.DELETE, otherwise);
    }

    /** Every column of a {@code MATCH FULL} key becomes NULL, where all can. */
    public SuggestedFix emptying(ForeignKey key) {
        if (emptied(role.table(), key).isEmpty()) {
            return otherFate(FateYaml.DELETE, "leave all of them as they are");
        }
        FateYaml fate = FateYaml.of(role.fate());
        Set<String> emptied = new HashSet<>();
        role.assignments().stream()
                .filter(a -> a.rule() instanceof Rule.NullRule)
                .forEach(a -> emptied.add(a.column().name()));
        for (String column : key.columns()) {
            fate = emptied.contains(column) ? fate : fate.with(column, "null");
        }
        return erase(fate.yaml(), "leave all of them as they are");
    }

    /**
     * The columns that the map does not name: each with a rule that fits where the map overwrites the rows already; else
     * retained, since others go on using the rows. In words where a column that tells of the person would have to be retained.
     */
    public SuggestedFix coverUnnamedColumns(List<Column> unnamed) {
        FateYaml fate = FateYaml.of(role.fate());
        String otherwise = "retain: "
                + FateYaml.list(unnamed.stream().map(Column::name).toList()) + " under erase, for what may stay";
        FateYaml covered = fitting.coverUnnamedColumns(fate, unnamed);
        FateYaml answered = overwritesOwnRows()
                ? covered
                : fate.retaining(unnamed.stream().map(Column::name).toList());
        if (answered.retainsPersonalData(role.table(), fate)) {
            return otherFate(covered.yaml(), otherwise);
        }
        FateYaml added = fitting.coverUnnamedColumns(FateYaml.ANONYMIZE, unnamed);
        boolean besideOthers =
                MapPath.hasInlineRole(bound, role) && !fate.rules().isEmpty() && added.hasOneRule();
        if (besideOthers && erase("", "").paste() != null && answered.retain().equals(fate.retain())) {
            List<String> place = new java.util.ArrayList<>(MapPath.pathTo(bound, role));
            place.addAll(List.of("erase", "anonymize"));
            return new SuggestedFix(new SuggestedFix.MapEntries(place, added.onlyRule()), otherwise);
        }
        return erase(answered.yaml(), otherwise);
    }

    /** Whether the map overwrites the role's rows, and no row of another person refers to them. */
    private boolean overwritesOwnRows() {
        return switch (role.outcome()) {
            case ANONYMIZE, OVERWRITE_WHILE_HIDDEN -> !role.referredTo();
            case DELETE, DETACH, REASSIGN, KEEP, LEAVE_ALONE, UNDECIDED, UNSPECIFIED -> false;
            case STASH, DELETE_AT_REQUEST -> false;
        };
    }

    /** The row stays, so that whatever refers to it may go on doing so; overwritten unless others refer to it. */
    public SuggestedFix keepRow(String reason, String otherwise) {
        FateYaml shared = FateYaml.keep(reason)
                .retaining(UnnamedColumns.of(role, Set.of()).stream()
                        .map(Column::name)
                        .toList());
        return otherFate((role.referredTo() ? shared : fitting.staying(reason)).yaml(), otherwise);
    }

    /** The rows go, where the map says nothing yet and the rows are not ones that others refer to. */
    public SuggestedFix deletion(String otherwise) {
        return saysNothing() && !role.referredTo()
                ? erase(FateYaml.DELETE, otherwise)
                : otherFate(FateYaml.DELETE, otherwise);
    }

    /** The rows go along with those that they are part of; pasted, since no user has said that they stay. */
    public SuggestedFix deletionWithParent(String otherwise) {
        return erase(FateYaml.DELETE, otherwise);
    }

    private boolean saysNothing() {
        return switch (role.outcome()) {
            case UNSPECIFIED -> true;
            case DELETE, ANONYMIZE, DETACH, REASSIGN, KEEP, LEAVE_ALONE, UNDECIDED -> false;
            case STASH, OVERWRITE_WHILE_HIDDEN, DELETE_AT_REQUEST -> false;
        };
    }

    /** The role as it is, and this key refers to nothing any more. */
    public SuggestedFix clearReference(ForeignKey key, String otherwise) {
        FateYaml fate = FateYaml.of(role.fate());
        List<String> emptied = emptied(role.table(), key);
        boolean link = role.on().stream().map(Column::name).toList().equals(emptied);
        if (link && canDetachInstead()) {
            return erase(new FateYaml(FateYaml.DETACH.main(), fate.rules(), fate.retain()).yaml(), otherwise);
        }
        for (String column : emptied) {
            fate = fate.with(column, "null");
        }
        return erase(fate.yaml(), otherwise);
    }

    /** Whether the same rules could stand beside {@code detach}. */
    private boolean canDetachInstead() {
        return switch (role.outcome()) {
            case ANONYMIZE -> true;
            case DELETE, DETACH, REASSIGN, KEEP, LEAVE_ALONE, UNDECIDED, UNSPECIFIED -> false;
            case STASH, OVERWRITE_WHILE_HIDDEN, DELETE_AT_REQUEST -> false;
        };
    }

    /** The columns of a key to empty so that it refers to nothing; none where that cannot be. */
    public static List<String> emptied(Table table, ForeignKey key) {
        List<String> nullable = key.columns().stream()
                .map(table::require)
                .filter(c -> !c.notNull() && c.writable() && !table.primaryKey().contains(c.name()))
                .map(Column::name)
                .toList();
        boolean enough = !key.matchFull() || nullable.size() == key.columns().size();
        return enough ? nullable : List.of();
    }

    /** In words: a paste would undo what the map says, or could harm what others use. */
    private SuggestedFix otherFate(String yaml, String otherwise) {
        return SuggestedFix.words("for " + role.id() + ", " + yaml + "\nor " + otherwise);
    }

    /** In words alone where each flow has a fate of its own: the paste would be for all of them. */
    public SuggestedFix erase(String yaml, String otherwise) {
        long fates = bound.mapEntry(role.id().table()).orElseThrow().roles().stream()
                .filter(r -> r.name().equals(role.id().role()))
                .flatMap(r -> r.handling().fates().values().stream())
                .filter(f -> !f.outcome().leavesRowsAlone())
                .distinct()
                .count();
        return fates > 1
                ? SuggestedFix.words("for this flow, " + yaml + "\nor " + otherwise)
                : SuggestedFix.entries(MapPath.pathTo(bound, role), yaml, otherwise);
    }

    /** Whether the map says so by a rule; what detach and reassign write the fate says. */
    private boolean ruled(ColumnAssignment assignment) {
        return role.fate().rules().stream().anyMatch(r -> r.rule().equals(assignment.rule()));
    }
}
