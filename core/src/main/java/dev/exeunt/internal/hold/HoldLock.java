package dev.exeunt.internal.hold;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Keeps a sweep from deleting rows while a hold is being placed on them. Sweeps share the lock; a call that places a hold has it alone. Each
 * holds it until its transaction ends, and reads holds after it has the lock.
 */
public final class HoldLock {

    private static final SqlFragment SHARE =
            SqlFragment.of("SELECT pg_catalog.pg_advisory_xact_lock_shared(pg_catalog.hashtext('exeunt.legal_hold'))");
    private static final SqlFragment TAKE =
            SqlFragment.of("SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext('exeunt.legal_hold'))");

    private HoldLock() {}

    /** Takes the lock for a sweep. */
    public static void share(Connection connection) throws SQLException {
        SqlRunner.call(connection, SHARE);
    }

    /** Takes the lock to place a hold. */
    static void take(Connection connection) throws SQLException {
        SqlRunner.call(connection, TAKE);
    }
}
