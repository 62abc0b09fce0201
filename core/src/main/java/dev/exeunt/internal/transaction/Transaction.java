package dev.exeunt.internal.transaction;

import dev.exeunt.ExeuntException;
import dev.exeunt.database.Database;
import dev.exeunt.database.DatabaseException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/** Work in a transaction of its own, on a connection of its own. */
public final class Transaction {

    /** Errors after which a COMMIT may or may not have taken effect: administrator's shutdown, crash. Class 08 besides. */
    private static final Set<String> SEVERED = Set.of("57P01", "57P02", "57P03");

    private Transaction() {}

    /** Runs inside a transaction and returns a result. */
    @FunctionalInterface
    public interface TransactionWork<T> {
        T run(Connection connection) throws SQLException;
    }

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
                rollback(connection);
            }
        } catch (SQLException e) {
            throw DatabaseException.of(e, doing);
        }
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

    static <T> T runAndCommit(Connection connection, TransactionWork<T> work) throws SQLException {
        boolean done = false;
        try {
            T result = work.run(connection);
            commit(connection);
            done = true;
            return result;
        } finally {
            if (!done) {
                rollback(connection);
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
    private static void rollback(Connection connection) throws SQLException {
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
     * Ends a connection on which an answer may be left unread: whoever has it next, from a pool, would take that for their own. Its
     * transaction is rolled back.
     */
    public static void sever(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // it has ended already
        }
    }

    /** The connection was lost in the one moment in which nobody can tell whether the transaction was committed. */
    public static final class OutcomeUnknownException extends ExeuntException {
        private static final long serialVersionUID = 1L;

        OutcomeUnknownException() {
            super(
                    "The connection was lost while the erasure was being committed: it is not known whether it took effect."
                            + " exeunt verify KEY tells.");
        }
    }
}
