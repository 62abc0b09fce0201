package dev.exeunt.export;

import dev.exeunt.ExeuntException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** One read-only transaction that sees the database at one moment, and values written the same way whoever connects. */
final class Snapshot implements AutoCloseable {

    private static final String BEGIN = """
            SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;
            SET LOCAL TimeZone = 'UTC';
            SET LOCAL DateStyle = 'ISO, YMD';
            SET LOCAL IntervalStyle = 'iso_8601';
            SET LOCAL extra_float_digits = 1;
            SET LOCAL bytea_output = 'hex';
            SET LOCAL lc_monetary = 'C';
            SET LOCAL standard_conforming_strings = on;
            SET LOCAL row_security = off
            """;

    private final Connection connection;
    private final boolean autoCommit;

    private Snapshot(Connection connection, boolean autoCommit) {
        this.connection = connection;
        this.autoCommit = autoCommit;
    }

    /** @throws ExeuntException where a transaction is open: it has its own idea of the moment, and is not ours to end */
    static Snapshot begin(Connection connection) throws SQLException {
        if (connection.unwrap(BaseConnection.class).getTransactionState() != TransactionState.IDLE) {
            throw new ExeuntException(
                    "The connection has an open transaction. Commit it or roll it back before an export.");
        }
        Snapshot snapshot = new Snapshot(connection, connection.getAutoCommit());
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(BEGIN);
            return snapshot;
        } catch (SQLException e) {
            snapshot.close();
            throw e;
        }
    }

    Connection connection() {
        return connection;
    }

    /** Nothing was written, so there is nothing to commit. */
    @Override
    public void close() {
        try {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        } catch (SQLException e) {
            // the connection is lost, and the transaction with it
        }
    }
}
