package dev.exeunt.testkit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Calls functions in SQL as PostgREST does: it signs in as a role that may do nothing, changes to the callers' role for one transaction,
 * sets the claims of the caller's token, and calls.
 */
public final class RequestGateway implements AutoCloseable {

    private final Connection connection;
    private final String caller;
    private final InstantSource clock;

    private RequestGateway(Connection connection, String caller, InstantSource clock) {
        this.connection = connection;
        this.caller = caller;
        this.clock = clock;
    }

    /** Makes both roles, which go when the database goes. {@link #callerOf} and {@link #gatewayOf} tell their names. */
    public static void createRoles(TestDatabase database) {
        String caller = database.createRole(callerOf(database));
        String gateway = database.createRole(gatewayOf(database));
        database.execute("ALTER ROLE " + caller + " NOLOGIN; ALTER ROLE " + gateway + " NOINHERIT; GRANT " + caller
                + " TO " + gateway);
    }

    public static String callerOf(TestDatabase database) {
        return "caller_" + database.databaseName();
    }

    public static String gatewayOf(TestDatabase database) {
        return "gateway_" + database.databaseName();
    }

    /** Signs in as the gateway, whose roles are there already. */
    public static RequestGateway connect(TestDatabase database, InstantSource clock) {
        return new RequestGateway(database.connectionAs(gatewayOf(database)), callerOf(database), clock);
    }

    /**
     * Calls a function for the person with this key.
     *
     * @param call as {@code exeunt.status()}
     * @return its result as text
     */
    public String call(String key, String call, @Nullable String... values) throws SQLException {
        return callWithClaims("{\"role\": \"" + caller + "\", \"sub\": \"" + key + "\"}", call, values);
    }

    /** @param claims null for none */
    public String callWithClaims(@Nullable String claims, String call, @Nullable String... values) throws SQLException {
        connection.setAutoCommit(false);
        try {
            query(
                    "SELECT set_config('role', ?, true), set_config('exeunt.clock', ?, true)",
                    caller,
                    clock.instant().toString());
            if (claims != null) {
                query("SELECT set_config('request.jwt.claims', ?, true)", claims);
            }
            String result = query("SELECT " + call, values);
            connection.commit();
            return result;
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        }
    }

    private String query(String sql, @Nullable String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    public Connection connection() {
        return connection;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
