package dev.exeunt.internal.enforce;

import java.util.List;

/**
 * Queries for what still shows the rows of hidden people. Each gives sentences. {@code :tables} are the enforced tables, {@code
 * :application} and {@code :exempt} the roles of the map. With a pinned search path.
 */
final class ExposureQueries {

    /** Views that read an enforced table, at any depth. */
    private static final String READERS = """
            WITH RECURSIVE reader AS (
                SELECT w.ev_class AS oid FROM pg_depend AS d JOIN pg_rewrite AS w ON w.oid = d.objid
                WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass
                    AND d.refobjid = ANY (:tables::regclass[]) AND w.rulename = '_RETURN'
                UNION
                SELECT w.ev_class FROM reader AS r
                JOIN pg_depend AS d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = r.oid
                    AND d.classid = 'pg_rewrite'::regclass
                JOIN pg_rewrite AS w ON w.oid = d.objid AND w.rulename = '_RETURN')
            """;

    static final String ROLES = """
            SELECT DISTINCT format('Role %s sees every row: %s.', r.rolname,
                CASE WHEN r.rolsuper THEN 'it is a superuser' WHEN r.rolbypassrls THEN 'it has BYPASSRLS'
                     ELSE 'it owns ' || c.oid::regclass || ', or is a member of its owner' END)
            FROM pg_roles AS r CROSS JOIN pg_class AS c
            WHERE c.oid = ANY (:tables::regclass[]) AND r.rolname !~ '^pg_'
                AND (r.rolsuper OR r.rolbypassrls OR pg_has_role(r.oid, c.relowner, 'USAGE') AND NOT c.relforcerowsecurity)
            ORDER BY 1""";

    static final String EXEMPT = """
            SELECT format('Role %s sees every row: the map exempts it.', r) FROM unnest(:exempt::text[]) AS r ORDER BY 1""";

    /** SET ROLE reaches more roles than those whose rights a role inherits. */
    static final String SET_ROLE = """
            SELECT DISTINCT format('Role %s may SET ROLE to %s, which sees every row.', a.rolname, r.rolname)
            FROM pg_roles AS a CROSS JOIN pg_roles AS r CROSS JOIN pg_class AS c
            WHERE c.oid = ANY (:tables::regclass[]) AND a.rolname = ANY (:application::text[]) AND r.oid <> a.oid
                AND NOT a.rolsuper AND pg_has_role(a.oid, r.oid, 'MEMBER')
                AND (r.rolsuper OR r.rolbypassrls OR r.rolname = ANY (:exempt::text[])
                    OR pg_has_role(r.oid, c.relowner, 'USAGE') AND NOT c.relforcerowsecurity)
            ORDER BY 1""";

    /** A view reads with its owner's rights unless it says otherwise, which PostgreSQL 14 does not know. */
    static final String VIEWS = READERS + """
            SELECT format('View %s shows them: it reads with the rights of its owner. ALTER VIEW … SET (security_invoker = true).',
                c.oid::regclass)
            FROM reader AS r JOIN pg_class AS c ON c.oid = r.oid
            WHERE c.relkind = 'v' AND c.relnamespace <> 'exeunt'::regnamespace AND NOT coalesce((SELECT o.option_value::bool FROM pg_options_to_table(c.reloptions) AS o
                WHERE o.option_name = 'security_invoker'), FALSE)
            ORDER BY 1""";

    static final String MATERIALIZED_VIEWS = READERS + """
            SELECT format('Materialized view %s keeps a copy of their rows.', c.oid::regclass)
            FROM reader AS r JOIN pg_class AS c ON c.oid = r.oid WHERE c.relkind = 'm' ORDER BY 1""";

    /** What a function reads is not in the catalogue, so each one that the application may call is named. */
    static final String FUNCTIONS = """
            SELECT format('Function %s may show them: it runs with the rights of %s.', p.oid::regprocedure, o.rolname)
            FROM pg_proc AS p JOIN pg_roles AS o ON o.oid = p.proowner JOIN pg_namespace AS n ON n.oid = p.pronamespace
            WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'exeunt')
                AND p.prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype)
                AND EXISTS (SELECT FROM pg_roles AS a WHERE a.rolname = ANY (:application::text[])
                    AND has_function_privilege(a.oid, p.oid, 'EXECUTE') AND has_schema_privilege(a.oid, n.oid, 'USAGE'))
            ORDER BY 1""";

    static final String PUBLICATIONS = """
            SELECT DISTINCT format('Publication %s sends the rows of %s to its subscribers.', t.pubname, c.oid::regclass)
            FROM pg_publication_tables AS t JOIN pg_namespace AS n ON n.nspname = t.schemaname
            JOIN pg_class AS c ON c.relnamespace = n.oid AND c.relname = t.tablename
            WHERE c.oid = ANY (:tables::regclass[])
                OR EXISTS (SELECT FROM pg_partition_tree(c.oid) AS p WHERE p.relid = ANY (:tables::regclass[]))
            ORDER BY 1""";

    static final String SLOTS = """
            SELECT format('Replication slot %s reads every change.', slot_name) FROM pg_replication_slots
            WHERE slot_type = 'logical' AND database = current_database() ORDER BY 1""";

    /** Errors tell that a hidden row is there, and never what is in it. */
    static final String EXISTENCE = """
            SELECT format('An INSERT or UPDATE that fails on the unique index %s tells that a hidden row of %s has the values.',
                i.indexrelid::regclass, i.indrelid::regclass)
            FROM pg_index AS i WHERE i.indisunique AND i.indrelid = ANY (:tables::regclass[])
            UNION ALL
            SELECT format('The foreign key %s of %s tells whether a hidden row of %s exists.', c.conname,
                c.conrelid::regclass, c.confrelid::regclass)
            FROM pg_constraint AS c
            WHERE c.contype = 'f' AND c.conparentid = 0 AND c.confrelid = ANY (:tables::regclass[])
            ORDER BY 1""";

    /** A condition that could tell its values elsewhere is asked only of rows that the policy lets through, and so of no index. */
    static final String INDEXES = """
            SELECT DISTINCT format('Row security keeps operators of index %s on %s from using it, LIKE and similarity among them.',
                i.indexrelid::regclass, i.indrelid::regclass)
            FROM pg_index AS i CROSS JOIN LATERAL unnest(i.indclass) AS k(opclass)
            JOIN pg_opclass AS o ON o.oid = k.opclass JOIN pg_am AS m ON m.oid = o.opcmethod
            WHERE i.indrelid = ANY (:tables::regclass[])
                AND (m.amname NOT IN ('btree', 'hash') OR o.opcname ~ '_pattern_ops$')
            ORDER BY 1""";

    static final List<String> SHOWING = List.of(
            ROLES, EXEMPT, SET_ROLE, VIEWS, MATERIALIZED_VIEWS, FUNCTIONS, PUBLICATIONS, SLOTS, EXISTENCE, INDEXES);

    private ExposureQueries() {}
}
