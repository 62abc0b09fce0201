package dev.exeunt.promise;

import dev.exeunt.Exeunt;
import dev.exeunt.ProgressListener;
import dev.exeunt.database.Database;
import dev.exeunt.promise.made.RandomSchema;
import dev.exeunt.security.HashKey;
import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;

/**
 * Holds a random schema in a database of its own, with a superuser's connection and a role.
 *
 * @param connection the superuser's, between two transactions
 * @param role whose password is its name
 * @param isRecorded whether erasures are recorded under a secret
 */
record TrialDatabase(
        TestDatabase database, Connection connection, RandomSchema schema, String role, boolean isRecorded) {

    private static final HashKey SECRET =
            HashKey.ofHex("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");

    TrialDatabase as(String other) {
        return new TrialDatabase(database, connection, schema, other, isRecorded);
    }

    /** With the tables that record erasures. */
    TrialDatabase recording() {
        TrialDatabase recording = new TrialDatabase(database, connection, schema, role, true);
        recording.exeunt(ProgressListener.NONE).migrate();
        return recording;
    }

    Exeunt exeunt(ProgressListener progress) {
        Exeunt.Builder builder = Exeunt.builder(Database.at(database.jdbcUrl(), role, role))
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
}
