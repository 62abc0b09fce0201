package dev.exeunt.internal.sample;

import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.plan.RoleId;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Writes the condition by which a sampled row is that of a person already, by a link of the map: the person's own address beside
 * the link needs no link of its own. The person stands in {@code exeunt_m} with the texts of key and identifiers. A link's {@code where}
 * is left out.
 */
final class OwnRowSql {

    /** Links through more tables than these are rare, and a tree of rows has no end. */
    private static final int DEEPEST = 4;

    private final BoundMap bound;
    private final PlannedSubject subject;

    OwnRowSql(BoundMap bound) {
        this.bound = bound;
        this.subject = bound.subject();
    }

    /** The condition for a row that {@code alias} names. */
    SqlFragment of(PlannedTable table, String alias) {
        return SqlFragment.anyOf(
                table.roles().stream().map(r -> owned(r, alias, 0)).toList());
    }

    private SqlFragment owned(PlannedRole role, String alias, int depth) {
        if (role.source() instanceof KeySource.IdentifierValues identifier) {
            return same(
                    "pg_catalog.lower({alias}.{column}::pg_catalog.text)",
                    alias,
                    role.on().get(0),
                    identifier(identifier.column()));
        }
        if (role.source() instanceof KeySource.RoleRows rows) {
            return depth == DEEPEST ? SqlFragment.of("FALSE") : through(role, rows, alias, depth);
        }
        return IntStream.range(0, role.on().size())
                .mapToObj(i -> same(
                        "{alias}.{column}::pg_catalog.text",
                        alias,
                        role.on().get(i),
                        key(role.source().columns().get(i))))
                .collect(SqlFragment.joining(" AND "));
    }

    private SqlFragment through(PlannedRole role, KeySource.RoleRows rows, String alias, int depth) {
        String inner = "exeunt_q" + depth;
        List<SqlFragment> above = new ArrayList<>();
        for (RoleId id : rows.roles()) {
            bound.roles().stream()
                    .filter(r -> r.id().equals(id) && !r.id().equals(role.id()))
                    .forEach(r -> above.add(owned(r, inner, depth + 1)));
        }
        if (above.isEmpty()) {
            return SqlFragment.of("FALSE");
        }
        return SqlTemplate.of("EXISTS (SELECT FROM {table} AS {inner} WHERE {joined} AND ({owned}))")
                .fragment("table", rows.roles().get(0).table().quoted())
                .fragment("inner", inner)
                .fragment(
                        "joined",
                        IntStream.range(0, role.on().size())
                                .mapToObj(i -> SqlTemplate.of("{inner}.{there} {equals} {alias}.{here}")
                                        .fragment("inner", inner)
                                        .identifier(
                                                "there", rows.columns().get(i).name())
                                        .fragment(
                                                "equals",
                                                rows.columns().get(i).type().equality())
                                        .fragment("alias", alias)
                                        .identifier("here", role.on().get(i).name())
                                        .toFragment())
                                .collect(SqlFragment.joining(" AND ")))
                .fragment("owned", SqlFragment.anyOf(above))
                .toFragment();
    }

    private static SqlFragment same(String here, String alias, Column column, String there) {
        return SqlTemplate.of("{here} OPERATOR(pg_catalog.=) exeunt_m.{there}")
                .fragment(
                        "here",
                        SqlTemplate.of(here)
                                .fragment("alias", alias)
                                .identifier("column", column.name())
                                .toFragment())
                .fragment("there", there)
                .toFragment();
    }

    private String key(Column column) {
        return "k" + subject.key().indexOf(column);
    }

    private String identifier(Column column) {
        return "i" + subject.identifiers().indexOf(column);
    }
}
