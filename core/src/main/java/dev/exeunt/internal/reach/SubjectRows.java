package dev.exeunt.internal.reach;

import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.plan.RoleId;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells which rows belong to the subjects, by keys that were captured at one moment. All statements of an export, an
 * erasure and its verification use these keys only, so that a row is found again although what once led to it has been
 * overwritten or is gone.
 */
public final class SubjectRows {

    private final Plan plan;
    private final Map<RoleId, CapturedLinkValues> keys;
    private final Map<RoleId, Long> rows;
    private final Map<RoleId, Long> shared;

    SubjectRows(Plan plan, Map<RoleId, CapturedLinkValues> keys, Map<RoleId, Long> rows) {
        this(plan, keys, rows, Map.of());
    }

    private SubjectRows(
            Plan plan, Map<RoleId, CapturedLinkValues> keys, Map<RoleId, Long> rows, Map<RoleId, Long> shared) {
        this.plan = plan;
        this.keys = Map.copyOf(keys);
        this.rows = new LinkedHashMap<>(rows);
        this.shared = Map.copyOf(shared);
    }

    /** The same rows, with the counts of rows that are left to others. */
    SubjectRows withShared(Map<RoleId, Long> counts) {
        return new SubjectRows(plan, keys, rows, counts);
    }

    public Plan plan() {
        return plan;
    }

    /** How many rows the role reached at capture, where they were counted. Rows that two roles reach are counted in each. */
    public long rows(PlannedRole role) {
        return rows.getOrDefault(role.id(), 0L);
    }

    /**
     * How many rows hold a value of the people's that another present person holds as well. The role does not reach them; they
     * are left as they are. Rows that are the people's by another role do not count.
     */
    public long sharedRows(PlannedRole role) {
        return shared.getOrDefault(role.id(), 0L);
    }

    /** Whether the role can reach any row at all: its source had values. */
    public boolean isEmpty(PlannedRole role) {
        return keysOf(role).isEmpty();
    }

    /** True for exactly the role's rows, in a statement over the role's table under its own name. */
    public SqlFragment matches(PlannedRole role) {
        return isEmpty(role) ? SqlFragment.of("FALSE") : LinkSql.matches(role, keysOf(role));
    }

    /** True for rows that bear the people's values in the role's link columns, and that its condition excludes. */
    public SqlFragment excluded(PlannedRole role) {
        return isEmpty(role) ? SqlFragment.of("FALSE") : LinkSql.excluded(role, keysOf(role));
    }

    /** True for the rows of any of the roles. */
    public SqlFragment matchesAny(List<PlannedRole> roles) {
        return any(roles, this::matches);
    }

    /** True for the rows of the first roles that are in none of the second. */
    public SqlFragment matchesAnyBut(List<PlannedRole> roles, List<PlannedRole> but) {
        return but(matchesAny(roles), but);
    }

    /** As {@link #matchesAnyBut}, but of rows that another condition finds, by index: alone it reads the whole table. */
    public SqlFragment holdsAnyBut(List<PlannedRole> roles, List<PlannedRole> but) {
        return but(any(roles, this::holds), but);
    }

    /** The rows of a table that go: reached by a deleting role and by none that the law keeps. */
    public SqlFragment deleted(PlannedTable table) {
        return matchesAnyBut(table.deleting(), table.keptByLaw());
    }

    /** True for rows that do not go, of those that another condition finds. */
    public SqlFragment stays(PlannedTable table) {
        return SqlTemplate.of("({deleted}) IS NOT TRUE")
                .fragment("deleted", holdsAnyBut(table.deleting(), table.keptByLaw()))
                .toFragment();
    }

    private SqlFragment holds(PlannedRole role) {
        return isEmpty(role) ? SqlFragment.of("FALSE") : LinkSql.holds(role, keysOf(role));
    }

    private SqlFragment any(List<PlannedRole> roles, Function<PlannedRole, SqlFragment> condition) {
        return SqlFragment.anyOf(
                roles.stream().filter(r -> !isEmpty(r)).map(condition).toList());
    }

    private SqlFragment but(SqlFragment any, List<PlannedRole> but) {
        List<PlannedRole> others = but.stream().filter(r -> !isEmpty(r)).toList();
        return others.isEmpty()
                ? any
                : SqlTemplate.of("({rows}) AND ({others}) IS NOT TRUE")
                        .fragment("rows", any)
                        .fragment("others", any(others, this::holds))
                        .toFragment();
    }

    /** The text of the key of the subject a row of this role belongs to. */
    public SqlFragment subject(PlannedRole role) {
        return isEmpty(role) ? SqlFragment.of("NULL::pg_catalog.text") : LinkSql.subject(role, keysOf(role));
    }

    /** The texts of the keys of all people that rows were reached from. */
    public Set<String> subjects() {
        return keys.values().stream().flatMap(k -> Stream.of(k.subjects())).collect(Collectors.toSet());
    }

    private CapturedLinkValues keysOf(PlannedRole role) {
        return Objects.requireNonNull(keys.get(role.id()), () -> "no keys for " + role.id());
    }
}
