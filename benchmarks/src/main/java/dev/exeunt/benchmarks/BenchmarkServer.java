package dev.exeunt.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Starts a PostgreSQL with durable, repeatable settings for measurements. */
final class BenchmarkServer implements AutoCloseable {

    static final String USER = "postgres";

    private final int port;
    private final Closeable process;

    BenchmarkServer(int port, Closeable process) {
        this.port = port;
        this.process = process;
    }

    static BenchmarkServer start() throws IOException {
        EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setLocaleConfig("locale", "C.UTF-8")
                .setLocaleConfig("encoding", "UTF8")
                .setServerConfig("fsync", "on") // these two the library switches off
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("shared_buffers", "512MB")
                .setServerConfig("max_wal_size", "8GB") // no checkpoint in the middle of one run and not of another
                .setServerConfig("checkpoint_timeout", "1h")
                .setServerConfig("autovacuum", "off")
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
        return new BenchmarkServer(postgres.getPort(), postgres);
    }

    String url(String database) {
        return "jdbc:postgresql://localhost:" + port + "/" + database;
    }

    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), USER, USER);
    }

    /** Sends statements as psql does: as text, in one message each, nothing prepared. */
    Connection connectPlainly(String database) throws SQLException {
        return DriverManager.getConnection(url(database) + "?preferQueryMode=simple", USER, USER);
    }

    void execute(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of the only row. */
    String scalar(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    /** A new database, the same as another down to the last page, of which nothing is waiting to be written. */
    void copy(String from, String to) throws SQLException {
        execute("postgres", "DROP DATABASE IF EXISTS " + to + " WITH (FORCE)");
        execute("postgres", "CREATE DATABASE " + to + " TEMPLATE " + from + " STRATEGY file_copy");
        execute("postgres", "CHECKPOINT");
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
