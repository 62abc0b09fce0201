package dev.exeunt.internal.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * Sets the settings that a map names under {@code settings:} for the running transaction, so that triggers which ask for one find it.
 */
public final class CustomSettings {

    private CustomSettings() {}

    /** Sets each name to its value until the transaction ends. Does nothing where there are none. */
    public static void apply(Connection connection, Map<String, String> settings) throws SQLException {
        if (settings.isEmpty()) {
            return;
        }
        List<SqlFragment> calls = settings.entrySet().stream()
                .map(s -> SqlTemplate.of("pg_catalog.set_config(:name, :value, true)")
                        .bind("name", s.getKey())
                        .bind("value", s.getValue())
                        .toFragment())
                .toList();
        SqlRunner.call(
                connection,
                SqlTemplate.of("SELECT {calls}").fragments("calls", ", ", calls).toFragment());
    }
}
