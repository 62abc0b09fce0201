package dev.exeunt.internal.sideeffect;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Tells the rows that the running transaction has written, in whatever savepoint or exception block, by {@code xmin}.
 *
 * <p>A row that a statement sees is of a transaction that has ended, or of its own. Each savepoint has a number of its own, later
 * than the transaction's. {@code pg_xact_status} says of all of them that they are in progress. Numbers of 32 bits are widened by
 * their distance from the transaction's.
 */
public final class TransactionRowVersions {

    private static final String OWN = """
            age({xmin}) <= 0 AND CASE
                WHEN {number} >= (SELECT pg_snapshot_xmax(pg_current_snapshot())::text::int8) THEN TRUE
                ELSE pg_xact_status({number}::text::xid8) = 'in progress' END
            """;

    private static final String NUMBER = """
            (:top + (({xmin}::text::int8 - :top % 4294967296 + 4294967296) % 4294967296))
            """;

    private final long transaction;

    private TransactionRowVersions(long transaction) {
        this.transaction = transaction;
    }

    public static TransactionRowVersions of(Connection connection) throws SQLException {
        return new TransactionRowVersions(
                SqlRunner.count(connection, SqlFragment.of("SELECT pg_catalog.pg_current_xact_id()::text::int8")));
    }

    /** True for rows that the transaction wrote, in the pinned search path. */
    public SqlFragment wrote(SqlFragment xmin) {
        SqlFragment number = SqlTemplate.of(NUMBER)
                .bind("top", transaction)
                .fragment("xmin", xmin)
                .toFragment();
        return SqlTemplate.of(OWN)
                .fragment("xmin", xmin)
                .fragment("number", number)
                .toFragment();
    }
}
