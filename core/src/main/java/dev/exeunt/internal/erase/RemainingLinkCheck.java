package dev.exeunt.internal.erase;

import dev.exeunt.erase.RehearsalResult;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.plan.RoleId;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.StatementListener;
import dev.exeunt.internal.reach.SubjectRows;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.internal.sideeffect.FiringTriggers;
import dev.exeunt.internal.sideeffect.NothingErasedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks for every link once more, inside the erasing transaction: those that must be gone, and those that stay. */
final class RemainingLinkCheck {

    private final Connection connection;
    private final SubjectRows reach;
    private final StatementListener listener;
    private final List<SqlFragment> queries = new ArrayList<>();
    private final List<PlannedRole> asked = new ArrayList<>();
    private final Set<TableName> tables = new LinkedHashSet<>();

    private RemainingLinkCheck(Connection connection, SubjectRows reach, StatementListener listener) {
        this.connection = connection;
        this.reach = reach;
        this.listener = listener;
    }

    /**
     * Holds what a look found.
     *
     * @param left roles that still have rows although the map keeps none
     * @param staying the rows of each role that overwrites columns and leaves the link
     */
    record LinkedRows(Set<RoleId> left, Map<RoleId, Long> staying) {

        boolean leaves(PlannedRole role) {
            return left.contains(role.id());
        }

        long staying(PlannedRole role) {
            return staying.getOrDefault(role.id(), 0L);
        }
    }

    static LinkedRows look(Connection connection, SubjectRows reach, StatementListener listener) throws SQLException {
        RemainingLinkCheck check = new RemainingLinkCheck(connection, reach, listener);
        for (PlannedTable table : reach.plan().tables()) {
            table.roles().stream().filter(r -> !reach.isEmpty(r)).forEach(r -> check.add(table, r));
        }
        return check.run();
    }

    /** Whether its rows are overwritten and stay linked. */
    static boolean stays(PlannedRole role) {
        return !role.assignments().isEmpty() && !role.mustBeEmptyAfterErasure();
    }

    private void add(PlannedTable table, PlannedRole role) {
        if (role.mustBeEmptyAfterErasure()) {
            SqlFragment left =
                    role.deletes() ? reach.matchesAnyBut(List.of(role), table.keptByLaw()) : reach.matches(role);
            add(
                    table,
                    role,
                    "SELECT :role::pg_catalog.int4, 1::pg_catalog.int8 WHERE EXISTS (SELECT FROM {table} WHERE {rows})",
                    left);
        } else if (stays(role)) {
            add(
                    table,
                    role,
                    "SELECT :role::pg_catalog.int4, pg_catalog.count(*) FROM {table} WHERE {rows}",
                    reach.matches(role));
        }
    }

    private void add(PlannedTable table, PlannedRole role, String query, SqlFragment rows) {
        tables.add(table.name());
        queries.add(SqlTemplate.of(query)
                .bind("role", asked.size())
                .fragment("table", table.name().quoted())
                .fragment("rows", rows)
                .toFragment());
        asked.add(role);
    }

    private LinkedRows run() throws SQLException {
        Set<RoleId> left = new LinkedHashSet<>();
        Map<RoleId, Long> staying = new LinkedHashMap<>();
        if (queries.isEmpty()) {
            return new LinkedRows(left, staying);
        }
        SqlFragment sql = SqlFragment.join(" UNION ALL ", queries);
        listener.begins(new StatementListener.ErasureStatement(
                RehearsalResult.StatementKind.VERIFY, "looking for links once more", List.copyOf(tables), sql));
        SqlRunner.forEach(connection, sql, 0, row -> {
            PlannedRole role = asked.get(row.getInt(1));
            if (stays(role)) {
                staying.put(role.id(), row.getLong(2));
            } else {
                left.add(role.id());
            }
        });
        listener.ended(left.size());
        return new LinkedRows(left, staying);
    }

    /** Thrown when an erasure would leave links that the map did not keep. */
    public static final class RemainingLinkException extends NothingErasedException {
        private static final long serialVersionUID = 1L;

        RemainingLinkException(List<String> roles, Plan plan) {
            super(
                    "after all statements, and once more after another round of them, rows were still linked to the person in "
                            + String.join(", ", roles)
                            + ". A trigger or rule kept them or put them back, or another transaction was adding rows at the same"
                            + " moment. " + FiringTriggers.sentence(plan) + ". Look at what they do, or try again.");
        }
    }
}
