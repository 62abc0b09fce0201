package dev.exeunt.internal.plan.check;

import dev.exeunt.internal.map.Fate;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.plan.fix.FateAnswers;
import dev.exeunt.internal.plan.fix.LinkSuggestions;
import dev.exeunt.internal.plan.fix.NamedTableFix;
import dev.exeunt.internal.plan.fix.TableSuggestions;
import dev.exeunt.internal.plan.rule.PersonNames;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ColumnPrefix;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.map.Finding;
import dev.exeunt.map.Finding.Position;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.SuggestedFix;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks that the map covers every table and foreign key that leads to the person, and gives each a fate. */
public final class CompletenessCheck {

    private final BoundMap bound;
    private final LinkSuggestions newLinks;
    private final TableSuggestions newTables;
    private final PersonNames names;
    private final NamedTableFix namedTables;
    private final List<Finding> findings = new ArrayList<>();

    private CompletenessCheck(BoundMap bound) {
        this.bound = bound;
        this.newLinks = new LinkSuggestions(bound);
        this.newTables = new TableSuggestions(bound);
        this.names = PersonNames.of(bound);
        this.namedTables = new NamedTableFix(bound);
    }

    public static List<Finding> check(BoundMap bound) {
        CompletenessCheck completeness = new CompletenessCheck(bound);
        completeness.unmappedTables();
        completeness.unmappedRoles();
        completeness.fates();
        return completeness.findings;
    }

    private void unmappedTables() {
        Map<TableName, ForeignKey> paths = paths();
        for (Table table : bound.schema().tables()) {
            if (bound.planned(table.name()).isPresent() || bound.notPersonal().contains(table.name())) {
                continue;
            }
            ForeignKey path = paths.get(table.name());
            if (path != null) {
                unmapped(
                        table,
                        table.name() + " is on a foreign-key path to the subject (" + path + ")",
                        newTables.unmapped(table, paths, otherwise(table)));
            } else if (table.name().equals(bound.subject().table().name())) {
                unmapped(
                        table,
                        "the subject's own table is not among the tables",
                        newTables.unmapped(table, paths, otherwise(table)));
            } else {
                subjectColumn(table)
                        .ifPresent(c -> unmapped(
                                table,
                                table.name() + "." + c.name() + " looks like the subject's key",
                                bySubjectColumn(table, c)));
            }
        }
    }

    /** In words where the column's name says that it refers to another table, such as {@code user_id} beside {@code users}. */
    private SuggestedFix bySubjectColumn(Table table, Column column) {
        return namedTables
                .named(table, column)
                .map(named -> SuggestedFix.words("for " + table.name() + ", " + namedTables.words(column, named, "")
                        + "; or " + otherwise(table)))
                .orElseGet(() ->
                        SuggestedFix.entries(List.of("tables"), newTables.table(table, column), otherwise(table)));
    }

    private static String otherwise(Table table) {
        return "another fate; or under not-personal: why " + table.name() + " holds no personal data";
    }

    private void unmapped(Table table, String why, SuggestedFix fix) {
        findings.add(FindingCode.UNMAPPED_TABLE.finding(
                bound.map().subject().table().at(),
                table.name().toString(),
                why + ", and the map does not say what becomes of it.",
                fix));
    }

    /** Tables below the subject, each with the foreign key that leads one step up. Nothing is looked for below not-personal. */
    private Map<TableName, ForeignKey> paths() {
        Map<TableName, ForeignKey> paths = new HashMap<>();
        Deque<Table> open = new ArrayDeque<>(List.of(bound.subject().table()));
        Map<TableName, Table> byName = bound.schema().byName();
        while (!open.isEmpty()) {
            for (ForeignKey key : bound.referringTo(open.remove())) {
                Table child = byName.get(key.child());
                boolean known = key.child().equals(bound.subject().table().name())
                        || bound.notPersonal().contains(key.child());
                if (child != null && !known && paths.putIfAbsent(key.child(), key) == null) {
                    open.add(child);
                }
            }
        }
        return paths;
    }

    /** A column named like {@code user_id} of a type that could hold the key. */
    private Optional<Column> subjectColumn(Table table) {
        if (bound.subject().key().size() != 1) {
            return Optional.empty();
        }
        Column key = bound.subject().key().get(0);
        return table.columns().stream()
                .filter(c -> names.nameKey(c.name()) || names.nameKey(ColumnPrefix.bareName(table, c.name())))
                .filter(c -> c.type().category() == key.type().category())
                .findFirst();
    }

    private void unmappedRoles() {
        for (ForeignKey key : bound.referringTo(bound.subject().table())) {
            bound.planned(key.child())
                    .filter(t -> !named(t, key))
                    .ifPresent(t -> findings.add(FindingCode.UNMAPPED_ROLE.finding(
                            position(t),
                            key.child() + "." + String.join(", ", key.columns()),
                            "the foreign key " + key.name() + " (" + key
                                    + ") leads to the subject, and no link names it.",
                            newLinks.ofSubject(t, key))));
        }
    }

    private boolean named(PlannedTable table, ForeignKey key) {
        return table.roles().stream()
                .filter(r -> !r.id().equals(bound.self()))
                .filter(r -> r.source() instanceof KeySource.SubjectKeyValues
                        || r.source() instanceof KeySource.RoleRows rows
                                && rows.roles().contains(bound.self()))
                .anyMatch(r -> r.on().stream().map(Column::name).toList().containsAll(key.columns())
                        && key.columns().size() == r.on().size());
    }

    private Position position(PlannedTable table) {
        return bound.mapEntry(table.name()).orElseThrow().table().at();
    }

    private void fates() {
        List<Finding> missing = bound.roles().stream()
                .flatMap(role -> missingFate(role).stream())
                .toList();
        findings.addAll(missing);
        if (missing.isEmpty()) {
            bound.roles().stream()
                    .filter(role -> role.fate()
                            .keep()
                            .filter(Fate.Keep::followsQuestion)
                            .isPresent())
                    .map(this::forgotten)
                    .forEach(findings::add);
        }
    }

    private Finding forgotten(PlannedRole role) {
        String reason = role.fate().keep().orElseThrow().reason();
        return missingFate(
                FindingCode.UNDECIDED,
                role,
                role.id() + " is kept with the reason \"" + reason
                        + "\". Every question is answered now, and this role still waits for one.");
    }

    private Optional<Finding> missingFate(PlannedRole role) {
        return switch (role.outcome()) {
            case UNSPECIFIED ->
                Optional.of(missingFate(
                        FindingCode.NO_FATE,
                        role,
                        "the map does not say what becomes of " + role.id() + " when the person is erased."));
            case UNDECIDED ->
                Optional.of(missingFate(
                        FindingCode.UNDECIDED, role, "what becomes of " + role.id() + " is still undecided."));
            case DELETE, ANONYMIZE, DETACH, REASSIGN, KEEP, LEAVE_ALONE -> Optional.empty();
            case STASH, OVERWRITE_WHILE_HIDDEN, DELETE_AT_REQUEST -> Optional.empty();
        };
    }

    private Finding missingFate(FindingCode code, PlannedRole role, String message) {
        return code.finding(role.fate().at(), role.id().toString(), message, FateAnswers.fix(bound, role));
    }
}
