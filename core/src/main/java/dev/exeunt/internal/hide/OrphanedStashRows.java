package dev.exeunt.internal.hide;

import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.schema.Column;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Deletes rows of erased people that another person's request keeps in the stash. They would come back when that one
 * does, long after their author was erased.
 */
public final class OrphanedStashRows {

    private static final String DELETE = """
            DELETE FROM exeunt.stash s USING exeunt.hidden h
            WHERE (h.request, h.step) = (s.request, s.step) AND h.request <> ALL (:own)
                AND h.table_schema = :schema AND h.table_name = :table AND {conditions}
            """;

    private final Connection connection;
    private final List<UUID> own;

    /** @param own requests, whose rows are back in their tables */
    public OrphanedStashRows(Connection connection, List<UUID> own) {
        this.connection = connection;
        this.own = List.copyOf(own);
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
        return SqlRunner.isTrue(connection, SqlFragment.of("SELECT EXISTS (SELECT FROM exeunt.stash)"));
    }

    private void erase(Plan plan, PlannedRole role, List<SubjectKey> people, @Nullable Instant before)
            throws SQLException {
        if (!(role.source() instanceof KeySource.SubjectKeyValues keys)) {
            return;
        }
        List<SqlFragment> conditions = new ArrayList<>();
        for (int i = 0; i < keys.columns().size(); i++) {
            int part = plan.subject().key().indexOf(keys.columns().get(i));
            conditions.add(SqlTemplate.of("s.was[array_position(h.columns, :column)] = ANY (:parts::text[])")
                    .bind("column", role.on().get(i).name())
                    .bind("parts", people.stream().map(p -> p.parts().get(part)).toArray(String[]::new))
                    .toFragment());
        }
        Column created = role.hiding().created();
        if (before != null && created != null) {
            conditions.add(SqlTemplate.of("CAST(s.was[array_position(h.columns, :column)] AS timestamptz) < :before")
                    .bind("column", created.name())
                    .bind("before", before)
                    .toFragment());
        }
        SqlFragment delete = SqlTemplate.of(DELETE)
                .bind("own", own)
                .bind("schema", role.table().name().schema())
                .bind("table", role.table().name().name())
                .fragments("conditions", " AND ", conditions)
                .toFragment();
        SqlRunner.update(connection, delete);
    }
}
