package dev.exeunt.spring;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.exeunt.database.Database;
import dev.exeunt.spring.settings.ExeuntSettings;
import dev.exeunt.spring.settings.ExeuntSettings.SecretValue;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Holds the connections of requests and workers, apart from the application's own pool, prepared as core needs them. */
public final class ConnectionPool implements AutoCloseable {

    private final Database database;
    private final HikariDataSource pool;

    private ConnectionPool(Database plain, int most) {
        HikariDataSource[] made = new HikariDataSource[1];
        this.database = plain.pooled(fresh -> made[0] = pool(fresh, most));
        this.pool = made[0];
    }

    /** Connects once, so that a wrong setting is reported in one sentence at the start. */
    static ConnectionPool of(ExeuntSettings.DatabaseSettings settings) {
        Database plain = Database.at(settings.url().value(), settings.user(), value(settings.password()));
        try (Connection first = plain.connect()) {
            return new ConnectionPool(plain, settings.connections());
        } catch (SQLException e) {
            throw new IllegalStateException("closing a connection failed", e);
        }
    }

    private static @Nullable String value(@Nullable SecretValue secret) {
        return secret == null ? null : secret.value();
    }

    private static HikariDataSource pool(DataSource fresh, int most) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("exeunt");
        config.setDataSource(fresh);
        config.setMaximumPoolSize(most);
        config.setMinimumIdle(Math.min(2, most));
        config.setConnectionTimeout(10_000);
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    public Database database() {
        return database;
    }

    @Override
    public void close() {
        pool.close();
    }
}
