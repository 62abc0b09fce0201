package dev.exeunt.promise;

import dev.exeunt.Exeunt;
import dev.exeunt.ProgressListener;
import dev.exeunt.database.Database;
import dev.exeunt.promise.made.RandomSchema;
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
 */
record TrialDatabase(TestDatabase database, Connection connection, RandomSchema schema, String role) {

    TrialDatabase as(String other) {
        return new TrialDatabase(database, connection, schema, other);
    }

    Exeunt exeunt(ProgressListener progress) {
        return Exeunt.builder(Database.at(database.jdbcUrl(), role, role))
                .progress(progress)
                .clock(Clock.fixed(MappedDatabase.NOW, ZoneOffset.UTC))
                .lockWait(Duration.ofSeconds(5))
                .build();
    }

    RowSnapshot now() throws SQLException {
        RowSnapshot now = RowSnapshot.of(connection, schema);
        connection.rollback();
        return now;
    }
}
