package dev.exeunt.internal.transaction;

import dev.exeunt.database.Database;
import dev.exeunt.database.DatabaseException;
import dev.exeunt.database.OutcomeUnknownException;
import dev.exeunt.internal.postgres.TransactionWork;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Runs one transaction after the other on one connection, and replaces it after a failure. A connection on which
 * anything failed is given up, and the next transaction has a new one. For one thread.
 */
public final class ReusableConnection implements AutoCloseable {

    private final Database database;
    private @Nullable Connection idle;
    private boolean used;

    public ReusableConnection(Database database) {
        this.database = database;
    }

    /** Whether a transaction of it has been committed. */
    public boolean used() {
        return used;
    }

    /**
     * Committed, or after any exception rolled back.
     *
     * @param doing what is tried, as it follows "while" in an error
     * @throws OutcomeUnknownException where the connection was lost while it committed
     */
    public <T> T committed(String doing, TransactionWork<T> work) {
        Connection connection = idle == null ? database.connect() : idle;
        idle = null;
        try {
            T result = TransactionEnd.commitAfter(connection, work);
            idle = connection;
            used = true;
            return result;
        } catch (SQLException e) {
            throw DatabaseException.of(e, doing);
        } finally {
            if (idle == null) {
                close(connection);
            }
        }
    }

    @Override
    public void close() {
        if (idle != null) {
            close(idle);
            idle = null;
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // what was done is committed or rolled back already
        }
    }
}
