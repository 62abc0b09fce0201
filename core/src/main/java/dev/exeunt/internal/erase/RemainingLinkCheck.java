package dev.exeunt.internal.erase;

import dev.exeunt.ExeuntException;
import dev.exeunt.erase.RehearsalResult;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.StatementListener;
import dev.exeunt.internal.reach.SubjectRows;
import dev.exeunt.internal.schema.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Checks, inside the erasing transaction, that no link remains that the map did not keep. */
final class RemainingLinkCheck {

    private RemainingLinkCheck() {}

    /**
     * @throws RemainingLinkException where a row is still linked that the map did not keep
     */
    static void run(Connection connection, SubjectRows reach, StatementListener listener) throws SQLException {
        List<SqlFragment> checks = new ArrayList<>();
        List<TableName> tables = new ArrayList<>();
        for (PlannedTable table : reach.plan().tables()) {
            for (PlannedRole role : table.roles()) {
                if (role.mustBeEmptyAfterErasure() && !reach.isEmpty(role)) {
                    SqlFragment left = role.deletes()
                            ? reach.matchesAnyBut(List.of(role), table.keptByLaw())
                            : reach.matches(role);
                    tables.add(table.name());
                    checks.add(SqlTemplate.of("""
                                    SELECT :role::pg_catalog.text WHERE EXISTS (SELECT FROM {table} WHERE {left})""")
                            .bind("role", role.id().toString())
                            .fragment("table", table.name().quoted())
                            .fragment("left", left)
                            .toFragment());
                }
            }
        }
        if (checks.isEmpty()) {
            return;
        }
        SqlFragment sql = SqlFragment.join(" UNION ALL ", checks);
        listener.begins(new StatementListener.ErasureStatement(
                RehearsalResult.StatementKind.VERIFY, "looking for links once more", tables, sql));
        List<String> left = SqlRunner.list(connection, sql, row -> row.getString(1));
        listener.ended(left.size());
        if (!left.isEmpty()) {
            throw new RemainingLinkException(left);
        }
    }

    /** Thrown when an erasure would leave links that the map did not keep. */
    public static final class RemainingLinkException extends ExeuntException {
        private static final long serialVersionUID = 1L;

        RemainingLinkException(List<String> roles) {
            super("Nothing was erased: after all statements rows were still linked to the person in "
                    + String.join(", ", roles)
                    + ". A trigger or rule kept them, or somebody was adding rows at the same"
                    + " moment; look at the triggers of these tables, or try again.");
        }
    }
}
