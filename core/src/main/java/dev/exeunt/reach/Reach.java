package dev.exeunt.reach;

import dev.exeunt.plan.Plan;
import dev.exeunt.plan.PlannedRole;
import dev.exeunt.plan.PlannedTable;
import dev.exeunt.plan.RoleId;
import dev.exeunt.postgres.Fragment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Which rows are a set of subjects', fixed at one moment: the keys every link needs, captured before anything is written.
 * All statements of an export, an erasure and its verification use these keys only, so that a row is found again although
 * what once led to it has been overwritten or is gone.
 */
public final class Reach {

    private final Plan plan;
    private final Map<RoleId, KeySet> keys;
    private final Map<RoleId, Long> rows;

    Reach(Plan plan, Map<RoleId, KeySet> keys, Map<RoleId, Long> rows) {
        this.plan = plan;
        this.keys = Map.copyOf(keys);
        this.rows = new LinkedHashMap<>(rows);
    }

    public Plan plan() {
        return plan;
    }

    /** How many rows the role reached at capture, where they were counted. Rows that two roles reach are counted in each. */
    public long rows(PlannedRole role) {
        return rows.getOrDefault(role.id(), 0L);
    }

    /** Whether the role can reach any row at all: its source had values. */
    public boolean isEmpty(PlannedRole role) {
        return keysOf(role).isEmpty();
    }

    /** True for exactly the role's rows, in a statement over the role's table under its own name. */
    public Fragment matches(PlannedRole role) {
        return isEmpty(role) ? Fragment.of("FALSE") : LinkSql.matches(role, keysOf(role));
    }

    /** True for the rows of any of the roles. */
    public Fragment matchesAny(List<PlannedRole> roles) {
        return any(roles, this::matches);
    }

    /** True for the rows of the first roles that are in none of the second. */
    public Fragment matchesAnyBut(List<PlannedRole> roles, List<PlannedRole> but) {
        return but(matchesAny(roles), but);
    }

    /** As {@link #matchesAnyBut}, but of rows that another condition finds, by index: alone it reads the whole table. */
    public Fragment holdsAnyBut(List<PlannedRole> roles, List<PlannedRole> but) {
        return but(any(roles, this::holds), but);
    }

    /** The rows of a table that go: reached by a deleting role and by none that the law keeps. */
    public Fragment deleted(PlannedTable table) {
        return matchesAnyBut(table.deleting(), table.keptByLaw());
    }

    /** True for rows that do not go, of those that another condition finds. */
    public Fragment stays(PlannedTable table) {
        return Fragment.of("(")
                .plus(holdsAnyBut(table.deleting(), table.keptByLaw()))
                .plus(") IS NOT TRUE");
    }

    private Fragment holds(PlannedRole role) {
        return isEmpty(role) ? Fragment.of("FALSE") : LinkSql.holds(role, keysOf(role));
    }

    private Fragment any(List<PlannedRole> roles, Function<PlannedRole, Fragment> condition) {
        List<Fragment> each = roles.stream()
                .filter(r -> !isEmpty(r))
                .map(r -> Fragment.of("(").plus(condition.apply(r)).plus(")"))
                .toList();
        return each.isEmpty() ? Fragment.of("FALSE") : Fragment.join(" OR ", each);
    }

    private Fragment but(Fragment any, List<PlannedRole> but) {
        List<PlannedRole> others = but.stream().filter(r -> !isEmpty(r)).toList();
        return others.isEmpty()
                ? any
                : Fragment.of("(")
                        .plus(any)
                        .plus(") AND (")
                        .plus(any(others, this::holds))
                        .plus(") IS NOT TRUE");
    }

    /** The text of the key of the subject a row of this role belongs to. */
    public Fragment subject(PlannedRole role) {
        return isEmpty(role) ? Fragment.of("NULL::pg_catalog.text") : LinkSql.subject(role, keysOf(role));
    }

    private KeySet keysOf(PlannedRole role) {
        return Objects.requireNonNull(keys.get(role.id()), () -> "no keys for " + role.id());
    }
}
