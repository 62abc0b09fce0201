package dev.exeunt.internal.enforce;

import dev.exeunt.Exeunt;
import dev.exeunt.HashKey;
import dev.exeunt.RowEnforcement;
import dev.exeunt.database.Database;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import dev.exeunt.testkit.SettableClock;
import dev.exeunt.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * An application whose database enforces its map. {@code APP}, {@code BOT} and {@code MODERATOR} in schema and map stand for roles that
 * log in and own nothing.
 */
final class EnforcedApplication implements AutoCloseable {

    private final TestDatabase database;
    private final String suffix;
    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T00:00:00Z"));
    private final Exeunt exeunt;
    private final DataMap map;

    private EnforcedApplication(TestDatabase database, String suffix, String map) {
        this.database = database;
        this.suffix = suffix;
        this.exeunt = Exeunt.builder(Database.at(database.jdbcUrl(), database.user(), database.password()))
                .clock(clock)
                .lockWait(Duration.ofSeconds(5))
                .key(HashKey.ofHex("ab".repeat(32)))
                .build();
        this.map = Exeunt.readMap(map, "exeunt.yaml");
    }

    static EnforcedApplication of(String schema, String map) {
        TestDatabase database = TestDatabase.create();
        String suffix = "_" + database.databaseName();
        for (String role : List.of("app", "bot", "moderator")) {
            database.createRole(role + suffix);
        }
        database.execute(named(schema, suffix));
        EnforcedApplication application = new EnforcedApplication(database, suffix, named(map, suffix));
        application.exeunt.migrate();
        return application;
    }

    private static String named(String text, String suffix) {
        return text.replace("APP", "app" + suffix)
                .replace("BOT", "bot" + suffix)
                .replace("MODERATOR", "moderator" + suffix);
    }

    RowEnforcement enforcement() {
        return exeunt.enforcement(map);
    }

    RowEnforcement enforcement(String otherMap) {
        return exeunt.enforcement(map(otherMap));
    }

    AccountRequests requests() {
        return exeunt.requests(map);
    }

    Exeunt exeunt() {
        return exeunt;
    }

    DataMap map() {
        return map;
    }

    /** Another map, in which the roles' names stand without the suffix. */
    DataMap map(String otherMap) {
        return Exeunt.readMap(named(otherMap, suffix), "exeunt.yaml");
    }

    SettableClock clock() {
        return clock;
    }

    TestDatabase database() {
        return database;
    }

    String role(String name) {
        return name + suffix;
    }

    Request ask(AccountFlow flow, String key) {
        return requests().submit(NewRequest.self(flow, key));
    }

    /** A connection of a role, whose name stands without the suffix. */
    Connection connect(String role) {
        return database.connectionAs(role(role));
    }

    /** The first column of every row that a role reads. */
    List<String> read(String role, String sql) {
        try (Connection connection = connect(role)) {
            return read(connection, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage() + "\nin: " + sql, e);
        }
    }

    static List<String> read(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    /** Runs a statement as a role. Returns its SQLSTATE; empty where it went through. */
    String write(String role, String sql) {
        try (Connection connection = connect(role)) {
            return write(connection, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static String write(Connection connection, String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return "";
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }

    /** Everything in the catalogue that enforcement may touch. */
    List<String> catalogue() {
        return database.column("""
                SELECT concat_ws(' ', 'table', c.oid::regclass, c.relrowsecurity, c.relforcerowsecurity, c.relacl)
                FROM pg_class c WHERE c.oid >= 16384 AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'i', 'S')
                UNION ALL SELECT concat_ws(' ', 'policy', p.*) FROM pg_policies p
                UNION ALL SELECT concat_ws(' ', 'trigger', t.tgrelid::regclass, t.tgname, t.tgenabled, t.tgfoid::regprocedure)
                FROM pg_trigger t
                UNION ALL SELECT concat_ws(' ', 'function', p.oid::regprocedure, p.proacl, md5(p.prosrc)) FROM pg_proc p WHERE p.oid >= 16384
                UNION ALL SELECT concat_ws(' ', 'schema', n.nspname, a.grantee::regrole, a.privilege_type)
                FROM pg_namespace n CROSS JOIN LATERAL aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
                UNION ALL SELECT concat_ws(' ', 'type', t.oid::regtype) FROM pg_type t WHERE t.oid >= 16384
                ORDER BY 1""");
    }

    @Override
    public void close() {
        database.close();
    }
}
