package dev.exeunt.internal.verify;

import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.Rule;
import dev.exeunt.internal.plan.ColumnAssignment;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.RoleId;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectRows;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.KeyPredicate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Selects the rows that keep a column on purpose, and gives the reason. A row whose link an erasure severed has no
 * owner any more. What the map retains of such rows, and keeps of their child rows, therefore counts for every row
 * whose link is severed.
 *
 * @param rows true for those rows, in a statement over the table under its own name
 * @param why null where there are none
 */
public record RetainedRows(SqlFragment rows, @Nullable String why) {

    /**
     * @param roles those that reach rows of the column's table
     * @param key whether it is the key that is looked for, which a template may write on purpose
     */
    static RetainedRows of(SubjectRows reach, List<PlannedRole> roles, Column column, boolean key) {
        List<PlannedRole> keepers = roles.stream()
                .filter(r -> !r.deletes() && keeps(r, column, key))
                .toList();
        List<SqlFragment> rows = new ArrayList<>();
        List<PlannedRole> because = new ArrayList<>();
        for (PlannedRole role : keepers) {
            List<SqlFragment> left = left(reach, role);
            rows.addAll(left);
            if (!left.isEmpty()) {
                because.add(role);
            }
        }
        return rows.isEmpty()
                ? new RetainedRows(SqlFragment.of("FALSE"), null)
                : new RetainedRows(SqlFragment.anyOf(rows), why(because.get(0), column));
    }

    /** The roles' rows as far as they can still be told. */
    static SqlFragment rows(SubjectRows reach, List<PlannedRole> roles) {
        return SqlFragment.anyOf(
                roles.stream().flatMap(r -> left(reach, r).stream()).toList());
    }

    /** The role's rows as far as they can still be told: by their link, or as those whose link is severed. */
    private static List<SqlFragment> left(SubjectRows reach, PlannedRole role) {
        List<SqlFragment> left = new ArrayList<>();
        if (!role.mustBeEmptyAfterErasure() && !reach.isEmpty(role)) {
            left.add(reach.matches(role));
        }
        severed(reach.plan(), role, Set.of()).ifPresent(left::add);
        return left;
    }

    /** Why rows of a role are still there although the person was erased. */
    static Optional<String> why(PlannedRole role) {
        if (role.mustBeEmptyAfterErasure()) {
            return Optional.empty();
        }
        return Optional.of(role.fate()
                .keep()
                .map(keep -> "kept: " + keep.reason())
                .orElse(
                        role.outcome().leavesRowsAlone()
                                ? "part of the account, which stays"
                                : "anonymised, the link stays"));
    }

    private static String why(PlannedRole role, Column column) {
        if (role.assignments().stream().anyMatch(a -> a.column().equals(column) && holdsKey(a))) {
            return "the map's own rule writes the key";
        }
        return retains(role, column) && !role.outcome().keepsRows()
                ? "retained by the map"
                : why(role).orElse("kept by the map");
    }

    /**
     * Whether rows of a role that does not delete keep the column on purpose.
     *
     * @param key whether it holds the key, which a template may write
     */
    public static boolean keeps(PlannedRole role, Column column, boolean key) {
        List<ColumnAssignment> written = role.assignments().stream()
                .filter(a -> a.column().equals(column))
                .toList();
        return !role.mustBeEmptyAfterErasure() && role.on().contains(column)
                || retains(role, column)
                || role.outcome().keepsRows() && written.isEmpty()
                || key && written.stream().anyMatch(RetainedRows::holdsKey);
    }

    private static boolean retains(PlannedRole role, Column column) {
        return role.fate().retain().stream().map(LocatedText::text).anyMatch(column.name()::equals);
    }

    /** A template such as {@code deleted-{key}} writes the key on purpose. */
    private static boolean holdsKey(ColumnAssignment assignment) {
        return assignment.rule() instanceof Rule.TemplateRule template && template.uses(Rule.TemplatePlaceholder.KEY);
    }

    /**
     * Selects rows that identify no person any more: their own link or their parent's is severed, or the value that
     * linked them to the person was removed.
     */
    private static Optional<SqlFragment> severed(Plan plan, PlannedRole role, Set<RoleId> below) {
        List<SqlFragment> ways = new ArrayList<>(emptied(plan, role));
        if (role.source() instanceof KeySource.IdentifierValues identifier
                && (isTaken(plan, identifier) || rewritesLink(role))) {
            ways.add(namesNoPerson(plan, role, identifier));
        }
        if (role.source() instanceof KeySource.RoleRows rows && !below.contains(role.id())) {
            Set<RoleId> seen = new HashSet<>(below);
            seen.add(role.id());
            List<SqlFragment> parents = rows.roles().stream()
                    .flatMap(id -> plan.role(id).stream())
                    .filter(r -> !r.deletes())
                    .flatMap(r -> severed(plan, r, seen).stream())
                    .toList();
            if (!parents.isEmpty()) {
                ways.add(under(role, rows, parents));
            }
        }
        return ways.isEmpty() ? Optional.empty() : Optional.of(narrowed(role, SqlFragment.anyOf(ways)));
    }

