package dev.exeunt.samples;

import dev.exeunt.map.Fate;
import dev.exeunt.map.Rule;
import dev.exeunt.map.Rule.Part;
import dev.exeunt.map.Rule.Placeholder;
import dev.exeunt.plan.Assignment;
import dev.exeunt.plan.Plan;
import dev.exeunt.plan.PlannedRole;
import dev.exeunt.samples.Reached.Row;
import dev.exeunt.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What the map says must be left of a row: nothing, or each of its columns as it was or by a rule. */
final class Remains {

    private Remains() {}

    /** A row goes where a role deletes it, unless another keeps it by law. */
    static boolean goes(Row row) {
        return row.roles.stream().anyMatch(PlannedRole::deletes)
                && row.roles.stream().noneMatch(PlannedRole::keptByLaw);
    }

    static boolean fits(Row before, JsonNode after, String key) {
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

    /** What may be written into a column: severing a link is stronger than an anonymising rule, and that than a keep's own. */
    private static List<Rule> rules(Row row, String column) {
        List<Rule> severed = new ArrayList<>();
        List<Rule> erased = new ArrayList<>();
        List<Rule> kept = new ArrayList<>();
        boolean lawful = row.roles.stream().anyMatch(PlannedRole::keptByLaw);
        for (PlannedRole role : row.roles) {
            for (Assignment assignment : role.assignments()) {
                if (assignment.column().name().equals(column)) {
                    boolean link = role.severs() && role.on().contains(assignment.column());
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
        if (rule instanceof Rule.Null) {
            return now.isNull();
        }
        String text = now.isString() ? now.asString() : now.toString();
        if (rule instanceof Rule.Literal literal) {
            return text.equals(literal.text());
        }
        if (rule instanceof Rule.Template template) {
            String pattern = template.parts().stream().map(p -> pattern(p, key)).collect(Collectors.joining());
            return text.matches(pattern);
        }
        return true;
    }

    private static String pattern(Part part, String key) {
        if (part instanceof Part.Text text) {
            return Pattern.quote(text.text());
        }
        return switch (((Part.Value) part).placeholder()) {
            case KEY -> Pattern.quote(key);
            case RANDOM -> "[0-9a-f]{32}";
            case NOW, DUE, BLOCKED_UNTIL -> ".+";
        };
    }

    /**
     * Whether the map says that this column of this row may go on naming the person, or saying what they wrote. What refers to
     * a row that stays says what that row's key says.
     */
    static boolean meant(Row row, Plan plan, Table table, String column) {
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
                || !role.severs() && role.on().stream().anyMatch(c -> c.name().equals(column))
                || role.assignments().stream().anyMatch(a -> a.column().name().equals(column) && writesKey(a.rule()));
    }

    private static boolean writesKey(Rule rule) {
        return rule instanceof Rule.Sql || rule instanceof Rule.Template template && template.uses(Placeholder.KEY);
    }

    /** The number of something else: the link's {@code where} says that it is no person here. */
    private static boolean sameNumber(Row row, PlannedRole role, String column) {
        return role.where() != null
                && !row.holds.contains(role.where())
                && role.on().stream().anyMatch(c -> c.name().equals(column));
    }
}
