package dev.exeunt.internal.transaction;

import dev.exeunt.database.DatabaseException;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;

/**
 * Runs work again, alone, after PostgreSQL ended it in a deadlock. Of two erasures of people who refer to each other
 * PostgreSQL stops one; a first attempt therefore shares a lock with all others of its kind, and a second one has it
 * for itself.
 */
public final class DeadlockRetry {

    private static final int TIMES = 3;
    private static final String DEADLOCK = "40P01";

    /** "exeunt" in ASCII. */
    private static final long LOCK = 0x657865756e74L;

    private static final SqlFragment ROLL_BACK = SqlFragment.of("ROLLBACK TO SAVEPOINT exeunt_attempt");

    private DeadlockRetry() {}

    /**
     * Within the connection's transaction: a failed attempt gives back its locks, and what was done before stays.
     *
     * @param settings {@code SET LOCAL} statements that go before each attempt
     */
    public static <T> T afterDeadlock(Connection connection, SqlFragment settings, Supplier<T> work)
            throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                SqlRunner.execute(connection, opening(settings, attempt == 1));
                return work.get();
            } catch (DatabaseException e) {
                if (!e.sqlState().equals(DEADLOCK) || attempt == TIMES) {
                    throw e;
                }
                SqlRunner.execute(connection, ROLL_BACK);
            }
        }
    }

    private static SqlFragment opening(SqlFragment settings, boolean first) {
        String lock = first ? "pg_advisory_xact_lock_shared" : "pg_advisory_xact_lock";
        return SqlTemplate.of("SAVEPOINT exeunt_attempt; {settings}; SELECT pg_catalog.{lock}(:key)")
                .fragment("settings", settings)
                .fragment("lock", lock)
                .bind("key", LOCK)
                .toFragment();
    }
}
