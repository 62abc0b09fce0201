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
import dev.exeunt.internal.postgres.SqlTokens;
import dev.exeunt.internal.reach.SubjectRows;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.KeyPredicate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Selects the rows of a role that its link does not find any more, since an erasure has overwritten what leads to them: the link
 * itself, the link of a parent, the value of the person, or a column that the role's {@code where:} reads. Such rows bear what the
 * map's rules write.
 */
final class SeveredRows {

    private final SubjectRows reach;
    private final Plan plan;
    private final RuleMatch match;
    private final KeyTemplateMatch keyTemplates;

    SeveredRows(SubjectRows reach) {
        this.reach = reach;
        this.plan = reach.plan();
        // an expression of the map may fail over values that it has written itself
        this.match = new RuleMatch(reach, ErasureRecord.none(ErasureRecord.RecordKind.UNKNOWN), false);
        this.keyTemplates = new KeyTemplateMatch(List.copyOf(reach.subjects()));
    }

    /** The condition for these rows, in a statement over the role's table under its own name; empty where there are none. */
    Optional<SqlFragment> of(PlannedRole role) {
        return of(role, Set.of());
    }

    private Optional<SqlFragment> of(PlannedRole role, Set<RoleId> below) {
        List<SqlFragment> ways = new ArrayList<>(emptied(role));
        if (role.source() instanceof KeySource.IdentifierValues identifier
                && (isTaken(identifier) || rewritesLink(role))) {
            ways.add(namesNoPerson(role, identifier));
        }
        if (role.source() instanceof KeySource.RoleRows rows && !below.contains(role.id())) {
            Set<RoleId> seen = new HashSet<>(below);
            seen.add(role.id());
            List<SqlFragment> parents = rows.roles().stream()
                    .flatMap(id -> plan.role(id).stream())
                    .filter(r -> !r.deletes())
                    .flatMap(r -> of(r, seen).stream())
                    .toList();
            if (!parents.isEmpty()) {
                ways.add(under(role, rows, parents));
            }
        }
        return narrowed(role, ways);
    }

    /** Whether the role's own rule writes something else where the value stood, such as {@code {key}} in place of an address. */
    private static boolean rewritesLink(PlannedRole role) {
        return role.assignments().stream().anyMatch(a -> role.on().contains(a.column()) && RetainedRows.holdsKey(a));
    }

    private boolean isTaken(KeySource.IdentifierValues identifier) {
        return plan.role(plan.self())
                .filter(self -> self.deletes()
                        || self.assignments().stream().anyMatch(a -> a.column().equals(identifier.column())))
                .isPresent();
    }

    private SqlFragment namesNoPerson(PlannedRole role, KeySource.IdentifierValues identifier) {
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

    /** As an erasure by another role of the table, or by the role itself, leaves the link: empty, or with what a rule writes. */
    private List<SqlFragment> emptied(PlannedRole role) {
        return rolesBeside(role)
                .map(r -> overwriting(r, role.on()))
                .filter(written -> !written.isEmpty())
                .map(written -> bears(role, written))
                .toList();
    }

    private Stream<PlannedRole> rolesBeside(PlannedRole role) {
        return plan.tables().stream()
                .filter(t -> t.name().equals(role.table().name())
                        || t.name().equals(role.id().table()))
                .map(t -> t.name().equals(role.table().name()) ? t : t.onInheritingTable(role.table()))
                .flatMap(t -> t.roles().stream());
    }

    /**
     * What the role writes into a link so that the link does not lead to the person; empty where it does not. Templates count as well: what
     * they write tells the people who are looked for.
     */
    private static List<ColumnAssignment> overwriting(PlannedRole role, List<Column> link) {
        if (role.overwrites(link)) {
            return role.overwriting(link);
        }
        List<ColumnAssignment> written =
                comparable(role).filter(a -> link.contains(a.column())).toList();
        return written.stream().map(ColumnAssignment::column).distinct().count() == link.size() ? written : List.of();
    }

    /** The assignments whose values can be told without running SQL of the map, which may fail over values that it has written. */
    private static Stream<ColumnAssignment> comparable(PlannedRole role) {
        return role.assignments().stream().filter(a -> !(a.rule() instanceof Rule.SqlRule));
    }

    /** Each of the columns holds what one of the rules for it writes: a fate and a rule may both write to a column, and either may win. */
    private SqlFragment bears(PlannedRole role, List<ColumnAssignment> written) {
        return written.stream()
                .map(ColumnAssignment::column)
                .distinct()
                .map(column -> SqlFragment.anyOf(written.stream()
                        .filter(a -> a.column().equals(column))
                        .map(a -> bears(role, a))
                        .toList()))
                .collect(SqlFragment.joining(" AND "));
    }

    private SqlFragment bears(PlannedRole role, ColumnAssignment written) {
        return written.rule() instanceof Rule.TemplateRule template
                        && template.uses(Rule.TemplatePlaceholder.KEY)
                        && !template.uses(Rule.TemplatePlaceholder.DUE)
                        && !template.uses(Rule.TemplatePlaceholder.BLOCKED_UNTIL)
                ? keyTemplates.of(role, written.column(), template)
                : match.of(role, written);
    }

    /** Limits the rows to those that the role's condition held for: it holds for them still, or a rule has overwritten what it reads. */
    private Optional<SqlFragment> narrowed(PlannedRole role, List<SqlFragment> ways) {
        LocatedText where = role.where();
        if (where == null) {
            return ways.isEmpty() ? Optional.empty() : Optional.of(SqlFragment.anyOf(ways));
        }
        List<SqlFragment> rows = new ArrayList<>();
        if (!ways.isEmpty()) {
            rows.add(SqlTemplate.of("""
                            ({ways}) AND ({where}
                            )""")
                    .fragment("ways", SqlFragment.anyOf(ways))
                    .fragment("where", SqlFragment.trusted(where.text()))
                    .toFragment());
        }
        List<SqlFragment> links = new ArrayList<>(ways);
        if (!role.mustBeEmptyAfterErasure() && !reach.isEmpty(role)) {
            links.add(reach.matches(role.with(null, role.assignments(), role.hiding())));
        }
        List<SqlFragment> written = links.isEmpty() ? List.of() : overwrittenConditions(role, where);
        if (!written.isEmpty()) {
            rows.add(SqlTemplate.of("({links}) AND ({written})")
                    .fragment("links", SqlFragment.anyOf(links))
                    .fragment("written", SqlFragment.anyOf(written))
                    .toFragment());
        }
        return rows.isEmpty() ? Optional.empty() : Optional.of(SqlFragment.anyOf(rows));
    }

    /** For each role of the table that overwrites a column of the condition: what stands in the columns that it overwrites. */
    private List<SqlFragment> overwrittenConditions(PlannedRole role, LocatedText where) {
        Set<String> names = SqlTokens.of(where.text()).all().stream()
                .flatMap(t -> t.name().stream())
                .collect(Collectors.toSet());
        boolean computed = role.table().columns().stream().anyMatch(c -> c.generated() && names.contains(c.name()));
        List<ColumnAssignment> all =
                rolesBeside(role).flatMap(SeveredRows::comparable).toList();
        List<SqlFragment> written = new ArrayList<>();
        for (PlannedRole beside : rolesBeside(role).toList()) {
            Set<Column> columns =
                    comparable(beside).map(ColumnAssignment::column).collect(Collectors.toSet());
            if (columns.stream().anyMatch(c -> computed || names.contains(c.name()))) {
                written.add(bears(
                        role,
                        all.stream().filter(a -> columns.contains(a.column())).toList()));
            }
        }
        return written;
    }
}
