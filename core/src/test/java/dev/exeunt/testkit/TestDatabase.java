package dev.exeunt.testkit;

import dev.exeunt.internal.postgres.SqlQuoting;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A fresh database on a real PostgreSQL for one test. The server is started once per JVM, on loopback, on a free port, and
 * stops with the JVM. Made from a script a second time, a database is a clone of the first and takes some 20 ms.
 *
 * <p>Here alone SQL errors keep the server's own words: a test has no data of real people.
 */
public final class TestDatabase implements AutoCloseable {

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    /** Whether the connections of the program under test have a path with shadows in it; those of the tests do not. */
    private static final boolean HOSTILE = Boolean.getBoolean("exeunt.hostile");

    /** The SQLSTATE {@code object_in_use}. */
    private static final String IN_USE = "55006";

    private static final Map<String, String> TEMPLATES = new HashMap<>();

    private final String name;
    private final List<String> roles = new ArrayList<>();

    private TestDatabase(String name) {
        this.name = name;
    }

    /** An empty database. */
    public static TestDatabase create() {
        return clone("template0");
    }

    /** A database in which this script has been run, statements separated as for a simple query. */
    public static TestDatabase createFrom(String sql) {
        return clone(templateOf(sql));
    }

    /** Another database with the same content, as a backup of this moment that is restored. No connection to this one may be open. */
    public TestDatabase copy() {
        return clone(name);
    }

    /** {@code server_version_num} of the server under test. */
    public static int serverVersion() {
        try (TestDatabase database = create()) {
            return Integer.parseInt(database.scalar("SHOW server_version_num"));
        }
    }

    private static TestDatabase clone(String template) {
        TestDatabase database = new TestDatabase("test_" + NUMBERS.incrementAndGet());
        boolean empty = template.equals("template0");
        administer("CREATE DATABASE " + database.name + " TEMPLATE " + (empty ? empty() : template));
        if (empty) {
            database.closePublic();
        }
        return database;
    }

    /** With shadows of the built-in functions where the tests run on a hostile path. */
    private static String empty() {
        return HOSTILE ? Shadowed.NAME : "template0";
    }

    /** Made by the first who asks. */
    private static final class Shadowed {
        private static final String NAME = made();

        private static String made() {
            TestDatabase template = new TestDatabase("template_shadows");
            administer("CREATE DATABASE " + template.name + " TEMPLATE template0");
            HostilePath.plant(template);
            return template.name;
        }
    }

    private static String templateOf(String sql) {
        synchronized (TEMPLATES) {
            String known = TEMPLATES.get(sql);
            if (known != null) {
                return known;
            }
            TestDatabase template = new TestDatabase("template_" + NUMBERS.incrementAndGet());
            administer("CREATE DATABASE " + template.name + " TEMPLATE " + empty());
            try {
                template.closePublic();
                template.execute(sql);
            } catch (IllegalStateException e) {
                template.drop();
                throw e;
            }
            TEMPLATES.put(sql, template.name);
            return template.name;
        }
    }

    /** As every version has it since 15: before, each role may create in schema public. */
    private void closePublic() {
        execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
    }

    /** Whether the program under test meets shadows of the built-in functions in its path ({@code -Dexeunt.hostile=true}). */
    public static boolean hostile() {
        return HOSTILE;
    }

    public String databaseName() {
        return name;
    }

    public int port() {
        return TestPostgres.port();
    }

    /** Without user and password. */
    public String jdbcUrl() {
        return TestPostgres.url(name) + (HOSTILE ? HostilePath.parameters(HostilePath.USUAL) : "");
    }

    /** The superuser. */
    public String user() {
        return TestPostgres.SUPERUSER;
    }

    public String password() {
        return TestPostgres.SUPERUSER;
    }

    /** A new connection of the superuser that commits each statement, as the driver opens it. */
    public Connection connection() {
        return connection(user(), password());
    }

