package dev.exeunt.internal.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What every transaction of ours sets for itself first: the search path, how values are written, and that row security is an error where
 * it would hide rows. The settings end with the transaction, so a pooler such as PgBouncer hands the server on as it was.
 */
public final class TransactionSettings {

    /** What a SELECT calls. */
    public static final String ALL = SqlTemplate.of("""
                    {path},
                    {output},
                    pg_catalog.set_config('row_security', 'off', true),
                    pg_catalog.set_config('transform_null_equals', 'off', true),
                    pg_catalog.set_config('quote_all_identifiers', 'off', true),
                    pg_catalog.set_config('statement_timeout', '0', true),
                    pg_catalog.set_config('idle_in_transaction_session_timeout', '0', true)""")
            .fragment("path", SearchPath.PIN)
            .fragment("output", TextOutputSettings.SETTINGS)
            .toFragment()
            .sql();

    private static final SqlFragment SELECT_ALL =
            SqlTemplate.of("SELECT {settings}").fragment("settings", ALL).toFragment();

    private TransactionSettings() {}

    /** Opens a transaction. Call it once a transaction, before anything else. */
    public static void apply(Connection connection) throws SQLException {
        SqlRunner.call(connection, SELECT_ALL);
    }
}
