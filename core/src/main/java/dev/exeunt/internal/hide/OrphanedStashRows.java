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
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Deletes rows of erased people that another person's request keeps in the stash. They would come back when that one
 * does, long after their author was erased.
 */
public final class OrphanedStashRows {

    private final Connection connection;
    private final String[] own;

    /** @param own requests, whose rows are back in their tables */
    public OrphanedStashRows(Connection connection, List<UUID> own) {
        this.connection = connection;
        this.own = own.stream().map(UUID::toString).toArray(String[]::new);
    }

    /**
     * Deletes those that the plan would delete by a link of their own.
     *
     * @param before only what is older; null for all
     */
    public void erase(Plan plan, List<SubjectKey> people, @Nullable Instant before) throws SQLException {
        if (!any()) {
            return;
        }
        for (PlannedRole role : plan.roles()) {
            Column created = role.hiding().created();
            boolean shared = plan.roles().stream()
                            .filter(r -> r.table().name().equals(role.table().name()))
                            .count()
                    > 1;
            if (shared && role.deletes() && role.where() == null && (before == null || created != null)) {
                erase(plan, role, people, before);
            }
        }
    }

    /** Most applications stash nothing, or little, and then nothing has to be planned. */
    private boolean any() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT EXISTS (SELECT FROM exeunt.stash)");
                ResultSet row = statement.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    private void erase(Plan plan, PlannedRole role, List<SubjectKey> people, @Nullable Instant before)
            throws SQLException {
        if (!(role.source() instanceof KeySource.SubjectKeyValues keys)) {
            return;
        }
        SqlFragment delete = SqlFragment.of(
                "DELETE FROM exeunt.stash s USING exeunt.hidden h WHERE (h.request, h.step) = (s.request, s.step)"
                        + " AND h.request <> ALL (?::uuid[]) AND h.table_schema = ? AND h.table_name = ?",
                own,
                role.table().name().schema(),
                role.table().name().name());
        for (int i = 0; i < keys.columns().size(); i++) {
            int part = plan.subject().key().indexOf(keys.columns().get(i));
            delete = delete.plus(SqlFragment.of(
                    " AND s.was[array_position(h.columns, ?)] = ANY (?::text[])",
                    role.on().get(i).name(),
                    people.stream().map(p -> p.parts().get(part)).toArray(String[]::new)));
        }
        Column created = role.hiding().created();
        if (before != null && created != null) {
            delete = delete.plus(SqlFragment.of(
                    " AND CAST(s.was[array_position(h.columns, ?)] AS timestamptz) < CAST(? AS timestamptz)",
                    created.name(),
                    before.toString()));
        }
        try (PreparedStatement statement = delete.prepare(connection)) {
            statement.executeUpdate();
        }
    }
}
