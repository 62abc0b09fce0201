package dev.exeunt.internal.export;

import dev.exeunt.ExeuntException;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.postgres.TransactionSettings;
import dev.exeunt.internal.transaction.TransactionEnd;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** Opens a transaction that reads one moment of the database and is never committed. */
final class SnapshotTransaction implements AutoCloseable {

    private static final String BEGIN = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ {access}; SELECT {settings}";

    private final Connection connection;
    private final boolean autoCommit;

    private SnapshotTransaction(Connection connection, boolean autoCommit) {
        this.connection = connection;
        this.autoCommit = autoCommit;
    }

    /**
     * @param readOnly whether nothing is to be written, not even to be rolled back
     * @throws ExeuntException where a transaction is open: it has its own idea of the moment, and is not ours to end
     */
    static SnapshotTransaction begin(Connection connection, boolean readOnly) throws SQLException {
        if (connection.unwrap(BaseConnection.class).getTransactionState() != TransactionState.IDLE) {
            throw new ExeuntException(
                    "The connection has an open transaction. Commit it or roll it back before an export.");
        }
        SnapshotTransaction snapshot = new SnapshotTransaction(connection, connection.getAutoCommit());
        connection.setAutoCommit(false);
        try {
            SqlFragment begin = SqlTemplate.of(BEGIN)
                    .fragment("access", readOnly ? ", READ ONLY" : "")
                    .fragment("settings", TransactionSettings.ALL)
                    .toFragment();
            SqlRunner.execute(connection, begin);
            return snapshot;
        } catch (SQLException e) {
            snapshot.close();
            throw e;
        }
    }

    Connection connection() {
        return connection;
    }

    /** Whatever was written was written for the reading only. */
    @Override
    public void close() {
        try {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        } catch (SQLException e) {
            TransactionEnd.sever(connection); // and the transaction with it
        }
    }
}
