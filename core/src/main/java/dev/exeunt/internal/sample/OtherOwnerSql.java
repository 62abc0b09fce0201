package dev.exeunt.internal.sample;

import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Writes the condition by which a row that one link gives to a person is another person's by a second link. Follows links through
 * other tables up to the row that holds the person's key; a tree of rows is followed one step.
 */
final class OtherOwnerSql {

    /** Links through more tables than these are rare. */
    private static final int DEEPEST = 4;

    private final BoundMap bound;

    OtherOwnerSql(BoundMap bound) {
        this.bound = bound;
    }

    /**
     * @param reaching the link by which an erasure reaches the row
     * @param owner the link to the other person, which holds a key itself
     * @param alias the row of both
     */
    SqlFragment of(PlannedRole reaching, PlannedRole owner, String alias) {
        return differs(reaching, alias, new OwnerLink(owner, alias), 0);
    }

    /** Holds the link to the other person, and the name of the row in the statement that holds it. */
    private record OwnerLink(PlannedRole role, String row) {}

    private SqlFragment differs(PlannedRole role, String at, OwnerLink owner, int depth) {
        if (role.source() instanceof KeySource.SubjectKeyValues) {
            return different(role, at, owner.role(), owner.row());
        }
        if (!(role.source() instanceof KeySource.RoleRows rows) || depth == DEEPEST) {
            return SqlFragment.of("FALSE");
        }
        String above = "exeunt_o" + depth;
        List<SqlFragment> owners = bound.roles().stream()
                .filter(r -> rows.roles().contains(r.id()) && !r.id().equals(role.id()))
                .map(r -> differs(r, above, owner, depth + 1))
                .toList();
        if (owners.isEmpty()) {
            return SqlFragment.of("FALSE");
        }
        return SqlTemplate.of("EXISTS (SELECT FROM {table} AS {above} WHERE {joined} AND {owners})")
                .fragment("table", rows.roles().get(0).table().quoted())
                .fragment("above", above)
                .fragment("joined", joined(role, rows, at, above))
                .fragment("owners", SqlFragment.anyOf(owners))
                .toFragment();
    }

    private static SqlFragment joined(PlannedRole role, KeySource.RoleRows rows, String at, String above) {
        return IntStream.range(0, role.on().size())
                .mapToObj(i -> SqlTemplate.of("{above}.{there} {equals} {at}.{here}")
                        .fragment("above", above)
                        .identifier("there", rows.columns().get(i).name())
                        .fragment("equals", rows.columns().get(i).type().equality())
                        .fragment("at", at)
                        .identifier("here", role.on().get(i).name())
                        .toFragment())
                .collect(SqlFragment.joining(" AND "));
    }

    /** Builds the condition that two keys differ and neither is NULL, since NULL names no person. */
    private static SqlFragment different(PlannedRole one, String at, PlannedRole other, String row) {
        SqlFragment same = IntStream.range(0, one.on().size())
                .mapToObj(i -> SqlTemplate.of(
                                "{at}.{one}::pg_catalog.text OPERATOR(pg_catalog.=) {row}.{other}::pg_catalog.text")
                        .fragment("at", at)
                        .identifier("one", one.on().get(i).name())
                        .fragment("row", row)
                        .identifier("other", other.on().get(i).name())
                        .toFragment())
                .collect(SqlFragment.joining(" AND "));
        return SqlTemplate.of("({same}) IS FALSE").fragment("same", same).toFragment();
    }
}
