package dev.exeunt.internal.schema.trial;

import dev.exeunt.internal.postgres.SearchPath;
import dev.exeunt.internal.postgres.ServerSqlError;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.internal.schema.trial.SqlVerdict.SqlDependencies;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads from a temporary view which functions and relations PostgreSQL resolved in an SQL text. Built-in functions are
 * not in {@code pg_depend}, so they are read off the query tree that the catalogue stores of a view; names alone would
 * miss what stands behind an operator or a cast, and take a function for another of its name.
 */
final class SqlDependencyReader {

    private static final String MAY_MAKE_VIEWS = """
            SELECT CASE WHEN pg_catalog.texteq(pg_catalog.current_setting('transaction_read_only'), 'on')
                        THEN 'the transaction is read-only, as on a standby'
                        WHEN NOT pg_catalog.has_database_privilege(pg_catalog.current_database(), 'TEMPORARY')
                        THEN 'the role lacks the right TEMPORARY on the database' END
            """;

    /** In the tree a name of the user's stands with its blanks escaped, so that none can look like {@code :funcid 1}. */
    private static final String OF_VIEWS = """
            WITH RECURSIVE tree AS (
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
            ), reached AS (
                SELECT view, oid FROM node WHERE kind = 'relid'
                UNION
                SELECT r.view, d.refobjid
                FROM reached r JOIN pg_class c ON c.oid = r.oid AND c.relkind = 'v'
                JOIN pg_rewrite w ON w.ev_class = c.oid JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass
                AND d.objid = w.oid AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> c.oid
            ), within AS (
                SELECT view, 'pg_proc'::regclass::oid AS class, oid FROM called
                UNION
                SELECT r.view, 'pg_rewrite'::regclass, w.oid FROM reached r JOIN pg_rewrite w ON w.ev_class = r.oid
                UNION
                SELECT w.view, n.class, n.oid
                FROM within w CROSS JOIN LATERAL (
                    SELECT d.refclassid AS class, d.refobjid AS oid FROM pg_depend d
                    WHERE d.classid = w.class AND d.objid = w.oid
                    AND d.refclassid IN ('pg_proc'::regclass, 'pg_operator'::regclass)
                    UNION ALL
                    SELECT 'pg_proc'::regclass, o.oprcode FROM pg_operator o
                    WHERE w.class = 'pg_operator'::regclass AND o.oid = w.oid
                ) n
            ), reading AS (
                SELECT DISTINCT w.view, p.oid, e.evidence,
                       e.evidence <> 'NOT_IMMUTABLE' OR l.lanname NOT IN ('internal', 'c') AS hides
                FROM within w JOIN pg_proc p ON w.class = 'pg_proc'::regclass AND p.oid = w.oid
                JOIN pg_language l ON l.oid = p.prolang CROSS JOIN LATERAL ({evidence}) e
            ), relation AS (
                SELECT DISTINCT r.view, c.oid, c.relkind, c.relname::text AS name, n.nspname::text AS schema
                FROM reached r JOIN pg_class c ON c.oid = r.oid JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
            )
            SELECT c.view, 'CHANGING' AS kind, p.oid::regprocedure::text AS name, '' AS schema, 0 AS place
            FROM called c JOIN pg_proc p ON p.oid = c.oid WHERE p.provolatile = 'v'
            UNION ALL
            SELECT c.view, 'FORBIDDEN', 'FUNCTION ' || p.oid::regprocedure, '', 0
            FROM called c JOIN pg_proc p ON p.oid = c.oid WHERE NOT has_function_privilege(p.oid, 'EXECUTE')
            UNION ALL
            SELECT n.view, 'FORBIDDEN', 'TABLE ' || r.oid::regclass, '', 0
            FROM node n JOIN pg_class r ON r.oid = n.oid
            WHERE n.kind = 'relid' AND NOT has_any_column_privilege(r.oid, 'SELECT')
            UNION ALL
            SELECT view, 'TABLE', name, schema, 0 FROM relation WHERE relkind IN ('r', 'p', 'f')
            UNION ALL
            SELECT r.view, 'INNER_TABLE', r.name, r.schema, 0 FROM relation r JOIN tree t ON t.view = r.view
            WHERE t.tree ~ (':rtekind 0 :relid ' || r.oid || ' .*:rtekind 0 :relid ' || r.oid || ' ')
            OR EXISTS (SELECT FROM reached v JOIN pg_rewrite w ON w.ev_class = v.oid JOIN pg_depend d
                ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid AND d.refclassid = 'pg_class'::regclass
                WHERE v.view = r.view AND d.refobjid = r.oid AND d.refobjid <> v.oid)
            UNION ALL
            SELECT view, 'HIDING', oid::regclass::text, '', 0 FROM relation WHERE relkind = 'm'
            UNION ALL
            SELECT view, 'HIDING', oid::regprocedure::text, '', 0 FROM reading WHERE hides
            UNION ALL
            SELECT view, 'READING', oid::regprocedure::text, evidence, 0 FROM reading
            UNION ALL
            SELECT view, 'LOCKING', '', '', 0 FROM tree WHERE tree ~ ':hasForUpdate true'
            UNION ALL
            SELECT view, 'DEFINITION', pg_get_viewdef(oid), '', 0 FROM tree
            UNION ALL
            SELECT c.view, 'UNTRUSTED', p.oid::regprocedure::text, o.rolname::text, 0
            FROM called c JOIN pg_proc p ON p.oid = c.oid JOIN pg_roles o ON o.oid = p.proowner
            WHERE NOT o.rolsuper AND o.rolname <> CURRENT_USER
            AND o.oid <> (SELECT datdba FROM pg_database WHERE datname = current_database())
            AND NOT EXISTS (SELECT FROM reached r JOIN pg_class t ON t.oid = r.oid WHERE t.relowner = o.oid)
            UNION ALL
            SELECT t.view, 'COLUMN', a.attname, '', a.attnum FROM tree t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0
            ORDER BY view, kind, place, schema, name
            """;

