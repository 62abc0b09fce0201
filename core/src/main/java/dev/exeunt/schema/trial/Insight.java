package dev.exeunt.schema.trial;

import dev.exeunt.postgres.SqlFault;
import dev.exeunt.schema.trial.Verdict.Insides;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which functions and relations PostgreSQL finds in a text. Built-in functions are not in {@code pg_depend}, so they are read
 * off the query tree that the catalogue stores of a view; names alone would miss what stands behind an operator or a cast, and
 * take a function for another of its name.
 */
final class Insight {

    /** So that nothing of the application's can stand in for what is meant here. The savepoint before all of this undoes it. */
    private static final String PIN_PATH = "SET LOCAL search_path = pg_catalog, pg_temp";

    private static final String MAY_MAKE_VIEWS = """
            SELECT CASE WHEN pg_catalog.current_setting('transaction_read_only') = 'on'
                        THEN 'the transaction is read-only, as on a standby'
                        WHEN NOT pg_catalog.has_database_privilege(pg_catalog.current_database(), 'TEMPORARY')
                        THEN 'the role lacks the right TEMPORARY on the database' END
            """;

    /** In the tree a name of the user's stands with its blanks escaped, so that none can look like {@code :funcid 1}. */
    private static final String OF_VIEWS = """
            WITH tree AS (
                SELECT c.oid, c.relname::text AS view, r.ev_action::text AS tree
                FROM pg_class c JOIN pg_rewrite r ON r.ev_class = c.oid
                WHERE c.relnamespace = pg_my_temp_schema() AND c.relname LIKE 'exeunt\\_trial\\_%'
            ), node AS (
                SELECT DISTINCT t.view, m[1] AS kind, id::oid AS oid
                FROM tree t CROSS JOIN LATERAL regexp_matches(t.tree,
                    ':(funcid|opfuncid|aggfnoid|winfnoid|opno|opnos|relid) (?:\\(o )?(\\d+(?: \\d+)*)', 'g') m
                CROSS JOIN LATERAL unnest(string_to_array(m[2], ' ')) id
                WHERE id::oid <> t.oid
            ), called AS (
                SELECT view, oid FROM node WHERE kind NOT IN ('opno', 'opnos', 'relid')
                UNION
                SELECT n.view, o.oprcode FROM node n JOIN pg_operator o ON o.oid = n.oid WHERE n.kind IN ('opno', 'opnos')
            )
            SELECT c.view, p.provolatile = 'v' AS changing, p.oid::regprocedure::text AS name,
                   NOT has_function_privilege(p.oid, 'EXECUTE') AS forbidden, 'FUNCTION ' AS kind
            FROM called c JOIN pg_proc p ON p.oid = c.oid
            WHERE p.provolatile = 'v' OR NOT has_function_privilege(p.oid, 'EXECUTE')
            UNION ALL
            SELECT n.view, false, r.oid::regclass::text, true, 'TABLE '
            FROM node n JOIN pg_class r ON r.oid = n.oid
            WHERE n.kind = 'relid' AND NOT has_any_column_privilege(r.oid, 'SELECT')
            ORDER BY view, name
            """;

    private final Connection connection;
    private final Attempts attempts;

    private Insight(Connection connection, Attempts attempts) {
        this.connection = connection;
        this.attempts = attempts;
    }

    static Map<Probe, Insides> into(Connection connection, Attempts attempts, List<Probe> probes) throws SQLException {
        if (probes.isEmpty()) {
            return Map.of();
        }
        String hindrance = hindrance(connection);
        return hindrance == null
                ? new Insight(connection, attempts).byViews(probes)
                : CalledNames.in(connection, probes, hindrance);
    }

    private static @Nullable String hindrance(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(MAY_MAKE_VIEWS)) {
            result.next();
            return result.getString(1);
        }
    }

    private Map<Probe, Insides> byViews(List<Probe> probes) throws SQLException {
        Map<Probe, SqlFault> refused = attempts.of(probes, p -> List.of(p.view()));
        Map<String, List<String>> changing = new LinkedHashMap<>();
        Map<String, List<String>> forbidden = new LinkedHashMap<>();
        try (Statement pin = connection.createStatement()) {
            pin.execute(PIN_PATH);
        }
        try (PreparedStatement statement = connection.prepareStatement(OF_VIEWS);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                String view = rows.getString("view");
                if (rows.getBoolean("changing")) {
                    changing.computeIfAbsent(view, v -> new ArrayList<>()).add(rows.getString("name"));
                }
                if (rows.getBoolean("forbidden")) {
                    forbidden
                            .computeIfAbsent(view, v -> new ArrayList<>())
                            .add(rows.getString("kind") + rows.getString("name"));
                }
            }
        }
        Map<Probe, Insides> insides = new LinkedHashMap<>();
        for (Probe probe : probes) {
            SqlFault fault = refused.get(probe);
            insides.put(
                    probe,
                    fault != null
                            ? Insides.unknown("the database refuses the view that would show it (SQLSTATE "
                                    + fault.sqlState() + ")")
                            : new Insides(
                                    changing.getOrDefault(probe.name(), List.of()),
                                    forbidden.getOrDefault(probe.name(), List.of()),
                                    null));
        }
        return insides;
    }
}
