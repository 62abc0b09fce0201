package dev.exeunt.internal.transaction;

import dev.exeunt.database.OutcomeUnknownException;
import dev.exeunt.internal.postgres.TransactionWork;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/** Commits and rolls back, and tells a refused commit from one whose outcome is unknown. */
public final class TransactionEnd {

    /** Errors after which a COMMIT may or may not have taken effect: administrator's shutdown, crash. Class 08 besides. */
    private static final Set<String> SEVERED = Set.of("57P01", "57P02", "57P03");

    private TransactionEnd() {}

    static <T> T commitAfter(Connection connection, TransactionWork<T> work) throws SQLException {
        boolean done = false;
        try {
            T result = work.run(connection);
            commit(connection);
            done = true;
            return result;
        } finally {
            if (!done) {
                rollBack(connection);
            }
        }
    }

    private static void commit(Connection connection) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException e) {
            String state = e.getSQLState();
            if (state == null || state.startsWith("08") || SEVERED.contains(state)) {
                throw new OutcomeUnknownException();
            }
            throw e;
        }
    }

    /** A connection that is lost has rolled back already, and what lost it is what matters. */
    static void rollBack(Connection connection) throws SQLException {
        try {
            connection.rollback();
        } catch (SQLException e) {
            boolean lost = connection.isClosed();
            sever(connection);
            if (!lost) {
                throw e;
            }
        }
    }

    /**
     * Ends a connection on which an answer may be left unread. The next user of a pooled connection would take that
     * answer for their own. Its transaction is rolled back.
     */
    public static void sever(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // it has ended already
        }
    }
}
