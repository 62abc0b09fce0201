package dev.exeunt.internal.transaction;

import dev.exeunt.database.Database;
import dev.exeunt.database.DatabaseException;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.postgres.TransactionSettings;
import dev.exeunt.internal.postgres.TransactionWork;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Watches, from a second connection, whom a session is waiting for: once a lock has timed out PostgreSQL no longer says who
 * held it. The connection is opened only when the work takes longer than half a second.
 */
public final class LockHolderWatch implements AutoCloseable {

    private static final long PERIOD_MILLIS = 400;

    /** Without the statements, which may hold values. */
    private static final String HOLDERS = """
            SELECT a.pid, a.usename, a.application_name, a.backend_type,
                   extract(epoch FROM pg_catalog.clock_timestamp() - a.xact_start)::bigint AS seconds
            FROM unnest(pg_catalog.pg_blocking_pids(:process)) AS b(pid)
            JOIN pg_catalog.pg_stat_activity a ON a.pid = b.pid
            ORDER BY a.pid
            """;

    private final Database database;
    private final int watched;
    private final ScheduledExecutorService timer;
    private volatile List<String> holders = List.of();
    private @Nullable Connection connection;

    private LockHolderWatch(Database database, int watched) {
        this.database = database;
        this.watched = watched;
        this.timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "exeunt-lock-watch");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Commits work, or after any exception rolls it back; an error about a lock says who held it. */
    public static <T> T runAndCommit(Database database, String doing, TransactionWork<T> work) {
        return Transaction.runAndCommit(database, doing, connection -> {
            TransactionSettings.apply(connection);
            try (LockHolderWatch watch = over(connection, database)) {
                try {
                    return work.run(connection);
                } catch (DatabaseException e) {
                    throw watch.explain(e);
                }
            }
        });
    }

    /** Watches the session behind the connection until closed. */
    public static LockHolderWatch over(Connection session, Database database) throws SQLException {
        int process =
                SqlRunner.one(session, SqlFragment.of("SELECT pg_catalog.pg_backend_pid()"), row -> row.getInt(1));
        return over(process, database);
    }

    /** @param process the session's, as {@code pg_backend_pid()} has it */
    public static LockHolderWatch over(int process, Database database) {
        LockHolderWatch watch = new LockHolderWatch(database, process);
        var unused =
                watch.timer.scheduleWithFixedDelay(watch::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        return watch;
    }

    /**
     * Returns the last lock holders that blocked the work, each like {@code process 4711 (role app, psql, 12 s in its
     * transaction)}.
     */
    public List<String> holders() {
        return holders;
    }

    /** Returns the same error; a lock error also names the lock holders that were seen. */
    public DatabaseException explain(DatabaseException e) {
        boolean lock = e.sqlState().equals("55P03") || e.sqlState().equals("40P01");
        if (!lock || holders.isEmpty()) {
            return e;
        }
        String message = e.getMessage() + " In the way: " + String.join("; ", holders)
                + ". Let it finish, or end it with SELECT pg_terminate_backend(PROCESS).";
        return new DatabaseException(message, e.sqlState(), e.table(), e.constraint());
    }

    private void look() {
        try {
            Connection open = connection;
            if (open == null) {
                open = database.connect();
                connection = open;
            }
            TransactionSettings.apply(open);
            List<String> seen = holders(open);
            open.rollback();
            if (!seen.isEmpty()) {
                holders = seen;
            }
        } catch (SQLException | DatabaseException e) {
            // no second connection is available: the error then names no lock holder, and the work itself goes on
            timer.shutdown();
        }
    }

    private List<String> holders(Connection open) throws SQLException {
        SqlFragment select = SqlTemplate.of(HOLDERS).bind("process", watched).toFragment();
        return SqlRunner.list(open, select, LockHolderWatch::holder);
    }

    private static String holder(ResultSet row) throws SQLException {
        String role =
                row.getString("usename") == null ? row.getString("backend_type") : "role " + row.getString("usename");
        String application = row.getString("application_name");
        String seconds = row.getString("seconds");
        return "process " + row.getInt("pid") + " (" + role
                + (application == null || application.isEmpty() ? "" : ", " + application)
                + (seconds == null ? "" : ", " + seconds + " s in its transaction") + ")";
    }

    @Override
    public void close() {
        timer.shutdownNow();
        Connection open = connection;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                // a watcher's connection that is lost already is closed
            }
        }
    }
}
