package dev.exeunt.internal.hide;

import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Finds restored rows that also belong to other people, such as a like on another person's post. If such a person has
 * asked to leave meanwhile, the row was hidden already, and so their request did not hide it.
 */
public final class SharedRestoredRows {

    private static final String OWNERS = """
            SELECT r.subject
            FROM exeunt.hidden h JOIN exeunt.stash s USING (request, step)
            JOIN exeunt.request r ON r.subject = ARRAY[{owner}]
            WHERE h.request = :request AND h.table_schema = :schema AND h.table_name = :table
                AND r.subject_kind = :kind AND r.kind <> 'export' AND r.state IN {open} AND r.subject <> :but
            """;

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
                each.add(SqlTemplate.of(OWNERS)
                        .fragment("owner", owner(plan, role, keys))
                        .bind("request", request)
                        .bind("schema", role.table().name().schema())
                        .bind("table", role.table().name().name())
                        .bind("kind", plan.subject().kind().text())
                        .fragment("open", open)
                        .bind("but", but.parts().toArray(String[]::new))
                        .toFragment());
            }
        }
        if (each.isEmpty()) {
            return Set.of();
        }
        // in order, so that two wait for each other in no circle
        SqlFragment select = SqlTemplate.of("{owners} ORDER BY 1")
                .fragments("owners", " UNION ", each)
                .toFragment();
        return new LinkedHashSet<>(SqlRunner.list(
                connection,
                select,
                row -> new SubjectKey(List.of((String[]) row.getArray(1).getArray()))));
    }

    /** The key's columns in the map's order, which a foreign key may name in another. */
    private static SqlFragment owner(Plan plan, PlannedRole role, KeySource.SubjectKeyValues keys) {
        return plan.subject().key().stream()
                .map(column -> role.on().get(keys.columns().indexOf(column)))
                .map(own -> SqlFragment.of("s.was[array_position(h.columns, ?)]", own.name()))
                .collect(SqlFragment.joining(", "));
    }

    /** Limits the plan to restored rows that belong to another person by a link of their own. */
    public Plan limitToRestoredRows(Plan plan) {
        return plan.narrowed(role -> role.narrowed(
                role.source() instanceof KeySource.SubjectKeyValues
                        ? HiddenRows.stashed(role, request)
                        : SqlFragment.of("FALSE")));
    }
}
