package dev.exeunt.erase;

import dev.exeunt.ExeuntException;
import dev.exeunt.plan.PlannedRole;
import dev.exeunt.plan.PlannedTable;
import dev.exeunt.postgres.Fragment;
import dev.exeunt.postgres.Quote;
import dev.exeunt.reach.Reach;
import dev.exeunt.reach.StatementListener;
import dev.exeunt.schema.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Looks, inside the erasing transaction, for links that should be gone: one statement for all roles. */
final class Verification {

    private Verification() {}

    /**
     * @throws LinkLeftException where a row is still linked that the map did not keep
     */
    static void run(Connection connection, Reach reach, StatementListener listener) throws SQLException {
        List<Fragment> checks = new ArrayList<>();
        List<TableName> tables = new ArrayList<>();
        for (PlannedTable table : reach.plan().tables()) {
            for (PlannedRole role : table.roles()) {
                if (role.severs() && !reach.isEmpty(role)) {
                    Fragment left = role.deletes()
                            ? reach.matchesAnyBut(List.of(role), table.keptByLaw())
                            : reach.matches(role);
                    tables.add(table.name());
                    checks.add(
                            Fragment.of("SELECT " + Quote.literal(role.id().toString()) + " WHERE EXISTS (SELECT FROM "
                                            + table.name().quoted() + " WHERE ")
                                    .plus(left)
                                    .plus(")"));
                }
            }
        }
        if (checks.isEmpty()) {
            return;
        }
        Fragment sql = Fragment.join(" UNION ALL ", checks);
        listener.begins(new StatementListener.Statement(
                StatementListener.Kind.VERIFY, "looking for links once more", tables, sql));
        List<String> left = new ArrayList<>();
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                left.add(result.getString(1));
            }
        }
        listener.ended(left.size());
        if (!left.isEmpty()) {
            throw new LinkLeftException(left);
        }
    }

    /** The erasure would have left links the map did not keep, and was rolled back. */
    public static final class LinkLeftException extends ExeuntException {
        private static final long serialVersionUID = 1L;

        LinkLeftException(List<String> roles) {
            super("Nothing was erased: after all statements rows were still linked to the person in "
                    + String.join(", ", roles)
                    + ". A trigger or rule kept them, or somebody was adding rows at the same"
                    + " moment; look at the triggers of these tables, or try again.");
        }
    }
}
