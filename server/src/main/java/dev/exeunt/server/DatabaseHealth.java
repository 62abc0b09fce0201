package dev.exeunt.server;

import dev.exeunt.database.Database;
import dev.exeunt.database.DatabaseException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether the database answers, without which nothing can be answered. However often it is probed, it takes one connection. */
final class DatabaseHealth implements HealthIndicator, AutoCloseable {

    private static final CachedQuery.CacheTimes TIMES =
            new CachedQuery.CacheTimes(Duration.ofSeconds(3), Duration.ofSeconds(2));

    private final CachedQuery<Boolean> answers;

    DatabaseHealth(Database database, Clock clock) {
        this.answers = new CachedQuery<>("whether it is there", () -> answers(database), clock, TIMES);
    }

    private static boolean answers(Database database) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            return statement.execute("SELECT 1");
        } catch (SQLException e) {
            throw DatabaseException.of(e, "asking whether the database is there");
        }
    }

    @Override
    public Health health() {
        return (answers.get().isPresent() ? Health.up() : Health.down()).build();
    }

    @Override
    public void close() {
        answers.close();
    }
}
