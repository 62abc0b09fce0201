package dev.exeunt.internal.plan.rule;

import dev.exeunt.internal.map.Rule;
import dev.exeunt.internal.map.Rule.TemplatePlaceholder;
import dev.exeunt.internal.plan.ColumnAssignment;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.plan.text.SqlWords;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.Index;
import java.util.List;

/** Decides whether the unique indexes of a table still hold each value once when the rules are applied. */
public final class IndexUniqueness {

    private final PlannedTable table;

    public IndexUniqueness(PlannedTable table) {
        this.table = table;
    }

    /** Returns whether no unique index that the assignment touches could hold the same value twice. */
    public boolean isKept(PlannedRole role, ColumnAssignment assignment) {
        return table.table().indexes().stream()
                .filter(i -> touching(role, i).contains(assignment))
                .allMatch(i -> isKept(role, i));
    }

    /** Returns the role's assignments that may change what the index holds. */
    public List<ColumnAssignment> touching(PlannedRole role, Index index) {
        return role.assignments().stream().filter(a -> touches(index, a)).toList();
    }

    /** Returns whether the role's rules leave no value twice in the index. */
    public boolean isKept(PlannedRole role, Index index) {
        List<ColumnAssignment> touching = touching(role, index);
        return !index.unique()
                || touching.isEmpty()
                || touching.stream().anyMatch(a -> distinct(index, role, a) || leaves(index, a))
                || hasOtherDistinctColumns(index);
    }

    /**
     * Returns whether the assignment may change what the index holds. A generated column may depend on any other: the catalog's
     * records do not say on which.
     */
    public boolean touches(Index index, ColumnAssignment assignment) {
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

    /** Returns whether other columns of the index, which no rule changes, already differ from row to row. */
    public boolean hasOtherDistinctColumns(Index index) {
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
}
