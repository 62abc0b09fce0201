package dev.exeunt.internal.plan.check;

import dev.exeunt.internal.map.Rule;
import dev.exeunt.internal.map.Rule.TemplatePlaceholder;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.ColumnAssignment;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.plan.fix.FixSuggestions;
import dev.exeunt.internal.plan.text.SqlWords;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.Index;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.Position;
import java.util.ArrayList;
import java.util.List;

/** Checks that no unique index could come to hold the same value twice once the rules are applied. */
public final class UniquenessCheck {

    private final PlannedTable table;

    private UniquenessCheck(PlannedTable table) {
        this.table = table;
    }

    public static List<Finding> check(BoundMap bound) {
        List<Finding> findings = new ArrayList<>();
        for (PlannedTable table : bound.tablesWithInheriting()) {
            UniquenessCheck uniqueness = new UniquenessCheck(table);
            for (PlannedRole role : table.assigning()) {
                for (Index index : table.table().indexes()) {
                    List<ColumnAssignment> touching = uniqueness.touching(role, index);
                    if (!uniqueness.safe(role, index)) {
                        findings.add(finding(bound, role, index, touching.get(0)));
                    }
                }
            }
        }
        return findings;
    }

    /** Unique values that a row gives up while it is hidden, so that somebody else may have taken them when it comes back. */
    static List<Finding> checkFreedValues(BoundMap hidden) {
        List<Finding> findings = new ArrayList<>();
        for (PlannedTable table : hidden.tables()) {
            UniquenessCheck uniqueness = new UniquenessCheck(table);
            table.assigning().forEach(role -> findings.addAll(uniqueness.checkFreedValues(role)));
        }
        return findings;
    }

    /** The same of rows that are moved away whole: where somebody has taken their place, they cannot come back. */
    static List<Finding> checkMovedRows(BoundMap hidden) {
        List<Finding> findings = new ArrayList<>();
        for (PlannedTable table : hidden.tables()) {
            UniquenessCheck uniqueness = new UniquenessCheck(table);
            table.deleting().forEach(role -> findings.addAll(uniqueness.checkMovedRows(role)));
        }
        return findings;
    }

    private List<Finding> checkFreedValues(PlannedRole role) {
        List<Finding> findings = new ArrayList<>();
        for (Index index : table.table().indexes()) {
            role.assignments().stream()
                    .filter(a -> index.unique() && touches(index, a) && !toldApartAnyway(index))
                    .findFirst()
                    .ifPresent(a -> findings.add(
                            taken(a.rule().at(), table.name() + "." + a.column().name(), index)));
        }
        return findings;
    }

    /** A key that the database makes itself, or that holds the person, comes to nobody else. */
    private List<Finding> checkMovedRows(PlannedRole role) {
        List<Finding> findings = new ArrayList<>();
        for (Index index : table.table().indexes()) {
            boolean theirs = index.expressions().isEmpty()
                    && role.on().stream().map(Column::name).allMatch(index.columns()::contains);
            boolean made = index.columns().stream()
                    .flatMap(c -> table.table().column(c).stream())
                    .anyMatch(c -> c.hasDefault() || c.identityAlways());
            boolean back = role.outcome().putsRowsAside();
            if (back && index.unique() && !theirs && !made) {
                findings.add(taken(role.fate().at(), table.name() + "." + index.name(), index));
            }
        }
        return findings;
    }

    private static Finding taken(Position at, String what, Index index) {
        return FindingCode.CANNOT_HOLD.finding(
                at,
                what,
                "while a row is hidden somebody else may take its place in the unique index " + index.name() + ".",
                "leave what is unique as it is, or hide nothing here (row security hides at no cost)");
    }

    /** Whether no unique index that this assignment bears on could come to hold the same twice. */
    public static boolean holds(PlannedTable table, PlannedRole role, ColumnAssignment assignment) {
        UniquenessCheck uniqueness = new UniquenessCheck(table);
        return table.table().indexes().stream()
                .filter(i -> uniqueness.touching(role, i).contains(assignment))
                .allMatch(i -> uniqueness.safe(role, i));
    }

    private List<ColumnAssignment> touching(PlannedRole role, Index index) {
        return role.assignments().stream().filter(a -> touches(index, a)).toList();
    }

    private boolean safe(PlannedRole role, Index index) {
        List<ColumnAssignment> touching = touching(role, index);
        return !index.unique()
                || touching.isEmpty()
                || touching.stream().anyMatch(a -> distinct(index, role, a) || leaves(index, a))
                || toldApartAnyway(index);
    }

