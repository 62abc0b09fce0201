package dev.exeunt.internal.transaction;

import dev.exeunt.database.Database;
import dev.exeunt.database.DatabaseException;
import dev.exeunt.internal.postgres.SearchPath;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.postgres.TransactionSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lends the connection of a snapshot and a second one that reads the same snapshot. The second is opened when it is first asked for,
 * and only where connections come from no pool: a pool may have no second one to give.
 */
public final class SnapshotConnections implements AutoCloseable {

    private final Connection first;
    private final @Nullable Database database;
    private @Nullable Connection second;
    private boolean asked;

    /**
     * @param first in a transaction of one snapshot; it stays the caller's
     * @param database where the second connection leads; null for no second one
     */
    public SnapshotConnections(Connection first, @Nullable Database database) {
        this.first = first;
        this.database = database;
    }

    public Connection first() {
        return first;
    }

    /** Returns one connection or two. Not for several threads. */
    public List<Connection> all() throws SQLException {
        if (!asked && database != null && !database.hasPool()) {
            asked = true;
            second = open(database);
        }
        return second == null ? List.of(first) : List.of(first, second);
    }

    /** The server may have no connection left, or another server may have answered. Reading then takes longer, and that is all. */
    private @Nullable Connection open(Database at) throws SQLException {
        String snapshot =
                SqlRunner.one(first, SqlFragment.of("SELECT pg_catalog.pg_export_snapshot()"), row -> row.getString(1));
        Connection opened = null;
        try {
            opened = at.connect();
            SqlRunner.execute(opened, SqlFragment.of("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"));
            SqlRunner.execute(
                    opened,
                    SqlTemplate.of("SET TRANSACTION SNAPSHOT :snapshot")
                            .bind("snapshot", snapshot)
                            .toFragment());
            TransactionSettings.apply(opened);
            SearchPath.toRole(opened);
            return opened;
        } catch (DatabaseException | SQLException e) {
            end(opened);
            return null;
        }
    }

    private static void end(@Nullable Connection opened) throws SQLException {
        if (opened != null) {
            TransactionEnd.rollBack(opened);
            opened.close();
        }
    }

    @Override
    public void close() throws SQLException {
        end(second);
        second = null;
    }
}
