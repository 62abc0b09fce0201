package dev.exeunt.internal.plan.fix;

import dev.exeunt.internal.map.Rule;
import dev.exeunt.internal.map.Rule.TemplatePart;
import dev.exeunt.internal.map.Rule.TemplatePlaceholder;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.ColumnAssignment;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.plan.rule.ColumnWritability;
import dev.exeunt.internal.plan.rule.IndexUniqueness;
import dev.exeunt.internal.plan.rule.UnnamedColumns;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ColumnHeuristics;
import dev.exeunt.internal.schema.SqlType;
import dev.exeunt.map.Finding.Position;
import dev.exeunt.support.text.SpellingSuggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Suggests a rule for a column: the first of the usual ones that passes the checks. */
final class RuleSuggestion {

    private static final Position NOWHERE = new Position("", 0, 0);
    private static final Set<String> MAIL = Set.of("email", "mail");

    private final BoundMap bound;
    private final PlannedRole role;
    private final ColumnWritability writability;

    RuleSuggestion(BoundMap bound, PlannedRole role) {
        this.bound = bound;
        this.role = role;
        this.writability = new ColumnWritability(bound);
    }

    /** As the map writes it; empty where none of the usual ones fits. */
    Optional<String> of(Column column) {
        return of(column, "");
    }

    /** @param wanted what stands there now: an enum's label is taken for the nearest one */
    Optional<String> of(Column column, String wanted) {
        boolean inherited = !role.table().name().equals(role.id().table());
        if (inherited || !column.writable() || writability.isReferenced(role.table(), column)) {
            return Optional.empty();
        }
        return candidates(column, wanted)
                .filter(rule -> passes(new ColumnAssignment(column, rule)))
                .map(FateYaml::value)
                .findFirst();
    }

    /**
     * Covers free-form columns that the map does not name: it overwrites them if a value fits, and retains them
     * otherwise.
     */
    FateYaml coverUnnamedColumns(FateYaml fate, List<Column> unnamed) {
        FateYaml answered = fate;
        List<String> retained = new ArrayList<>();
        for (Column column : unnamed) {
            Optional<String> value = of(column);
            if (value.isPresent()) {
                answered = answered.with(column.name(), value.get());
            } else {
                retained.add(column.name());
            }
        }
        return answered.retaining(retained);
    }

    /** Suggests to keep the row without its personal data; with a reason if it has none. */
    FateYaml staying(String reason) {
        FateYaml stays = coverUnnamedColumns(FateYaml.ANONYMIZE, UnnamedColumns.of(role, Set.of()));
        return stays.saysNothing() ? FateYaml.keep(reason).retaining(stays.retain()) : stays;
    }

    private boolean passes(ColumnAssignment assignment) {
        List<ColumnAssignment> others = role.assignments().stream()
                .filter(a -> !a.column().equals(assignment.column()))
                .toList();
        PlannedRole tried = role.withFate(
                role.fate(),
                Stream.concat(others.stream(), Stream.of(assignment)).toList());
        PlannedTable table = bound.planned(role.table().name()).orElseThrow();
        List<PlannedRole> roles = table.roles().stream()
                .map(r -> r.id().equals(role.id()) ? tried : r)
                .toList();
        boolean refers = role.table().foreignKeys().stream()
                .anyMatch(key -> key.columns().contains(assignment.column().name()));
        return (!refers || assignment.rule() instanceof Rule.NullRule)
                && writability.refusal(tried, assignment).isEmpty()
                && new IndexUniqueness(
                                new PlannedTable(table.table(), table.section(), table.words(), table.files(), roles))
                        .isKept(tried, assignment);
    }

    private static Stream<Rule> candidates(Column column, String wanted) {
        Stream<Rule> meant = SpellingSuggestion.closest(wanted, column.type().enumLabels()).stream()
                .map(RuleSuggestion::literal);
        Stream<Rule> first = Stream.concat(meant, Stream.of(new Rule.NullRule(NOWHERE)));
        return Stream.concat(first, column.type().isText() ? texts(column) : values(column.type()));
    }

    private static Stream<Rule> texts(Column column) {
        TemplatePart key = new TemplatePart.PlaceholderValue(TemplatePlaceholder.KEY);
        TemplatePart random = new TemplatePart.PlaceholderValue(TemplatePlaceholder.RANDOM);
        TemplatePart deleted = new TemplatePart.FixedText("deleted-");
        TemplatePart nowhere = new TemplatePart.FixedText("@erased.invalid");
        boolean mail = ColumnHeuristics.nameWords(column.name()).stream().anyMatch(MAIL::contains);
        Stream<Rule> mails =
                mail ? Stream.of(template(deleted, key, nowhere), template(deleted, random, nowhere)) : Stream.of();
        Stream<Rule> constants = mail ? Stream.of() : Stream.of(literal("[deleted]"), literal("deleted"));
        Stream<Rule> distinct = Stream.of(
                template(deleted, key), template(key), template(deleted, random), template(random), literal(""));
        return Stream.of(mails, constants, distinct).flatMap(s -> s);
    }

    private static Stream<Rule> values(SqlType type) {
        if (type.isEnum()) {
            return type.enumLabels().stream().map(RuleSuggestion::literal);
        }
        if (type.isArray() || type.isJson()) {
            return Stream.of(literal("{}"));
        }
        if (type.isDateOrTimestamp()) {
            return Stream.of(template(new TemplatePart.PlaceholderValue(TemplatePlaceholder.NOW)));
        }
        return switch (type.baseName()) {
            case "uuid" -> Stream.of(template(new TemplatePart.PlaceholderValue(TemplatePlaceholder.RANDOM)));
            case "bytea", "hstore", "tsvector" -> Stream.of(literal(""));
            case "inet", "cidr" -> Stream.of(literal("0.0.0.0"));
            case "macaddr" -> Stream.of(literal("00:00:00:00:00:00"));
            case "macaddr8" -> Stream.of(literal("00:00:00:00:00:00:00:00"));
            case "point" -> Stream.of(literal("(0,0)"));
            case "bool" -> Stream.of(literal("false"));
            default -> type.category() == 'N' ? Stream.of(literal("0")) : Stream.of();
        };
    }

    private static Rule literal(String text) {
        return new Rule.LiteralRule(text, NOWHERE);
    }

    private static Rule template(TemplatePart... parts) {
        return new Rule.TemplateRule(List.of(parts), NOWHERE);
    }
}
