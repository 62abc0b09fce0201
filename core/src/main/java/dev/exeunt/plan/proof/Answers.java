package dev.exeunt.plan.proof;

import dev.exeunt.map.Fate;
import dev.exeunt.map.Fix;
import dev.exeunt.map.Paste;
import dev.exeunt.map.Rule;
import dev.exeunt.plan.Assignment;
import dev.exeunt.plan.BoundMap;
import dev.exeunt.plan.Place;
import dev.exeunt.plan.PlannedRole;
import dev.exeunt.schema.Column;
import dev.exeunt.schema.ForeignKey;
import dev.exeunt.schema.Table;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Fixes for what a role says: other rules, other fates, each written so that the same proof lets it pass. */
final class Answers {

    private final BoundMap bound;
    private final PlannedRole role;
    private final Fitting fitting;

    Answers(BoundMap bound, PlannedRole role) {
        this.bound = bound;
        this.role = role;
        this.fitting = new Fitting(bound, role);
    }

    /** A value that the column takes; for a link's column, whose value the fate makes, another fate. */
    Fix anotherRule(Assignment assignment) {
        Column column = assignment.column();
        if (!ruled(assignment)) {
            return erase(FateText.DELETE, "let the link stay: erase: { anonymize: … } or { keep: … }");
        }
        if (!column.writable()) {
            return leavingOut(assignment);
        }
        String wanted = assignment.rule() instanceof Rule.Literal literal ? literal.text() : "";
        String now = FateText.value(assignment.rule());
        Optional<String> value = fitting.of(column, wanted);
        return value.map(v -> Fix.value(now, v, "another value that the column takes"))
                .orElseGet(() -> leavingOut(assignment));
    }

    /** The fate without this rule; the column stays as it is, and the map says so. */
    Fix leavingOut(Assignment assignment) {
        String column = assignment.column().name();
        if (!ruled(assignment)) {
            return erase(FateText.DELETE, "let the link stay: erase: { anonymize: … } or { keep: … }");
        }
        FateText rest = FateText.of(role.fate()).without(column);
        FateText said = rest.saysNothing()
                ? FateText.keep("its columns cannot be overwritten").retaining(rest.retain())
                : rest;
        boolean asked = ColumnFindings.asks(assignment.column());
        return erase((asked ? said.retaining(List.of(column)) : said).yaml(), "delete the rows: erase: delete");
    }

    /** NULL where the column takes it, since that refers to nothing. */
    Fix referringToNothing(Assignment assignment) {
        Column column = assignment.column();
        boolean nullable = !column.notNull() && !role.table().primaryKey().contains(column.name());
        String otherwise = "a value for each of the key's columns that some row has";
        if (ruled(assignment)) {
            return nullable
                    ? Fix.value(FateText.value(assignment.rule()), "null", otherwise)
                    : erase(FateText.DELETE, otherwise);
        }
        FateText fate = FateText.of(role.fate());
        FateText detached = new FateText(FateText.DETACH.main(), fate.rules(), fate.retain());
        return erase(nullable ? detached.yaml() : FateText.DELETE, otherwise);
    }

    /** Every column of a {@code MATCH FULL} key becomes NULL, where all can. */
    Fix emptying(ForeignKey key) {
        if (emptied(role.table(), key).isEmpty()) {
            return erase(FateText.DELETE, "leave all of them as they are");
        }
        FateText fate = FateText.of(role.fate());
        Set<String> emptied = new HashSet<>();
        role.assignments().stream()
                .filter(a -> a.rule() instanceof Rule.Null)
                .forEach(a -> emptied.add(a.column().name()));
        for (String column : key.columns()) {
            fate = emptied.contains(column) ? fate : fate.with(column, "null");
        }
        return erase(fate.yaml(), "leave all of them as they are");
    }

    /** The columns that nobody has spoken of, each with a rule that fits, or retained. */
    Fix speakingOf(List<Column> unnamed) {
        FateText fate = FateText.of(role.fate());
        String otherwise = "retain: "
                + FateText.list(unnamed.stream().map(Column::name).toList()) + " under erase, for what may stay";
        FateText answered = fitting.answering(fate, unnamed);
        boolean besideOthers = Place.inline(bound, role) && !fate.rules().isEmpty();
        if (besideOthers && erase("", "").paste() != null && answered.retain().equals(fate.retain())) {
            FateText added = fitting.answering(FateText.ANONYMIZE, unnamed);
            List<String> place = new java.util.ArrayList<>(Place.of(bound, role));
            place.addAll(List.of("erase", "anonymize"));
            return new Fix(new Paste.Entries(place, added.rulesYaml()), otherwise);
        }
        return erase(answered.yaml(), otherwise);
    }

    /** The row stays, and is made to tell nothing; so whatever refers to it may go on doing so. */
    Fix staying(String reason, String otherwise) {
        return erase(fitting.staying(reason).yaml(), otherwise);
    }

    /** The role as it is, and this key refers to nothing any more. */
    Fix lettingGo(ForeignKey key, String otherwise) {
        FateText fate = FateText.of(role.fate());
        List<String> emptied = emptied(role.table(), key);
        boolean link = role.on().stream().map(Column::name).toList().equals(emptied);
        if (link && role.fate() instanceof Fate.Anonymize) {
            return erase(new FateText(FateText.DETACH.main(), fate.rules(), fate.retain()).yaml(), otherwise);
        }
        for (String column : emptied) {
            fate = fate.with(column, "null");
        }
        return erase(fate.yaml(), otherwise);
    }

    /** The columns of a key to empty so that it refers to nothing; none where that cannot be. */
    static List<String> emptied(Table table, ForeignKey key) {
        List<String> nullable = key.columns().stream()
                .map(table::require)
                .filter(c -> !c.notNull() && c.writable() && !table.primaryKey().contains(c.name()))
                .map(Column::name)
                .toList();
        boolean enough = !key.matchFull() || nullable.size() == key.columns().size();
        return enough ? nullable : List.of();
    }

    /** In words alone where each flow has a fate of its own: the paste would be for all of them. */
    Fix erase(String yaml, String otherwise) {
        long fates = bound.map(role.id().table()).orElseThrow().roles().stream()
                .filter(r -> r.name().equals(role.id().role()))
                .flatMap(r -> r.handling().fates().values().stream())
                .filter(f -> !(f instanceof Fate.Untouched))
                .distinct()
                .count();
        return fates > 1
                ? Fix.words("for this flow, " + yaml + "\nor " + otherwise)
                : Fix.entries(Place.of(bound, role), yaml, otherwise);
    }

    /** Whether the map says so by a rule; what detach and reassign write the fate says. */
    private boolean ruled(Assignment assignment) {
        return role.fate().rules().stream().anyMatch(r -> r.rule().equals(assignment.rule()));
    }
}
