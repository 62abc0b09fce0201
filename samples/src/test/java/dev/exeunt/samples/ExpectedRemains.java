package dev.exeunt.samples;

import dev.exeunt.internal.map.Fate;
import dev.exeunt.internal.map.Rule;
import dev.exeunt.internal.map.Rule.TemplatePart;
import dev.exeunt.internal.map.Rule.TemplatePlaceholder;
import dev.exeunt.internal.plan.ColumnAssignment;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.samples.RowReachability.RowWithRoles;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Decides from the map what must remain of a row after an erasure. */
final class ExpectedRemains {

    private ExpectedRemains() {}

    /** A row goes where a role deletes it, unless another keeps it by law. */
    static boolean goes(RowWithRoles row) {
        return row.roles.stream().anyMatch(PlannedRole::deletes)
                && row.roles.stream().noneMatch(PlannedRole::keptByLaw);
    }

    static boolean fits(RowWithRoles before, JsonNode after, String key) {
        for (String column : before.cells.propertyNames()) {
            List<Rule> rules = rules(before, column);
            JsonNode now = after.path(column);
            boolean fits = rules.isEmpty()
                    ? now.equals(before.cells.path(column))
                    : rules.stream().anyMatch(r -> fits(r, now, key));
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    /** What may be written into a column: cutting a link is stronger than an anonymising rule, and that than a keep's own. */
    private static List<Rule> rules(RowWithRoles row, String column) {
        List<Rule> severed = new ArrayList<>();
        List<Rule> erased = new ArrayList<>();
        List<Rule> kept = new ArrayList<>();
        boolean lawful = row.roles.stream().anyMatch(PlannedRole::keptByLaw);
        for (PlannedRole role : row.roles) {
            for (ColumnAssignment assignment : role.assignments()) {
                if (assignment.column().name().equals(column)) {
                    boolean link = role.mustBeEmptyAfterErasure() && role.on().contains(assignment.column());
                    boolean keep = role.fate() instanceof Fate.Keep;
                    if (link || keep || !lawful) {
                        (link ? severed : keep ? kept : erased).add(assignment.rule());
                    }
                }
            }
        }
        return !severed.isEmpty() ? severed : !erased.isEmpty() ? erased : kept;
    }

    private static boolean fits(Rule rule, JsonNode now, String key) {
        if (rule instanceof Rule.NullRule) {
            return now.isNull();
        }
        String text = now.isString() ? now.asString() : now.toString();
        if (rule instanceof Rule.LiteralRule literal) {
            return text.equals(literal.text());
        }
        if (rule instanceof Rule.TemplateRule template) {
            String pattern = template.parts().stream().map(p -> pattern(p, key)).collect(Collectors.joining());
            return text.matches(pattern);
        }
        return true;
    }

    private static String pattern(TemplatePart part, String key) {
        if (part instanceof TemplatePart.FixedText text) {
            return Pattern.quote(text.text());
        }
        return switch (((TemplatePart.PlaceholderValue) part).placeholder()) {
            case KEY -> Pattern.quote(key);
            case RANDOM -> "[0-9a-f]{32}";
            case NOW, DUE, BLOCKED_UNTIL -> ".+";
        };
    }

    /**
     * Whether the map says that this column of this row may go on naming the person, or saying what they wrote. What refers to
     * a row that stays says what that row's key says.
     */
    static boolean meant(RowWithRoles row, Plan plan, Table table, String column) {
        return refersToOthers(plan, table, column)
                || row.roles.stream().anyMatch(r -> names(r, table, column))
                || plan.roles().stream()
                        .filter(r -> r.table().name().equals(table.name()))
                        .anyMatch(r -> sameNumber(row, r, column));
    }

    private static boolean refersToOthers(Plan plan, Table table, String column) {
        return table.foreignKeys().stream()
                .filter(f -> !f.parent().equals(plan.subject().table().name()))
                .anyMatch(f -> f.columns().contains(column));
    }

    private static boolean names(PlannedRole role, Table table, String column) {
        return table.primaryKey().contains(column)
                || role.fate().retain().stream().anyMatch(w -> w.text().equals(column))
                || !role.mustBeEmptyAfterErasure()
                        && role.on().stream().anyMatch(c -> c.name().equals(column))
                || role.assignments().stream().anyMatch(a -> a.column().name().equals(column) && writesKey(a.rule()));
    }

    private static boolean writesKey(Rule rule) {
        return rule instanceof Rule.SqlRule
                || rule instanceof Rule.TemplateRule template && template.uses(TemplatePlaceholder.KEY);
    }

    /** The number of something else: the link's {@code where} says that it is no person here. */
    private static boolean sameNumber(RowWithRoles row, PlannedRole role, String column) {
        return role.where() != null
                && !row.holds.contains(role.where().text())
                && role.on().stream().anyMatch(c -> c.name().equals(column));
    }
}
