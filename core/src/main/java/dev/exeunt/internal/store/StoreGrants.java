package dev.exeunt.internal.store;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rights that requests, the reaper and the server need on the product's own tables, as statements to run, and no more. */
public final class StoreGrants {

    private static final Map<String, String> RIGHTS = new LinkedHashMap<>();

    /** Where a map is enforced in the database. */
    private static final List<String> ENFORCED = List.of(
            "GRANT SELECT, INSERT, DELETE ON \"exeunt\".\"own_write\" TO {role};",
            "GRANT EXECUTE ON FUNCTION \"exeunt\".\"refresh_absence\"(pg_catalog.text[], pg_catalog.bool) TO {role};",
            "GRANT SELECT ON \"exeunt\".\"enforcement\", \"exeunt\".\"enforced_object\", \"exeunt\".\"enforcement_role\" TO {role};");

    static {
        RIGHTS.put("schema_history", "SELECT");
        RIGHTS.put("request", "SELECT, INSERT, UPDATE, DELETE");
        RIGHTS.put("cancellation", "SELECT, INSERT, UPDATE");
        RIGHTS.put("hidden", "SELECT, INSERT, DELETE");
        RIGHTS.put("undo", "SELECT, INSERT");
        RIGHTS.put("stash", "SELECT, INSERT, DELETE");
        RIGHTS.put("erased", "SELECT, INSERT");
        RIGHTS.put("event", "SELECT, INSERT, UPDATE (reason)");
        RIGHTS.put("ledger", "SELECT, INSERT");
        RIGHTS.put("replay", "SELECT, INSERT, UPDATE");
        RIGHTS.put("kept", "SELECT, INSERT, UPDATE, DELETE");
        RIGHTS.put("kept_row", "SELECT, INSERT, UPDATE, DELETE");
        RIGHTS.put("export", "SELECT, INSERT, UPDATE");
        RIGHTS.put("job", "SELECT, INSERT, UPDATE, DELETE");
        RIGHTS.put("idempotency", "SELECT, INSERT, DELETE");
        RIGHTS.put("used_link", "SELECT, INSERT, DELETE");
        RIGHTS.put("sql_request", "SELECT, UPDATE, DELETE");
        RIGHTS.put("message", "SELECT, INSERT, UPDATE");
        RIGHTS.put("one_time_link", "SELECT, INSERT, UPDATE, DELETE");
        RIGHTS.put("outbox", "SELECT, INSERT, UPDATE, DELETE");
        RIGHTS.put("delivery", "SELECT, INSERT, UPDATE");
        RIGHTS.put("late_row_watch", "SELECT, INSERT, UPDATE, DELETE");
        RIGHTS.put("paused_system", "SELECT, INSERT, DELETE");
        RIGHTS.put("disabled_account", "SELECT, INSERT, DELETE");
        RIGHTS.put("file_erasure", "SELECT, INSERT, UPDATE");
        RIGHTS.put("legal_hold", "SELECT, INSERT, UPDATE, DELETE");
        RIGHTS.put("file_deletion", "SELECT, INSERT, UPDATE, DELETE");
    }

    private StoreGrants() {}

    /** Empty where the tables are not made yet: a grant on a table that is not there fails. */
    public static List<String> of(Connection connection, String role) throws SQLException {
        if (!exists(connection)) {
            return List.of();
        }
        List<String> statements = new ArrayList<>();
        statements.add(SqlTemplate.of("GRANT USAGE ON SCHEMA \"exeunt\" TO {role};")
                .identifier("role", role)
                .toFragment()
                .sql());
        RIGHTS.forEach(
                (table, rights) -> statements.add(SqlTemplate.of("GRANT {rights} ON \"exeunt\".{table} TO {role};")
                        .fragment("rights", rights)
                        .identifier("table", table)
                        .identifier("role", role)
                        .toFragment()
                        .sql()));
        if (isEnforced(connection)) {
            ENFORCED.forEach(grant -> statements.add(
                    SqlTemplate.of(grant).identifier("role", role).toFragment().sql()));
        }
        return statements;
    }

    private static boolean isEnforced(Connection connection) throws SQLException {
        return SqlRunner.isTrue(
                connection, SqlFragment.of("SELECT pg_catalog.to_regclass('exeunt.own_write') IS NOT NULL"));
    }

    private static boolean exists(Connection connection) throws SQLException {
        return SqlRunner.isTrue(
                connection, SqlFragment.of("SELECT pg_catalog.to_regclass('exeunt.ledger') IS NOT NULL"));
    }
}
