package dev.exeunt.internal.erase;

import dev.exeunt.internal.map.Fate;
import dev.exeunt.internal.map.Rule;
import dev.exeunt.internal.map.Rule.TemplatePlaceholder;
import dev.exeunt.internal.plan.ColumnAssignment;
import dev.exeunt.internal.plan.PlanStep;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlQuoting;
import dev.exeunt.internal.reach.SubjectRows;
import dev.exeunt.internal.schema.Column;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds the SQL statements of a plan's steps over the captured rows. */
final class ErasureSql {

    private final SubjectRows reach;
    private final RuleSql rules;

    ErasureSql(SubjectRows reach, Instant now) {
        this(reach, new RuleSql(reach, RuleSql.TimePlaceholders.at(now)));
    }

    private ErasureSql(SubjectRows reach, RuleSql rules) {
        this.reach = reach;
        this.rules = rules;
    }

    /** The same, with eight random digits behind each key that is filled into a text. */
    ErasureSql salted() {
        return new ErasureSql(reach, rules.salted());
    }

    /** Whether a key is filled into a template, so that salt makes another value. */
    static boolean fillsInKeys(PlanStep step) {
        return step instanceof PlanStep.UpdateStep update
                && update.table().assigning().stream()
                        .flatMap(role -> role.assignments().stream())
                        .anyMatch(a -> a.column().type().isText()
                                && a.rule() instanceof Rule.TemplateRule template
                                && template.uses(TemplatePlaceholder.KEY));
    }

    /** One statement; a delete of several tables returns a row of counts, everything else an update count. */
    SqlFragment of(PlanStep step) {
        if (step instanceof PlanStep.UpdateStep update) {
            return update(update.table());
        }
        List<PlannedTable> tables = ((PlanStep.DeleteStep) step).tables();
        return tables.size() == 1 ? delete(tables.get(0)) : deleteTogether(tables);
    }

    private SqlFragment delete(PlannedTable table) {
        return SqlFragment.of("DELETE FROM " + table.name().quoted() + " WHERE ")
                .plus(reach.deleted(table));
    }

    /** PostgreSQL checks foreign keys when the whole statement is done, so a circle goes in one. */
    private SqlFragment deleteTogether(List<PlannedTable> tables) {
        List<SqlFragment> deletes = new ArrayList<>();
        List<String> counts = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            deletes.add(SqlFragment.of("exeunt_" + i + " AS (")
                    .plus(delete(tables.get(i)))
                    .plus(" RETURNING 1)"));
            counts.add("(SELECT pg_catalog.count(*) FROM exeunt_" + i + ")");
        }
        return SqlFragment.of("WITH ")
                .plus(SqlFragment.join(", ", deletes))
                .plus(" SELECT " + String.join(", ", counts));
    }

    /**
     * All roles of a table in one statement, so that what one role writes cannot change which rows another one finds. Rows
     * that go anyway are left alone.
     */
    private SqlFragment update(PlannedTable table) {
        Map<Column, List<CaseBranch>> cases = cases(table);
        List<PlannedRole> roles = table.assigning();
        boolean plain = roles.size() == 1 && table.keptByLaw().stream().allMatch(roles::contains);
        List<SqlFragment> sets = new ArrayList<>();
        cases.forEach((column, of) -> sets.add(SqlFragment.of(SqlQuoting.identifier(column.name()) + " = ")
                .plus(plain ? of.get(0).value() : choice(column, of))));
        return SqlFragment.of("UPDATE " + table.name().quoted() + " SET ")
                .plus(SqlFragment.join(", ", sets))
                .plus(" WHERE ")
                .plus(changed(table));
    }

    /** How many rows an update is about, to be asked before it. */
    SqlFragment count(PlannedTable table) {
        return SqlFragment.of("SELECT pg_catalog.count(*) FROM " + table.name().quoted() + " WHERE ")
                .plus(changed(table));
    }

    private SqlFragment changed(PlannedTable table) {
        SqlFragment rows = reach.matchesAny(table.assigning());
        return table.deleting().stream().allMatch(reach::isEmpty)
                ? rows
                : SqlFragment.of("(").plus(rows).plus(") AND ").plus(reach.stays(table));
    }

    /** Holds one branch of a CASE expression with its condition, value and precedence. */
    private record CaseBranch(SqlFragment when, SqlFragment value, int strength) {}

    private Map<Column, List<CaseBranch>> cases(PlannedTable table) {
        Map<Column, List<CaseBranch>> cases = new LinkedHashMap<>();
        for (PlannedRole role : table.assigning()) {
            for (ColumnAssignment assignment : role.assignments()) {
                boolean link = severs(role) && role.on().contains(assignment.column());
                List<PlannedRole> keepers = link || role.fate() instanceof Fate.Keep ? List.of() : table.keptByLaw();
                CaseBranch one = new CaseBranch(
                        reach.holdsAnyBut(List.of(role), keepers),
                        rules.value(role, assignment),
                        link ? 0 : role.fate() instanceof Fate.Keep ? 2 : 1);
                cases.computeIfAbsent(assignment.column(), c -> new ArrayList<>())
                        .add(one);
            }
        }
        cases.values().forEach(c -> c.sort(Comparator.comparingInt(CaseBranch::strength)));
        return cases;
    }

    private static boolean severs(PlannedRole role) {
        return role.fate() instanceof Fate.Detach || role.fate() instanceof Fate.Reassign;
    }

    /** The strongest role that reaches the row decides: severing a link, then an anonymising rule, then a keep's own. */
    private static SqlFragment choice(Column column, List<CaseBranch> cases) {
        SqlFragment choice = SqlFragment.of("CASE");
        for (CaseBranch one : cases) {
            choice = choice.plus(" WHEN ").plus(one.when()).plus(" THEN ").plus(one.value());
        }
        return choice.plus(" ELSE " + SqlQuoting.identifier(column.name()) + " END");
    }
}
