package dev.exeunt.database;

import dev.exeunt.ExeuntException;
import dev.exeunt.internal.postgres.SearchPath;
import dev.exeunt.internal.postgres.TransactionSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGConnection;

/**
 * A PostgreSQL database, 14 or later, and how it is spoken to: every connection has the same settings, whatever the
 * server's, the role's or the URL's are, so that values read and written mean the same everywhere, and an error never
 * quotes a value.
 *
 * <pre>{@code
 * Database database = Database.at("jdbc:postgresql://localhost:5432/shop?sslmode=require", "shop", password);
 * try (Connection connection = database.connect()) {
 *     System.out.println(connection.getMetaData().getDatabaseProductVersion());
 * }
 * }</pre>
 *
 * <p>The caller that opens a connection closes it. There is no pool, unless one is {@linkplain #pooled given}.
 */
public final class Database {

    /** The oldest {@code server_version_num} that is supported. */
    public static final int OLDEST = 140000;

    private static final String FACTS = """
            SELECT pg_catalog.version(),
                   pg_catalog.current_setting('server_version_num'),
                   pg_catalog.current_setting('session_replication_role'),
                   pg_catalog.current_setting('default_transaction_isolation'),
                   pg_catalog.pg_backend_pid()
            """;

    /**
     * Values look the same whatever the reader's settings are. Row security that would hide rows silently is an error. A
     * setting of the role does not make transactions serialisable, which others would wait for.
     */
    private static final String SETTINGS = """
            SET TimeZone = 'UTC';
            SET DateStyle = 'ISO, YMD';
            SET IntervalStyle = 'iso_8601';
            SET extra_float_digits = 1;
            SET bytea_output = 'hex';
            SET lc_monetary = 'C';
            SET standard_conforming_strings = on;
            SET transform_null_equals = off;
            SET quote_all_identifiers = off;
            SET row_security = off;
            SET default_transaction_isolation = 'read committed';
            SET statement_timeout = 0;
            SET idle_in_transaction_session_timeout = 0
            """;

    /** What {@code version()} of those says that speak PostgreSQL's protocol and are something else. */
    private static final List<String> OTHERS = List.of(
            "CockroachDB",
            "Redshift",
            "Greenplum",
            "-YB-",
            "Materialize",
            "CrateDB",
            "QuestDB",
            "RisingWave",
            "Spanner");

    private final DatabaseUrl address;
    private final Properties properties;

    private final @Nullable DataSource pool;

    private Database(DatabaseUrl address, Properties properties, @Nullable DataSource pool) {
        this.address = address;
        this.properties = properties;
        this.pool = pool;
    }

