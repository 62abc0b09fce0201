package dev.exeunt.internal.transaction;

import dev.exeunt.database.Database;
import dev.exeunt.database.DatabaseException;
import dev.exeunt.database.OutcomeUnknownException;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.postgres.TransactionSettings;
import dev.exeunt.internal.postgres.TransactionWork;
import java.sql.Connection;
import java.sql.SQLException;

/** Work in a transaction of its own, on a connection of its own. */
public final class Transaction {

    private static final SqlFragment SNAPSHOT = SqlTemplate.of(
                    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; SELECT {settings}")
            .fragment("settings", TransactionSettings.ALL)
            .toFragment();

    private Transaction() {}

    /**
     * Always rolled back.
     *
     * @param doing what is tried, as it follows "while" in an error
     */
    public static <T> T runAndRollBack(Database database, String doing, TransactionWork<T> work) {
        try (Connection connection = database.connect()) {
            try {
                return work.run(connection);
            } finally {
                TransactionEnd.rollBack(connection);
            }
        } catch (SQLException e) {
            throw DatabaseException.of(e, doing);
        }
    }

    /** Reads one moment of the database, with our settings. Always rolled back: to try SQL of a map, views are made. */
    public static <T> T runInSnapshot(Database database, String doing, TransactionWork<T> work) {
        return runAndRollBack(database, doing, connection -> {
            SqlRunner.execute(connection, SNAPSHOT);
            return work.run(connection);
        });
    }

    /** Lets the rest of a transaction write nothing, not even to be rolled back. */
    public static void writeNothingMore(Connection connection) throws SQLException {
        SqlRunner.execute(connection, SqlFragment.of("SET TRANSACTION READ ONLY"));
    }

    /**
     * Committed, or after any exception rolled back.
     *
     * @throws OutcomeUnknownException where the connection was lost while it committed
     */
    public static <T> T runAndCommit(Database database, String doing, TransactionWork<T> work) {
        try (ReusableConnection session = new ReusableConnection(database)) {
            return session.committed(doing, work);
        }
    }
}
