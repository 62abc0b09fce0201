package dev.exeunt.internal.erase;

import dev.exeunt.ExeuntException;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.postgres.SqlTokens;
import dev.exeunt.internal.postgres.SqlTokens.SqlToken;
import dev.exeunt.internal.reach.SubjectRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks that as many rows left their link as a {@code where:} with a function chose before the first write. A function
 * that is labelled IMMUTABLE and reads tables all the same changes its mind while rows go: a row that was captured is then
 * neither deleted nor found again, and a receipt would count it as deleted.
 */
final class NarrowedRowsCheck {

    /** Words before a parenthesis that call no function. */
    private static final Set<String> NO_CALLS = Set.of("and", "or", "not", "in", "any", "all", "some", "case", "when");

    private final SubjectRows reach;
    private final Map<PlannedRole, Long> staying = new LinkedHashMap<>();

    /** Counts, before the first write, the rows that each such link holds and its {@code where:} does not choose. */
    NarrowedRowsCheck(Connection connection, SubjectRows reach) throws SQLException {
        this.reach = reach;
        for (PlannedTable table : reach.plan().tables()) {
            for (PlannedRole role : table.roles()) {
                if (role.mustBeEmptyAfterErasure() && !reach.isEmpty(role) && callsFunctions(role.where())) {
                    SqlFragment chosen = role.deletes()
                            ? reach.matchesAnyBut(List.of(role), table.keptByLaw())
                            : reach.matches(role);
                    staying.put(role, linked(connection, role) - count(connection, role, chosen));
                }
            }
        }
    }

    private static boolean callsFunctions(@Nullable LocatedText where) {
        if (where == null) {
            return false;
        }
        List<SqlToken> tokens = SqlTokens.of(where.text()).all();
        for (int i = 0; i + 1 < tokens.size(); i++) {
            boolean call =
                    tokens.get(i).name().filter(n -> !NO_CALLS.contains(n)).isPresent();
            if (call && tokens.get(i + 1).text().equals("(")) {
                return true;
            }
        }
        return false;
    }

    private long linked(Connection connection, PlannedRole role) throws SQLException {
        return count(connection, role, reach.matches(role.with(null, role.assignments(), role.hiding())));
    }

    private static long count(Connection connection, PlannedRole role, SqlFragment rows) throws SQLException {
        return SqlRunner.count(
                connection,
                SqlTemplate.of("SELECT pg_catalog.count(*) FROM {table} WHERE {rows}")
                        .fragment("table", role.table().name().quoted())
                        .fragment("rows", rows)
                        .toFragment());
    }

    /**
     * After the last write.
     *
     * @throws NarrowedRowsLeftException where more rows are left in a link than before were meant to stay
     */
    void requireNoneLeft(Connection connection) throws SQLException {
        List<String> left = new ArrayList<>();
        for (Map.Entry<PlannedRole, Long> role : staying.entrySet()) {
            if (linked(connection, role.getKey()) > role.getValue()) {
                left.add(role.getKey().id().toString());
            }
        }
        if (!left.isEmpty()) {
            throw new NarrowedRowsLeftException(left);
        }
    }

    /** Thrown when a condition of the map chose other rows after the first write than before. */
    public static final class NarrowedRowsLeftException extends ExeuntException {
        private static final long serialVersionUID = 1L;

        NarrowedRowsLeftException(List<String> roles) {
            super("Nothing was erased: the where of " + String.join(", ", roles)
                    + " chose fewer rows while the erasure ran than before it. A function in it reads what the erasure"
                    + " deletes, or a trigger or another session added rows meanwhile. Decide by columns of the row, without"
                    + " a function, or try again.");
        }
    }
}