    /**
     * Returns the database at an address. It connects to nothing yet.
     *
     * @param url {@code jdbc:postgresql://host:5432/database?sslmode=require}, or libpq's {@code postgresql://…}; either
     *     may hold user and password
     * @param user wins over the URL's
     * @param password wins over the URL's
     * @throws ExeuntException where the URL is not PostgreSQL's; the message holds no password
     */
    public static Database at(String url, @Nullable String user, @Nullable String password) {
        DatabaseUrl address = DatabaseUrl.of(url);
        Properties properties = new Properties();
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("loginTimeout", Integer.toString(DatabaseDataSource.LOGIN_SECONDS));
        properties.putAll(address.parameters());
        properties.setProperty("ApplicationName", "exeunt");
        properties.setProperty(
                "assumeMinServerVersion", "14"); // the name then goes with the first message, not after it
        properties.setProperty("logServerErrorDetail", "false");
        properties.setProperty("tcpKeepAlive", "true");
        if (user != null) {
            properties.setProperty("user", user);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        return new Database(address, properties, null);
    }

    /**
     * The same database, whose connections come from a pool.
     *
     * @param pool given what opens connections that are prepared as {@link #connect} says; it must not change their session, and
     *     the caller closes it
     */
    public Database pooled(UnaryOperator<DataSource> pool) {
        return new Database(address, properties, pool.apply(new DatabaseDataSource(() -> {
            Connection connection = connect();
            connection.setAutoCommit(true);
            return connection;
        })));
    }

    /**
     * A connection that commits nothing by itself, in READ COMMITTED, with every setting that values and errors depend
     * on pinned. Its {@code search_path} and {@code lock_timeout} are the role's. Behind a pooler the session stays as it is, and only
     * {@link TransactionSettings} count.
     *
     * @throws DatabaseException where there is no server, no such database or role, or the password is wrong
     * @throws ExeuntException where what answers is not PostgreSQL, is older than 14, or has its foreign keys switched off
     */
    public Connection connect() {
        return pool == null ? fresh() : borrowed(pool);
    }

    /** Whether connections come from a pool, which may have no second one to give to who holds one. */
    public boolean hasPool() {
        return pool != null;
    }

    private Connection borrowed(DataSource from) {
        try {
            Connection connection = from.getConnection();
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            throw DatabaseException.of(
                    new SQLException("no connection", "08001"), "taking a connection to " + this + " from the pool");
        }
    }

    private Connection fresh() {
        Connection connection = open();
        boolean ready = false;
        try {
            prepare(connection);
            ready = true;
            return connection;
        } catch (SQLException e) {
            throw DatabaseException.of(e, "preparing the connection to " + this);
        } finally {
            if (!ready) {
                closeQuietly(connection);
            }
        }
    }

    /**
     * For a library that opens connections itself. Each is a new one, no pool's, and commits each statement unless told otherwise.
     * Names without a schema are looked up in {@code pg_catalog} alone, for the whole session.
     */
    public DataSource pinnedSource() {
        Database unpooled = new Database(address, properties, null);
        return new DatabaseDataSource(() -> {
            Connection connection = unpooled.connect();
            SearchPath.pinSession(connection);
            connection.setAutoCommit(true);
            return connection;
        });
    }

    /**
     * For a library that takes a connection for each transaction, and commits it. Names without a schema are looked up in {@code
     * pg_catalog} alone, until the first commit.
     */
    public DataSource transactionSource() {
        return new DatabaseDataSource(() -> {
            Connection connection = connect();
            TransactionSettings.apply(connection);
            return connection;
        });
    }

    private Connection open() {
        try {
            Connection connection = new Driver().connect(address.jdbcUrl(), properties);
            if (connection == null) {
                throw new ExeuntException("The driver does not know " + address.jdbcUrl() + ".");
            }
            return connection;
        } catch (SQLException e) {
            throw ConnectFailure.of(e, address, properties.getProperty("user"));
        }
    }

    /** Before autocommit goes off: a setting made in a transaction is lost when it rolls back. */
    private void prepare(Connection connection) throws SQLException {
        prepareSession(connection);
        connection.setAutoCommit(false);
    }

    private void prepareSession(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet facts = statement.executeQuery(FACTS)) {
                facts.next();
                refuseOthers(facts.getString(1), facts.getInt(2));
                refuseReplica(facts.getString(3));
                if (pooled(connection, facts.getInt(5))) {
                    refuseIsolation(facts.getString(4));
                    return; // each transaction has its settings; the session is not ours
                }
            }
            statement.execute(SETTINGS);
        }
    }

    /** Whether a pooler such as PgBouncer stands between: it announces a process that is not the server's. */
    private static boolean pooled(Connection connection, int process) throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID() != process;
    }

    private void refuseIsolation(String isolation) {
        if (!isolation.equals("read committed")) {
            throw new ExeuntException("The role's default_transaction_isolation is " + isolation + " at " + this
                    + ", behind a connection pooler, where Exeunt must not change a session. Give Exeunt a role with"
                    + " read committed, or connect directly.");
        }
    }

    private void refuseOthers(String version, int number) {
        if (!supported(version, number)) {
            throw new ExeuntException("Exeunt works on PostgreSQL 14 and later; " + this + " is " + version + ".");
        }
    }

    /** @param version what {@code version()} says: others that speak PostgreSQL's protocol name themselves there */
    static boolean supported(String version, int number) {
        return number >= OLDEST
                && version.startsWith("PostgreSQL ")
                && OTHERS.stream().noneMatch(version::contains);
    }

    private void refuseReplica(String replicationRole) {
        if (!replicationRole.equals("origin")) {
            throw new ExeuntException(
                    "The role's session_replication_role is " + replicationRole + " at " + this
                            + ": foreign keys and triggers would not fire. Reset it (ALTER ROLE … RESET session_replication_role).");
        }
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // what went wrong before is what matters
        }
    }

    /** {@code shop at localhost:5432}, without user and password. */
    @Override
    public String toString() {
        return address.database() + " at " + address.shownHosts();
    }
}