    /** Returns a source of new connections of the superuser. */
    public DataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl());
        source.setUser(user());
        source.setPassword(password());
        return source;
    }

    /** A new connection of a role made with {@link #createRole}. */
    public Connection connectionAs(String role) {
        return connection(role, role);
    }

    private Connection connection(String user, String password) {
        try {
            return DriverManager.getConnection(TestPostgres.url(name), user, password);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A role that may log in, with its name as its password and no rights. It goes when this database goes. */
    public String createRole(String role) {
        execute("CREATE ROLE " + SqlQuoting.identifier(role) + " LOGIN PASSWORD " + SqlQuoting.literal(role));
        roles.add(role);
        return role;
    }

    public void execute(String sql) {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /** Each row by column name, in the query's order, values as the driver's {@code getObject} has them. */
    public List<Map<String, Object>> rows(String sql) {
        try (Connection connection = connection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<Map<String, Object>> all = new ArrayList<>();
            while (rows.next()) {
                Map<String, Object> row = new LinkedHashMap<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.put(rows.getMetaData().getColumnLabel(i), rows.getObject(i));
                }
                all.add(row);
            }
            return all;
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /** The first column of the only row as text; null for NULL. */
    public String scalar(String sql) {
        List<String> values = column(sql);
        if (values.size() != 1) {
            throw new IllegalStateException(values.size() + " rows, not one: " + sql);
        }
        return values.get(0);
    }

    /** The first column of every row as text. */
    public List<String> column(String sql) {
        try (Connection connection = connection()) {
            return column(connection, sql);
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    private static List<String> column(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    /**
     * Every row of every table, to compare the whole of what remains: rows as JSON text, sorted, by the table's name
     * ({@code name} in public, {@code schema.name} elsewhere). Partitions stand on their own; views are not here.
     */
    public Map<String, List<String>> snapshot() {
        Map<String, List<String>> snapshot = new TreeMap<>();
        try (Connection connection = connection()) {
            connection.setAutoCommit(false);
            column(connection, "SELECT set_config('timezone', 'UTC', true)");
            for (String table : column(connection, TABLES)) {
                String shown = table.startsWith("public.") ? table.substring(7) : table;
                snapshot.put(
                        shown, column(connection, "SELECT row_to_json(t)::text FROM ONLY " + table + " t ORDER BY 1"));
            }
            return snapshot;
        } catch (SQLException e) {
            throw failed("a snapshot", e);
        }
    }

    /** {@link #snapshot()} without the tables of one schema. */
    public Map<String, List<String>> snapshotWithout(String schema) {
        Map<String, List<String>> snapshot = snapshot();
        snapshot.keySet().removeIf(table -> table.startsWith(schema + "."));
        return snapshot;
    }

    private static final String TABLES = """
            SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
            """;

    /** Drops the database, whoever is connected, and the roles made for it. */
    public void drop() {
        if (HOSTILE && name.startsWith("test_") && HostilePath.called(this)) {
            throw new IllegalStateException("a shadow was called in " + name);
        }
        administer("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
        roles.forEach(role -> administer("DROP ROLE IF EXISTS " + SqlQuoting.identifier(role)));
        roles.clear();
    }

    @Override
    public void close() {
        drop();
    }

    /** On a busy machine a backend may take longer to end than the 5 seconds that PostgreSQL waits before it makes or drops a database. */
    private static void administer(String sql) {
        for (int attempt = 1; ; attempt++) {
            try {
                new TestDatabase("postgres").execute(sql);
                return;
            } catch (IllegalStateException e) {
                if (attempt == 6 || !(e.getCause() instanceof SQLException s && IN_USE.equals(s.getSQLState()))) {
                    throw e;
                }
            }
        }
    }

    private static IllegalStateException failed(String sql, SQLException e) {
        return new IllegalStateException(e.getMessage() + "\nin: " + sql, e);
    }
}
