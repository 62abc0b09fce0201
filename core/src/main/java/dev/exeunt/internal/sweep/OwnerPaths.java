package dev.exeunt.internal.sweep;

import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.names.LinkRelation;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.plan.RoleId;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.retention.KeptRowSql;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds the ways by which the map leads from a recorded row {@code k} to the people who own it. A link makes no owner if it lets go of the
 * row, if its column names an act such as {@code moderator_id}, or if it keeps the row and exports nothing of it.
 */
final class OwnerPaths {

    private static final Set<String> INTEGERS = Set.of("int2", "int4", "int8");

    private final Plan plan;
    private final boolean everyLink;
    private final List<OwnerPath> paths = new ArrayList<>();

    private OwnerPaths(Plan plan, boolean everyLink) {
        this.plan = plan;
        this.everyLink = everyLink;
    }

    /**
     * Holds one way.
     *
     * @param from the tables on the way as a FROM list, which ends with the subject's table under its own name
     * @param openEnded whether the way was cut where it came to the same link again, as in a tree of rows; it ends with the last row then
     */
    record OwnerPath(SqlFragment from, boolean openEnded) {}

    /** Returns the ways from the rows of a table. */
    static List<OwnerPath> of(Plan plan, Table table) {
        return new OwnerPaths(plan, false).from(table);
    }

    /** Returns the ways by links that make no owner as well. Ways that were cut are left out. */
    static List<OwnerPath> byEveryLink(Plan plan, Table table) {
        return new OwnerPaths(plan, true)
                .from(table).stream().filter(path -> !path.openEnded()).toList();
    }

    private List<OwnerPath> from(Table table) {
        for (PlannedRole role : owning(table)) {
            SqlFragment rows = rows(role, KeptRowSql.sameRow(table));
            SqlFragment from =
                    SqlTemplate.of("{rows} AS x0").fragment("rows", rows).toFragment();
            follow(role, new PathStart(from, 0), List.of());
        }
        return paths;
    }

    private List<PlannedRole> owning(Table table) {
        return plan.roles().stream()
                .filter(r -> r.table().name().equals(table.name()) && owns(r))
                .toList();
    }

    private boolean owns(PlannedRole role) {
        if (everyLink) {
            return true;
        }
        List<String> columns = role.on().stream().map(Column::name).toList();
        boolean acts = role.source() instanceof KeySource.SubjectKeyValues
                && LinkRelation.of(columns, plan.subject().table().name().name()) == LinkRelation.ACTOR;
        return switch (role.outcome()) {
            case DELETE, ANONYMIZE -> true;
            case KEEP, LEAVE_ALONE -> !acts && !role.export().none();
            case DETACH, REASSIGN, UNDECIDED, UNSPECIFIED, STASH, OVERWRITE_WHILE_HIDDEN, DELETE_AT_REQUEST -> false;
        };
    }

    /**
     * Holds a way as far as it was followed.
     *
     * @param depth the number of the last table on it, which is called {@code x0}, {@code x1} …
     */
    private record PathStart(SqlFragment from, int depth) {

        String last() {
            return "x" + depth;
        }
    }

    private void follow(PlannedRole role, PathStart start, List<RoleId> before) {
        if (role.source() instanceof KeySource.RoleRows rows) {
            List<RoleId> seen =
                    Stream.concat(before.stream(), Stream.of(role.id())).toList();
            for (RoleId parent : rows.roles()) {
                plan.role(parent).filter(this::owns).ifPresent(p -> {
                    PathStart longer = joined(start, role, p, rows.columns());
                    if (seen.contains(parent)) {
                        paths.add(new OwnerPath(longer.from(), true));
                    } else {
                        follow(p, longer, seen);
                    }
                });
            }
        } else {
            paths.add(new OwnerPath(person(role, start), false));
        }
    }

    private static SqlFragment rows(PlannedRole role, SqlFragment condition) {
        LocatedText where = role.where();
        return SqlTemplate.of("(SELECT * FROM {table} WHERE {condition} AND ({where}\n))")
                .fragment("table", role.table().name().quoted())
                .fragment("condition", condition)
                .fragment("where", where == null ? SqlFragment.of("TRUE") : SqlFragment.trusted(where.text()))
                .toFragment();
    }

    private static PathStart joined(PathStart start, PlannedRole role, PlannedRole parent, List<Column> columns) {
        String next = "x" + (start.depth() + 1);
        SqlFragment from = SqlTemplate.of("{from} JOIN {parents} AS {next} ON {same}")
                .fragment("from", start.from())
                .fragment("parents", rows(parent, SqlFragment.of("TRUE")))
                .fragment("next", next)
                .fragment("same", same(role.on(), start.last(), columns, next))
                .toFragment();
        return new PathStart(from, start.depth() + 1);
    }

    private SqlFragment person(PlannedRole role, PathStart start) {
        PlannedSubject subject = plan.subject();
        String people = subject.table().name().quoted();
        SqlFragment same = role.source() instanceof KeySource.IdentifierValues identifier
                ? SqlTemplate.of("""
                                pg_catalog.lower({people}.{identifier}::pg_catalog.text) OPERATOR(pg_catalog.=)
                                pg_catalog.lower({row}.{column}::pg_catalog.text)""")
                        .fragment("people", people)
                        .identifier("identifier", identifier.column().name())
                        .fragment("row", start.last())
                        .identifier("column", role.on().get(0).name())
                        .toFragment()
                : same(role.on(), start.last(), role.source().columns(), people);
        return SqlTemplate.of("{from} JOIN {people} ON {same}")
                .fragment("from", start.from())
                .fragment("people", people)
                .fragment("same", same)
                .toFragment();
    }

    /** Returns the condition that columns of two rows are equal, pairwise. */
    static SqlFragment same(List<Column> one, String row, List<Column> other, String otherRow) {
        return IntStream.range(0, one.size())
                .mapToObj(i -> same(one.get(i), row, other.get(i), otherRow))
                .collect(SqlFragment.joining(" AND "));
    }

    /** Columns of different types are compared as texts, but for integers of different widths. */
    private static SqlFragment same(Column one, String row, Column other, String otherRow) {
        boolean alike = one.type().quotedBase().equals(other.type().quotedBase());
        boolean integers = INTEGERS.contains(one.type().baseName())
                && INTEGERS.contains(other.type().baseName());
        String template = alike || integers
                ? "{row}.{one} {equals} {otherRow}.{other}"
                : "{row}.{one}::pg_catalog.text {equals} {otherRow}.{other}::pg_catalog.text";
        return SqlTemplate.of(template)
                .fragment("row", row)
                .identifier("one", one.name())
                .fragment("equals", alike ? one.type().equality() : "OPERATOR(pg_catalog.=)")
                .fragment("otherRow", otherRow)
                .identifier("other", other.name())
                .toFragment();
    }
}
