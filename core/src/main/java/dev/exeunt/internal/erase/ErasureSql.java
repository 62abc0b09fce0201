package dev.exeunt.internal.erase;

import dev.exeunt.internal.map.Rule;
import dev.exeunt.internal.map.Rule.TemplatePlaceholder;
import dev.exeunt.internal.plan.ColumnAssignment;
import dev.exeunt.internal.plan.PlanStep;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
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
        return SqlTemplate.of("DELETE FROM {table} WHERE {rows}")
                .fragment("table", table.name().quoted())
                .fragment("rows", reach.deleted(table))
                .toFragment();
    }

    /** PostgreSQL checks foreign keys when the whole statement is done, so a circle goes in one. */
    private SqlFragment deleteTogether(List<PlannedTable> tables) {
        List<SqlFragment> deletes = new ArrayList<>();
        List<SqlFragment> counts = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            String name = "exeunt_" + i;
            deletes.add(SqlTemplate.of("{name} AS ({delete} RETURNING 1)")
                    .identifier("name", name)
                    .fragment("delete", delete(tables.get(i)))
                    .toFragment());
            counts.add(SqlTemplate.of("(SELECT pg_catalog.count(*) FROM {name})")
                    .identifier("name", name)
                    .toFragment());
        }
        return SqlTemplate.of("WITH {deletes} SELECT {counts}")
                .fragments("deletes", ", ", deletes)
                .fragments("counts", ", ", counts)
                .toFragment();
    }

    /**
     * All roles of a table in one statement, so that what one role writes cannot change which rows another one finds. Rows
     * that go anyway are left alone.
     */
    private SqlFragment update(PlannedTable table) {
        return update(table, changed(table));
    }

    private SqlFragment update(PlannedTable table, SqlFragment rows) {
        List<SqlFragment> sets = new ArrayList<>();
        values(table)
                .forEach((column, value) -> sets.add(SqlTemplate.of("{column} = {value}")
                        .identifier("column", column.name())
                        .fragment("value", value)
                        .toFragment()));
        return SqlTemplate.of("UPDATE {table} SET {sets} WHERE {rows}")
                .fragment("table", table.name().quoted())
                .fragments("sets", ", ", sets)
                .fragment("rows", rows)
                .toFragment();
    }

    /** What each column becomes, over the row it is written to. */
    private Map<Column, SqlFragment> values(PlannedTable table) {
        List<PlannedRole> roles = table.assigning();
        boolean plain = roles.size() == 1 && table.keptByLaw().stream().allMatch(roles::contains);
        Map<Column, SqlFragment> values = new LinkedHashMap<>();
        cases(table)
                .forEach((column, of) -> values.put(column, plain ? of.get(0).value() : choice(column, of)));
        return values;
    }

    /** How many rows an update is about, to be asked before it. */
    SqlFragment count(PlannedTable table) {
        return SqlTemplate.of("SELECT pg_catalog.count(*) FROM {table} WHERE {rows}")
                .fragment("table", table.name().quoted())
                .fragment("rows", changed(table))
                .toFragment();
    }

    /**
     * The same update, which returns how many rows it is about, how many it changed, and how many hold a value as it was before although
     * the rule says another.
     */
    SqlFragment compared(PlannedTable table) {
        return ComparedUpdateSql.of(table, changed(table), values(table));
    }

    /** The same update, only of rows that do not bear what the rules say: a first one did not find them. */
    SqlFragment late(PlannedTable table) {
        Map<Column, SqlFragment> values = values(table);
        List<SqlFragment> bare = new ArrayList<>();
        values.forEach((column, value) -> bare.add(RuleShape.differs(table, column, value)));
        return update(
                table,
                SqlTemplate.of("({rows}) AND ({bare})")
                        .fragment("rows", changed(table))
                        .fragment("bare", SqlFragment.join(" OR ", bare))
                        .toFragment());
    }

    private SqlFragment changed(PlannedTable table) {
        SqlFragment rows = reach.matchesAny(table.assigning());
        return table.deleting().stream().allMatch(reach::isEmpty)
                ? rows
                : SqlTemplate.of("({rows}) AND {stays}")
                        .fragment("rows", rows)
                        .fragment("stays", reach.stays(table))
                        .toFragment();
    }

    /** Holds one branch of a CASE expression with its condition, value and precedence. */
    private record CaseBranch(SqlFragment when, SqlFragment value, int strength) {

        SqlFragment sql() {
            return SqlTemplate.of("WHEN {condition} THEN {value}")
                    .fragment("condition", when)
                    .fragment("value", value)
                    .toFragment();
        }
    }

    private Map<Column, List<CaseBranch>> cases(PlannedTable table) {
        Map<Column, List<CaseBranch>> cases = new LinkedHashMap<>();
        for (PlannedRole role : table.assigning()) {
            for (ColumnAssignment assignment : role.assignments()) {
                boolean link = role.cutsLinkBy(assignment);
                List<PlannedRole> keepers = role.overwritesRowsKeptByLaw(assignment) ? List.of() : table.keptByLaw();
                CaseBranch one = new CaseBranch(
                        reach.holdsAnyBut(List.of(role), keepers),
                        rules.value(role, assignment),
                        link ? 0 : role.outcome().keepsRows() ? 2 : 1);
                cases.computeIfAbsent(assignment.column(), c -> new ArrayList<>())
                        .add(one);
            }
        }
        cases.values().forEach(c -> c.sort(Comparator.comparingInt(CaseBranch::strength)));
        return cases;
    }

    /** The strongest role that reaches the row decides: cutting a link, then an anonymising rule, then a keep's own. */
    private static SqlFragment choice(Column column, List<CaseBranch> cases) {
        return SqlTemplate.of("CASE {branches} ELSE {column} END")
                .fragment("branches", cases.stream().map(CaseBranch::sql).collect(SqlFragment.joining(" ")))
                .identifier("column", column.name())
                .toFragment();
    }
}
