package dev.exeunt.app.demo;

import dev.exeunt.ExeuntException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Runs the demo's own PostgreSQL. When it is closed, or the process ends, it stops and its data is deleted. */
final class DemoPostgres implements AutoCloseable {

    static final String USER = "postgres";

    private final EmbeddedPostgres postgres;

    private DemoPostgres(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /** @throws ExeuntException where the server is not on the class path, or does not start */
    static DemoPostgres start() {
        try {
            return EmbeddedPostgresLoader.start();
        } catch (NoClassDefFoundError e) {
            throw new ExeuntException("The demo brings a PostgreSQL of its own, which is not in exeunt.jar."
                    + " Run it in a checkout as: ./exeunt demo");
        }
    }

    String url(String database) {
        return "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + database;
    }

    /** Makes a sample's database; each script is sent as one. */
    void load(String database, List<String> scripts) {
        try {
            execute(url("postgres"), "CREATE DATABASE " + database);
            for (String script : scripts) {
                execute(url(database), script);
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** What the application's own migrations do. */
    void migrate(String database, String sql) {
        try {
            execute(url(database), sql);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, USER, "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first row of a query, as text, without NULLs. */
    List<String> row(String database, String sql) {
        try (Connection connection = DriverManager.getConnection(url(database), USER, "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            int columns = rows.next() ? rows.getMetaData().getColumnCount() : 0;
            for (int i = 1; i <= columns; i++) {
                String value = rows.getString(i);
                if (value != null) {
                    values.add(value);
                }
            }
            return values;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static ExeuntException failed(SQLException e) {
        return new ExeuntException("The demo's database could not be made (SQLSTATE " + e.getSQLState() + ").", e);
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            // its own shutdown hook tries again
        }
    }

    /** Starts the embedded PostgreSQL, loaded only where its library is present. */
    private static final class EmbeddedPostgresLoader {

        static DemoPostgres start() {
            try {
                return new DemoPostgres(EmbeddedPostgres.builder()
                        .setLocaleConfig("locale", "C.UTF-8")
                        .setLocaleConfig("encoding", "UTF8")
                        .setServerConfig("fsync", "off")
                        .setServerConfig("synchronous_commit", "off")
                        .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                        .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                        .start());
            } catch (IOException | IllegalStateException e) {
                throw new ExeuntException(
                        "The demo's PostgreSQL did not start here. It needs a writable "
                                + System.getProperty("java.io.tmpdir")
                                + " from which programs may run, and some 150 MB there.",
                        e);
            }
        }
    }
}
