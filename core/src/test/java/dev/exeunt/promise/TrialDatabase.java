package dev.exeunt.promise;

import dev.exeunt.Exeunt;
import dev.exeunt.HashKey;
import dev.exeunt.ProgressListener;
import dev.exeunt.database.Database;
import dev.exeunt.promise.made.RandomSchema;
import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.TestConnectionPool;
import dev.exeunt.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/**
 * Holds a random schema in a database of its own, with a superuser's connection and a role.
 *
 * @param connection the superuser's, between two transactions
 * @param role whose password is its name
 * @param isRecorded whether erasures are recorded under a secret
 * @param pools keep Exeunt's connections, whose caches are warm then; one for each role
 */
record TrialDatabase(
        TestDatabase database,
        Connection connection,
        RandomSchema schema,
        String role,
        boolean isRecorded,
        Map<String, TestConnectionPool> pools)
        implements AutoCloseable {

    private static final HashKey SECRET =
            HashKey.ofHex("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");

    /** The superuser's, without records. */
    static TrialDatabase of(TestDatabase database, RandomSchema schema) {
        return new TrialDatabase(database, database.connection(), schema, database.user(), false, new HashMap<>());
    }

    TrialDatabase as(String other) {
        return new TrialDatabase(database, connection, schema, other, isRecorded, pools);
    }

    /** With a secret for records, and the tables that hold them. */
    TrialDatabase recording() {
        TrialDatabase recording = keepingRecords();
        recording.exeunt(ProgressListener.NONE).migrate();
        return recording;
    }

    /** With a secret for records. The caller migrates. */
    TrialDatabase keepingRecords() {
        return new TrialDatabase(database, connection, schema, role, true, pools);
    }

    Exeunt exeunt(ProgressListener progress) {
        Database pooled = Database.at(database.jdbcUrl(), role, role)
                .pooled(fresh -> pools.computeIfAbsent(role, r -> new TestConnectionPool(fresh)));
        Exeunt.Builder builder = Exeunt.builder(pooled)
                .progress(progress)
                .clock(Clock.fixed(MappedDatabase.NOW, ZoneOffset.UTC))
                .lockWait(Duration.ofSeconds(5));
        return (isRecorded ? builder.key(SECRET) : builder).build();
    }

    RowSnapshot now() throws SQLException {
        RowSnapshot now = RowSnapshot.of(connection, schema);
        connection.rollback();
        return now;
    }

    @Override
    public void close() throws SQLException {
        for (TestConnectionPool pool : pools.values()) {
            pool.close();
        }
        connection.close();
    }
}
