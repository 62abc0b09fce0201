package dev.exeunt.internal.hide;

import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.schema.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Finds restored rows that also belong to other people, such as a like on another person's post. Whoever of them has
 * asked to leave meanwhile had no such row in sight, and so none was hidden for them.
 */
public final class SharedRestoredRows {

    private final Connection connection;
    private final UUID request;

    /** @param request whose rows are back, and what it did is still written down */
    public SharedRestoredRows(Connection connection, UUID request) {
        this.connection = connection;
        this.request = request;
    }

    /**
     * Whose they are.
     *
     * @param plan of hiding
     * @param open the states of a request that is not over, as a list of SQL
     */
    public Set<SubjectKey> owners(Plan plan, SubjectKey but, String open) throws SQLException {
        List<SqlFragment> each = new ArrayList<>();
        for (PlannedRole role : plan.roles()) {
            if (role.source() instanceof KeySource.SubjectKeyValues keys) {
                each.add(SqlFragment.of(
                                "SELECT r.subject FROM exeunt.hidden h JOIN exeunt.stash s USING (request, step)"
                                        + " JOIN exeunt.request r ON r.subject = ")
                        .plus(owner(plan, role, keys))
                        .plus(SqlFragment.of(
                                " WHERE h.request = ?::uuid AND h.table_schema = ? AND h.table_name = ?"
                                        + " AND r.subject_kind = ? AND r.kind <> 'export' AND r.state IN " + open
                                        + " AND r.subject <> ?::text[]",
                                request.toString(),
                                role.table().name().schema(),
                                role.table().name().name(),
                                plan.subject().kind().text(),
                                but.parts().toArray(String[]::new))));
            }
        }
        Set<SubjectKey> owners = new LinkedHashSet<>();
        if (each.isEmpty()) {
            return owners;
        }
        SqlFragment select =
                SqlFragment.join(" UNION ", each).plus(" ORDER BY 1"); // so that two wait for each other in no circle
        try (PreparedStatement statement = select.prepare(connection);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                owners.add(new SubjectKey(List.of((String[]) row.getArray(1).getArray())));
            }
        }
        return owners;
    }

    /** The key's columns in the map's order, which a foreign key may name in another. */
    private static SqlFragment owner(Plan plan, PlannedRole role, KeySource.SubjectKeyValues keys) {
        List<SqlFragment> parts = new ArrayList<>();
        for (Column column : plan.subject().key()) {
            Column own = role.on().get(keys.columns().indexOf(column));
            parts.add(SqlFragment.of("s.was[array_position(h.columns, ?)]", own.name()));
        }
        return SqlFragment.of("ARRAY[").plus(SqlFragment.join(", ", parts)).plus("]");
    }

    /** The plan, for nothing but the rows that are back and are somebody's by a link of their own. */
    public Plan limitToRestoredRows(Plan plan) {
        return plan.narrowed(role -> role.narrowed(
                role.source() instanceof KeySource.SubjectKeyValues
                        ? RowTextSql.key(role.table())
                                .map(key -> RowTextSql.array(role.table().name().quoted(), key)
                                        + HiddenRows.stashed(role.table().name(), request))
                                .orElse("FALSE")
                        : "FALSE"));
    }
}