    /** A generated column may come of any other: the catalogue's records do not say of which. */
    private boolean touches(Index index, ColumnAssignment assignment) {
        String column = assignment.column().name();
        boolean generated = index.columns().stream()
                .flatMap(c -> table.table().column(c).stream())
                .anyMatch(Column::generated);
        return holds(index, column)
                || SqlWords.of(index.predicate()).mention(column)
                || generated && !(assignment.rule() instanceof Rule.NullRule);
    }

    private static boolean holds(Index index, String column) {
        return index.columns().contains(column)
                || index.expressions().stream().anyMatch(e -> SqlWords.of(e).mention(column));
    }

    /** Whether what the rule writes is no other row's: NULL, something random, or the key where each person has one row. */
    private boolean distinct(Index index, PlannedRole role, ColumnAssignment assignment) {
        Rule rule = assignment.rule();
        if (rule instanceof Rule.SqlRule) {
            return true; // what it makes cannot be told from the catalogue
        }
        if (!holds(index, assignment.column().name())) {
            return false;
        }
        if (rule instanceof Rule.NullRule) {
            return !index.nullsNotDistinct()
                    && index.expressions().stream()
                            .noneMatch(e -> SqlWords.of(e).use("coalesce"));
        }
        return rule instanceof Rule.TemplateRule template
                && (template.uses(TemplatePlaceholder.RANDOM)
                        || template.uses(TemplatePlaceholder.KEY)
                                && oneRowEach(role)
                                && keyedByOneRole(assignment.column()));
    }

    /** Through rows of theirs a person may have many, however unique the column is. */
    private boolean oneRowEach(PlannedRole role) {
        if (role.source() instanceof KeySource.RoleRows) {
            return false;
        }
        List<String> on = role.on().stream().map(Column::name).toList();
        return table.table().indexes().stream().anyMatch(i -> i.uniqueForAll() && on.containsAll(i.columns()));
    }

    private boolean keyedByOneRole(Column column) {
        return table.roles().stream()
                        .flatMap(r -> r.assignments().stream())
                        .filter(a -> a.column().equals(column))
                        .filter(a -> a.rule() instanceof Rule.TemplateRule t && t.uses(TemplatePlaceholder.KEY))
                        .count()
                == 1;
    }

    /** Whether the rule takes the row out of a partial index: {@code WHERE deleted_at IS NULL}, and it gets a value. */
    private static boolean leaves(Index index, ColumnAssignment assignment) {
        String plain = index.predicate().replaceAll("[()]", "").replaceAll("::[a-z_.\"]+( varying)?", "");
        if (SqlWords.of(plain).use("or")) {
            return false;
        }
        Rule rule = assignment.rule();
        String column = assignment.column().name();
        String value = rule instanceof Rule.LiteralRule literal ? literal.text() : null;
        for (String condition : plain.split(" AND ")) {
            String of = condition.replace("\"" + column + "\"", column);
            boolean out = rule instanceof Rule.NullRule
                    ? of.equals(column + " IS NOT NULL")
                            || of.equals(column)
                            || of.equals("NOT " + column)
                            || of.startsWith(column + " = ")
                    : !(rule instanceof Rule.SqlRule) && of.equals(column + " IS NULL")
                            || value != null && excludes(of, column, value);
            if (out) {
                return true;
            }
        }
        return false;
    }

    private static boolean excludes(String condition, String column, String value) {
        return condition.equals("NOT " + column) && value.equalsIgnoreCase("true")
                || condition.equals(column) && value.equalsIgnoreCase("false")
                || condition.matches("\\Q" + column + "\\E = '[^']*'") && !condition.endsWith(" = '" + value + "'");
    }

    /** Whether other columns of the index, which nothing changes, already differ from row to row. */
    private boolean toldApartAnyway(Index index) {
        return table.table().indexes().stream()
                .filter(other -> !other.name().equals(index.name()) && other.uniqueForAll())
                .filter(other -> index.columns().containsAll(other.columns()))
                .anyMatch(other -> other.columns().stream().allMatch(c -> steady(c, index)));
    }

    private boolean steady(String column, Index index) {
        Column found = table.table().require(column);
        return !found.generated()
                && (found.notNull() || !index.nullsNotDistinct())
                && table.roles().stream()
                        .flatMap(r -> r.assignments().stream())
                        .noneMatch(a -> a.column().name().equals(column));
    }

    private static Finding finding(BoundMap bound, PlannedRole role, Index index, ColumnAssignment assignment) {
        String what = role.table().name() + "." + assignment.column().name();
        return FindingCode.CANNOT_HOLD.finding(
                assignment.rule().at(),
                what,
                what + " cannot take what " + role.id() + " writes: the unique index " + index.name()
                        + " could then hold the same twice.",
                new FixSuggestions(bound, role).anotherRule(assignment));
    }
}
