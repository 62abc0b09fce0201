package dev.exeunt.promise;

import dev.exeunt.Exeunt;
import dev.exeunt.Progress;
import dev.exeunt.postgres.Database;
import dev.exeunt.promise.made.MadeSchema;
import dev.exeunt.testkit.TestDatabase;
import dev.exeunt.testkit.World;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;

/**
 * A made-up schema in a database of its own.
 *
 * @param connection the superuser's, between two transactions
 * @param role whose password is its name
 */
record Stage(TestDatabase database, Connection connection, MadeSchema schema, String role) {

    Stage as(String other) {
        return new Stage(database, connection, schema, other);
    }

    Exeunt exeunt(Progress progress) {
        return Exeunt.builder(Database.at(database.jdbcUrl(), role, role))
                .progress(progress)
                .clock(Clock.fixed(World.NOW, ZoneOffset.UTC))
                .lockWait(Duration.ofSeconds(5))
                .build();
    }

    Snapshot now() throws SQLException {
        Snapshot now = Snapshot.of(connection, schema);
        connection.rollback();
        return now;
    }
}
