package dev.exeunt.erase;

import dev.exeunt.map.Fate;
import dev.exeunt.map.Rule;
import dev.exeunt.map.Rule.Placeholder;
import dev.exeunt.plan.Assignment;
import dev.exeunt.plan.PlannedRole;
import dev.exeunt.plan.PlannedTable;
import dev.exeunt.plan.Step;
import dev.exeunt.postgres.Fragment;
import dev.exeunt.postgres.Quote;
import dev.exeunt.reach.Reach;
import dev.exeunt.schema.Column;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A plan's steps as SQL over what was captured. */
final class Writes {

    private final Reach reach;
    private final RuleSql rules;

    Writes(Reach reach, Instant now) {
        this(reach, new RuleSql(reach, RuleSql.Moments.at(now)));
    }

    private Writes(Reach reach, RuleSql rules) {
        this.reach = reach;
        this.rules = rules;
    }

    /** The same, with eight random digits behind each key that is filled into a text. */
    Writes salted() {
        return new Writes(reach, rules.salted());
    }

    /** Whether a key is filled into a template, so that salt makes another value. */
    static boolean fillsInKeys(Step step) {
        return step instanceof Step.Update update
                && update.table().assigning().stream()
                        .flatMap(role -> role.assignments().stream())
                        .anyMatch(a -> a.column().type().isText()
                                && a.rule() instanceof Rule.Template template
                                && template.uses(Placeholder.KEY));
    }

    /** One statement; a delete of several tables returns a row of counts, everything else an update count. */
    Fragment of(Step step) {
        if (step instanceof Step.Update update) {
            return update(update.table());
        }
        List<PlannedTable> tables = ((Step.Delete) step).tables();
        return tables.size() == 1 ? delete(tables.get(0)) : deleteTogether(tables);
    }

    private Fragment delete(PlannedTable table) {
        return Fragment.of("DELETE FROM " + table.name().quoted() + " WHERE ").plus(reach.deleted(table));
    }

    /** PostgreSQL checks foreign keys when the whole statement is done, so a circle goes in one. */
    private Fragment deleteTogether(List<PlannedTable> tables) {
        List<Fragment> deletes = new ArrayList<>();
        List<String> counts = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            deletes.add(Fragment.of("exeunt_" + i + " AS (")
                    .plus(delete(tables.get(i)))
                    .plus(" RETURNING 1)"));
            counts.add("(SELECT pg_catalog.count(*) FROM exeunt_" + i + ")");
        }
        return Fragment.of("WITH ").plus(Fragment.join(", ", deletes)).plus(" SELECT " + String.join(", ", counts));
    }

    /**
     * All roles of a table in one statement, so that what one role writes cannot change which rows another one finds. Rows
     * that go anyway are left alone.
     */
    private Fragment update(PlannedTable table) {
        Map<Column, List<Case>> cases = cases(table);
        List<PlannedRole> roles = table.assigning();
        boolean plain = roles.size() == 1 && table.keptByLaw().stream().allMatch(roles::contains);
        List<Fragment> sets = new ArrayList<>();
        cases.forEach((column, of) -> sets.add(Fragment.of(Quote.identifier(column.name()) + " = ")
                .plus(plain ? of.get(0).value() : choice(column, of))));
        return Fragment.of("UPDATE " + table.name().quoted() + " SET ")
                .plus(Fragment.join(", ", sets))
                .plus(" WHERE ")
                .plus(changed(table));
    }

    /** How many rows an update is about, to be asked before it. */
    Fragment count(PlannedTable table) {
        return Fragment.of("SELECT pg_catalog.count(*) FROM " + table.name().quoted() + " WHERE ")
                .plus(changed(table));
    }

    private Fragment changed(PlannedTable table) {
        Fragment rows = reach.matchesAny(table.assigning());
        return table.deleting().stream().allMatch(reach::isEmpty)
                ? rows
                : Fragment.of("(").plus(rows).plus(") AND ").plus(reach.stays(table));
    }

    private record Case(Fragment when, Fragment value, int strength) {}

    private Map<Column, List<Case>> cases(PlannedTable table) {
        Map<Column, List<Case>> cases = new LinkedHashMap<>();
        for (PlannedRole role : table.assigning()) {
            for (Assignment assignment : role.assignments()) {
                boolean link = severs(role) && role.on().contains(assignment.column());
                List<PlannedRole> keepers = link || role.fate() instanceof Fate.Keep ? List.of() : table.keptByLaw();
                Case one = new Case(
                        reach.holdsAnyBut(List.of(role), keepers),
                        rules.value(role, assignment),
                        link ? 0 : role.fate() instanceof Fate.Keep ? 2 : 1);
                cases.computeIfAbsent(assignment.column(), c -> new ArrayList<>())
                        .add(one);
            }
        }
        cases.values().forEach(c -> c.sort(Comparator.comparingInt(Case::strength)));
        return cases;
    }

    private static boolean severs(PlannedRole role) {
        return role.fate() instanceof Fate.Detach || role.fate() instanceof Fate.Reassign;
    }

    /** The strongest role that reaches the row decides: severing a link, then an anonymising rule, then a keep's own. */
    private static Fragment choice(Column column, List<Case> cases) {
        Fragment choice = Fragment.of("CASE");
        for (Case one : cases) {
            choice = choice.plus(" WHEN ").plus(one.when()).plus(" THEN ").plus(one.value());
        }
        return choice.plus(" ELSE " + Quote.identifier(column.name()) + " END");
    }
}
