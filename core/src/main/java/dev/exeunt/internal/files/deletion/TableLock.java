package dev.exeunt.internal.files.deletion;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;

/** Keeps other transactions from writing to tables, for a limited time. */
final class TableLock {

    private final Connection connection;
    private final Savepoint before;
    private final long end;
    private boolean held = true;

    /**
     * @param before the savepoint before the lock was taken
     * @param hold how long it is to be held at most, from now on
     */
    TableLock(Connection connection, Savepoint before, Duration hold) {
        this.connection = connection;
        this.before = before;
        this.end = System.nanoTime() + hold.toNanos();
    }

    boolean isHeld() {
        return held;
    }

    /** Returns for how many nanoseconds it may still be held: none where the time is over. */
    long nanosLeft() {
        return Math.max(0, end - System.nanoTime());
    }

    /** Lets other transactions write. Changes of this transaction since the savepoint are undone. */
    void release() throws SQLException {
        if (held) {
            held = false;
            connection.rollback(before);
        }
    }
}