    private final Connection connection;
    private final StatementAttempts attempts;

    private SqlDependencyReader(Connection connection, StatementAttempts attempts) {
        this.connection = connection;
        this.attempts = attempts;
    }

    static Map<TrialStatements, SqlDependencies> read(
            Connection connection, StatementAttempts attempts, List<TrialStatements> probes) throws SQLException {
        if (probes.isEmpty()) {
            return Map.of();
        }
        String hindrance = hindrance(connection);
        if (hindrance == null) {
            return new SqlDependencyReader(connection, attempts).byViews(probes);
        }
        SearchPath.set(connection, SearchPath.CATALOGUE);
        return VolatileNameScan.scan(connection, probes, hindrance);
    }

    private static @Nullable String hindrance(Connection connection) throws SQLException {
        return SqlRunner.one(connection, SqlFragment.of(MAY_MAKE_VIEWS), row -> Optional.ofNullable(row.getString(1)))
                .orElse(null);
    }

    private Map<TrialStatements, SqlDependencies> byViews(List<TrialStatements> probes) throws SQLException {
        Map<TrialStatements, ServerSqlError> refused = attempts.run(probes, p -> List.of(p.view()));
        SearchPath.set(connection, SearchPath.CATALOGUE);
        Map<String, List<DependencyRow>> facts = new HashMap<>();
        SqlRunner.forEach(
                connection,
                SqlTemplate.of(OF_VIEWS)
                        .fragment("evidence", ReadingFunction.EVIDENCE)
                        .toFragment(),
                0,
                row -> facts.computeIfAbsent(row.getString("view"), v -> new ArrayList<>())
                        .add(new DependencyRow(row.getString("kind"), row.getString("schema"), row.getString("name"))));
        Map<TrialStatements, SqlDependencies> insides = new LinkedHashMap<>();
        for (TrialStatements probe : probes) {
            ServerSqlError fault = refused.get(probe);
            insides.put(
                    probe,
                    fault == null
                            ? DependencyRow.together(probe, facts.getOrDefault(probe.name(), List.of()))
                            : SqlDependencies.unknown("the database refuses the view that would show it (SQLSTATE "
                                    + fault.sqlState() + ")"));
        }
        return insides;
    }

    /** Holds one row of {@link #OF_VIEWS}. */
    private record DependencyRow(String kind, String schema, String name) {

        static SqlDependencies together(TrialStatements probe, List<DependencyRow> facts) {
            return new SqlDependencies(
                    names(facts, "CHANGING"),
                    names(facts, "FORBIDDEN"),
                    tables(facts, "TABLE")
                            .filter(t -> !t.equals(probe.rowsTable())
                                    || tables(facts, "INNER_TABLE").anyMatch(t::equals))
                            .sorted()
                            .toList(),
                    names(facts, "HIDING"),
                    names(facts, "COLUMN"),
                    facts.stream()
                            .filter(f -> f.kind().equals("READING"))
                            .map(f -> new ReadingFunction(f.name(), ReadingFunction.ReadEvidence.valueOf(f.schema())))
                            .toList(),
                    !names(facts, "LOCKING").isEmpty(),
                    facts.stream()
                            .filter(f -> f.kind().equals("UNTRUSTED"))
                            .map(f -> new SqlDependencies.Untrusted(f.name(), f.schema()))
                            .toList(),
                    names(facts, "DEFINITION").stream()
                            .flatMap(d -> probe.expression(d).stream())
                            .findFirst()
                            .orElse(null),
                    null);
        }

        private static Stream<TableName> tables(List<DependencyRow> facts, String kind) {
            return facts.stream().filter(f -> f.kind().equals(kind)).map(f -> new TableName(f.schema(), f.name()));
        }

        private static List<String> names(List<DependencyRow> facts, String kind) {
            return facts.stream()
                    .filter(f -> f.kind().equals(kind))
                    .map(DependencyRow::name)
                    .toList();
        }
    }
}