    /** Whether the role's own rule writes something else where the value stood, such as {@code {key}} in place of an address. */
    private static boolean rewritesLink(PlannedRole role) {
        return role.assignments().stream().anyMatch(a -> role.on().contains(a.column()) && holdsKey(a));
    }

    private static boolean isTaken(Plan plan, KeySource.IdentifierValues identifier) {
        return plan.role(plan.self())
                .filter(self -> self.deletes()
                        || self.assignments().stream().anyMatch(a -> a.column().equals(identifier.column())))
                .isPresent();
    }

    private static SqlFragment namesNoPerson(Plan plan, PlannedRole role, KeySource.IdentifierValues identifier) {
        return SqlTemplate.of("""
                        {table}.{column}::pg_catalog.text OPERATOR(pg_catalog.<>) '' AND NOT EXISTS (
                            SELECT FROM {people} AS exeunt_p
                            WHERE pg_catalog.lower(exeunt_p.{identifier}::pg_catalog.text)
                                OPERATOR(pg_catalog.=) pg_catalog.lower({table}.{column}::pg_catalog.text))""")
                .fragment("table", role.table().name().quoted())
                .identifier("column", role.on().get(0).name())
                .fragment("people", plan.subject().table().name().quoted())
                .identifier("identifier", identifier.column().name())
                .toFragment();
    }

    private static SqlFragment under(PlannedRole role, KeySource.RoleRows rows, List<SqlFragment> parents) {
        List<SqlFragment> keys = new ArrayList<>();
        for (int i = 0; i < role.on().size(); i++) {
            keys.add(SqlTemplate.of("{key} AS {name}")
                    .identifier("key", rows.columns().get(i).name())
                    .identifier("name", "exeunt_" + i)
                    .toFragment());
        }
        SqlFragment same =
                KeyPredicate.of(role.table().name().quoted(), role.on(), i -> SqlFragment.of("exeunt_u.exeunt_" + i));
        return SqlTemplate.of("""
                        EXISTS (SELECT FROM (SELECT {keys} FROM {parent} WHERE {parents}) AS exeunt_u WHERE {same})""")
                .fragments("keys", ", ", keys)
                .fragment("parent", rows.roles().get(0).table().quoted())
                .fragment("parents", SqlFragment.anyOf(parents))
                .fragment("same", same)
                .toFragment();
    }

    /** As an erasure by another role of the table, or by the role itself, leaves the link: empty, or a ghost's. */
    private static List<SqlFragment> emptied(Plan plan, PlannedRole role) {
        return plan.tables().stream()
                .filter(t -> t.name().equals(role.table().name())
                        || t.name().equals(role.id().table()))
                .map(t -> t.name().equals(role.table().name()) ? t : t.onInheritingTable(role.table()))
                .flatMap(t -> t.roles().stream())
                .filter(r -> r.overwrites(role.on()))
                .map(r -> emptied(r.overwriting(role.on())))
                .toList();
    }

    /** A fate and a rule may both write to a column, and either may win. */
    private static SqlFragment emptied(List<ColumnAssignment> written) {
        return written.stream()
                .map(ColumnAssignment::column)
                .distinct()
                .map(column -> SqlFragment.anyOf(written.stream()
                        .filter(a -> a.column().equals(column))
                        .map(RetainedRows::written)
                        .toList()))
                .collect(SqlFragment.joining(" AND "));
    }

    private static SqlFragment narrowed(PlannedRole role, SqlFragment rows) {
        LocatedText where = role.where();
        return where == null
                ? rows
                : SqlTemplate.of("""
                                {rows} AND ({where}
                                )""")
                        .fragment("rows", rows)
                        .fragment("where", SqlFragment.trusted(where.text()))
                        .toFragment();
    }

    private static SqlFragment written(ColumnAssignment assignment) {
        String column = assignment.column().name();
        return assignment.rule() instanceof Rule.LiteralRule ghost
                ? SqlTemplate.of("{column}::pg_catalog.text OPERATOR(pg_catalog.=) :ghost")
                        .identifier("column", column)
                        .bind("ghost", ghost.text())
                        .toFragment()
                : SqlTemplate.of("{column} IS NULL")
                        .identifier("column", column)
                        .toFragment();
    }
}
