package dev.exeunt.internal.schema.catalog;

import dev.exeunt.internal.postgres.SearchPath;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.DatabaseSchema.UnsafeCode;

/**
 * The catalogue as a handful of queries over whole sets. All but {@link #SESSION} run with {@code search_path = pg_catalog},
 * so that no schema of the application can slip a relation, function or operator of its own under a name used here, and so
 * that the server writes every other name in full.
 *
 * <p>Columns that only newer versions have are read as {@code to_jsonb(row) ->> 'column'}, NULL where there is none:
 * {@code confdelsetcols} and {@code indnullsnotdistinct} came with 15, {@code conenforced} and {@code pubgencols} with 18. Where a row
 * each would cost time, older versions are not asked.
 */
final class CatalogQueries {

    private CatalogQueries() {}

    /**
     * Changes to the path of the role first; values are worked out from left to right. Compiling these queries would take
     * PostgreSQL ten times as long as running them, so that is switched off.
     */
    static final SqlFragment SESSION =
            SqlTemplate.of("""
                    SELECT {role}, pg_catalog.current_setting('jit') AS jit, pg_catalog.set_config('jit', 'off', true),
                           pg_catalog.current_database()::pg_catalog.text AS database,
                           CURRENT_USER::pg_catalog.text AS role,
                           pg_catalog.current_setting('server_version_num')::pg_catalog.int4 AS version,
                           pg_catalog.current_schemas(false)::pg_catalog.text[] AS path""").fragment("role", SearchPath.ROLE).toFragment();

    /**
     * {@code listed}: the application's tables. A table of an extension is one only where a foreign key ties it to a table
     * that is not. {@code member}: those and their partitions, each with the table it is part of.
     */
    private static final String WITH_TABLES = """
            WITH candidate AS (
                SELECT c.oid, c.relname, n.nspname, n.oid AS nspoid, c.relkind, c.relispartition,
                       EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                               AND d.objsubid = 0 AND d.deptype = 'e') AS extension
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't'
                  AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'exeunt')
            ), tied AS (
                SELECT CASE WHEN child.extension THEN child.oid ELSE parent.oid END AS oid
                FROM pg_constraint con JOIN candidate child ON child.oid = con.conrelid
                JOIN candidate parent ON parent.oid = con.confrelid
                WHERE con.contype = 'f' AND child.extension <> parent.extension
            ), listed AS (
                SELECT * FROM candidate c
                WHERE NOT relispartition AND (NOT extension OR EXISTS (SELECT FROM tied t WHERE t.oid = c.oid))
            ), member AS (
                SELECT oid, oid AS root FROM listed
                UNION ALL
                SELECT c.oid, l.oid FROM candidate c JOIN listed l ON l.oid = pg_partition_root(c.oid)
                WHERE c.relispartition
            )
            """;

    /**
     * Rights count where they hold for every column. Row security binds roles that are neither superuser nor BYPASSRLS,
     * and the owner only where it is forced.
     */
    static final SqlFragment TABLES = withTables("""
            SELECT l.oid::int8 AS oid, l.nspname::text AS schema, l.relname::text AS name, l.relkind::text AS kind,
                   has_schema_privilege(l.nspoid, 'USAGE') AS usage,
                   has_table_privilege(l.oid, 'SELECT') OR NOT EXISTS (
                       SELECT FROM pg_attribute a WHERE a.attrelid = l.oid AND a.attnum > 0 AND NOT a.attisdropped
                       AND NOT has_column_privilege(l.oid, a.attnum, 'SELECT')) AS may_select,
                   has_table_privilege(l.oid, 'UPDATE') OR NOT EXISTS (
                       SELECT FROM pg_attribute a WHERE a.attrelid = l.oid AND a.attnum > 0 AND NOT a.attisdropped
                       AND a.attgenerated = '' AND NOT has_column_privilege(l.oid, a.attnum, 'UPDATE')) AS may_update,
                   has_table_privilege(l.oid, 'DELETE') AS may_delete,
                   NOT c.relrowsecurity OR r.rolsuper OR r.rolbypassrls
                       OR (pg_has_role(c.relowner, 'USAGE') AND NOT c.relforcerowsecurity) AS sees_all,
                   CASE WHEN c.relkind = 'p' AND c.reltuples < 0
                        THEN (SELECT coalesce(sum(greatest(p.reltuples, 0)), 0) FROM member m
                              JOIN pg_class p ON p.oid = m.oid WHERE m.root = l.oid AND p.relkind <> 'p')
                        ELSE greatest(c.reltuples, 0) END::int8 AS estimated_rows,
                   ARRAY (SELECT i.inhparent::int8 FROM pg_inherits i WHERE i.inhrelid = l.oid ORDER BY i.inhseqno) AS parents
            FROM listed l JOIN pg_class c ON c.oid = l.oid
            CROSS JOIN (SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = CURRENT_USER) r
            """);

    static final SqlFragment COLUMNS = withTables("""
            SELECT l.oid::int8 AS oid, a.attname::text AS name, a.atttypid::int8 AS type, a.atttypmod AS typmod,
                   format_type(a.atttypid, a.atttypmod) AS display, a.attnotnull AS not_null, a.atthasdef AS has_default,
                   a.attnotnull AND NOT EXISTS (
                       SELECT FROM pg_constraint c WHERE c.conrelid = a.attrelid AND c.contype = 'n'
                       AND c.conkey = ARRAY[a.attnum] AND NOT c.convalidated) AS null_free,
                   a.attgenerated <> '' AS generated, a.attidentity::text AS identity
            FROM listed l JOIN pg_attribute a ON a.attrelid = l.oid AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY l.oid, a.attnum
            """);

    /**
     * Each type that a column has, a domain with what it is made of: the last in its chain and the first length found. A type
     * without an operator class of its own is compared by one of {@code pg_catalog}'s: arrays, enums, ranges, varchar.
     */
    static final SqlFragment TYPES = withTables("""
            , used AS (
                SELECT DISTINCT a.atttypid AS oid FROM listed l
                JOIN pg_attribute a ON a.attrelid = l.oid AND a.attnum > 0 AND NOT a.attisdropped
            ), made AS (
                SELECT t.oid, c.*
                FROM used t CROSS JOIN LATERAL (
                    WITH RECURSIVE chain AS (
                        SELECT b.oid AS base, b.typtype, b.typbasetype, b.typtypmod AS typmod,
                               b.typtype = 'd' AND b.typnotnull AS not_null,
                               b.typtype = 'd' AND b.typdefault IS NOT NULL AS has_default
                        FROM pg_type b WHERE b.oid = t.oid
                        UNION ALL
                        SELECT b.oid, b.typtype, b.typbasetype,
                               CASE WHEN chain.typmod >= 0 THEN chain.typmod ELSE b.typtypmod END,
                               chain.not_null OR (b.typtype = 'd' AND b.typnotnull), chain.has_default
                        FROM chain JOIN pg_type b ON b.oid = chain.typbasetype WHERE chain.typtype = 'd')
                    SELECT * FROM chain WHERE typtype <> 'd') c
            )
            SELECT t.oid::int8 AS oid, n.nspname::text AS schema, t.typname::text AS name,
                   bn.nspname::text AS base_schema, b.typname::text AS base_name,
                   coalesce((SELECT format('OPERATOR(%I.%s)', opn.nspname, op.oprname)
                             FROM pg_opclass c JOIN pg_amop ao ON ao.amopfamily = c.opcfamily AND ao.amopstrategy = 3
                                 AND ao.amoplefttype = c.opcintype AND ao.amoprighttype = c.opcintype
                             JOIN pg_operator op ON op.oid = ao.amopopr JOIN pg_namespace opn ON opn.oid = op.oprnamespace
                             WHERE c.opcmethod = (SELECT oid FROM pg_am WHERE amname = 'btree') AND c.opcdefault
                             AND c.opcintype = b.oid), 'OPERATOR(pg_catalog.=)') AS equality,
                   b.typcategory::text AS category, t.typtype = 'd' AS domain, m.not_null, m.has_default, m.typmod,
                   ARRAY (SELECT e.enumlabel::text FROM pg_enum e WHERE e.enumtypid = b.oid ORDER BY e.enumsortorder) AS labels
            FROM made m JOIN pg_type t ON t.oid = m.oid JOIN pg_namespace n ON n.oid = t.typnamespace
            JOIN pg_type b ON b.oid = m.base JOIN pg_namespace bn ON bn.oid = b.typnamespace
            """);

    /** One row per key part; a part without {@code attname} is an expression. */
    static final SqlFragment INDEXES = withTables("""
            SELECT l.oid::int8 AS oid, i.indexrelid::int8 AS index, ic.relname::text AS name, i.indisunique AS is_unique,
                   i.indisprimary AS is_primary, coalesce(pg_get_expr(i.indpred, i.indrelid), '') AS predicate,
                   CASE WHEN current_setting('server_version_num')::int4 >= 150000
                        THEN (to_jsonb(i) ->> 'indnullsnotdistinct')::bool ELSE false END AS nulls_not_distinct,
                   i.indisvalid AND i.indisready AND am.amname IN ('btree', 'hash') AS usable,
                   i.indisvalid AND i.indisready AND am.amname = 'gin' AS finds_elements,
                   coalesce(con.conname::text, '') AS constraint_name,
                   a.attname::text AS column_name, pg_get_indexdef(i.indexrelid, k, true) AS definition
            FROM listed l JOIN pg_index i ON i.indrelid = l.oid
            JOIN pg_class ic ON ic.oid = i.indexrelid JOIN pg_am am ON am.oid = ic.relam
            LEFT JOIN pg_constraint con ON con.conindid = i.indexrelid AND con.conrelid = l.oid AND con.contype IN ('p', 'u', 'x')
            CROSS JOIN LATERAL generate_series(1, i.indnkeyatts) k
            LEFT JOIN pg_attribute a ON a.attrelid = l.oid AND a.attnum = i.indkey[k - 1] AND a.attnum > 0
            WHERE i.indislive
            ORDER BY i.indexrelid, k
            """);

    /**
     * Clones that partitioning makes are left out. A key that is not enforced is listed too, since it says which table
     * refers to which. It is listed as not validated, since its rows may refer to nothing. If it is NOT ENFORCED, or
     * the parent's triggers are disabled, it is listed without an action. Disabling only the child's triggers does not
     * keep it from acting.
     */
    static final SqlFragment FOREIGN_KEYS = withTables("""
            SELECT DISTINCT child.root::int8 AS child, parent.root::int8 AS parent, con.conname::text AS name,
                   con.confdeltype::text AS on_delete, con.confupdtype::text AS on_update, con.confmatchtype = 'f' AS match_full,
                   con.condeferrable AS deferrable, con.convalidated AS validated,
                   CASE WHEN current_setting('server_version_num')::int4 >= 180000
                        THEN (to_jsonb(con) ->> 'conenforced')::bool ELSE true END AS enforced, off.*,
                   ARRAY (SELECT a.attname::text FROM unnest(con.conkey) WITH ORDINALITY k (num, at)
                          JOIN pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = k.num ORDER BY k.at) AS columns,
                   ARRAY (SELECT a.attname::text FROM unnest(con.confkey) WITH ORDINALITY k (num, at)
                          JOIN pg_attribute a ON a.attrelid = con.confrelid AND a.attnum = k.num ORDER BY k.at) AS parent_columns,
                   CASE WHEN con.confdeltype IN ('n', 'd') AND current_setting('server_version_num')::int4 >= 150000
                        THEN ARRAY (SELECT a.attname::text FROM unnest(con.conkey) WITH ORDINALITY k (num, at)
                                    JOIN pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = k.num
                                    WHERE to_jsonb(con) -> 'confdelsetcols' @> to_jsonb(k.num) ORDER BY k.at)
                        ELSE '{}' END AS set_columns
            FROM pg_constraint con JOIN member child ON child.oid = con.conrelid JOIN member parent ON parent.oid = con.confrelid
            CROSS JOIN LATERAL (
                SELECT count(*) > 0 AS in_part,
                       count(*) FILTER (WHERE p.proname !~ '^RI_FKey_check' AND t.tgtype & 8 <> 0) > 0 AS inert_on_delete,
                       count(*) FILTER (WHERE p.proname !~ '^RI_FKey_check' AND t.tgtype & 16 <> 0) > 0 AS inert_on_update
                FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
                WHERE t.tgconstraint = con.oid AND t.tgenabled NOT IN ('O', 'A')) off
            WHERE con.contype = 'f' AND con.conparentid = 0
            """);

    /** {@code tgtype} as in {@code catalog/pg_trigger.h}. A rule fires only where its own table is named. */
    static final SqlFragment TRIGGERS = withTables("""
            SELECT DISTINCT m.root::int8 AS oid, t.tgname::text AS name,
                   CASE WHEN t.tgtype & 64 <> 0 THEN 'INSTEAD_OF' WHEN t.tgtype & 2 <> 0 THEN 'BEFORE' ELSE 'AFTER' END AS kind,
                   t.tgtype & 8 <> 0 AS on_delete, t.tgtype & 16 <> 0 AS on_update, t.tgenabled IN ('O', 'A') AS enabled,
                   (SELECT a.attname::text FROM pg_attribute a JOIN pg_proc f ON f.oid = t.tgfoid AND f.proname = 'lo_manage'
                    WHERE a.attrelid = t.tgrelid AND t.tgargs = convert_to(a.attname::text, getdatabaseencoding()) || decode('00', 'hex')) AS unlinks
            FROM pg_trigger t JOIN member m ON m.oid = t.tgrelid JOIN pg_proc f ON f.oid = t.tgfoid
            WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND f.pronamespace IS DISTINCT FROM to_regnamespace('exeunt')
            UNION ALL
            SELECT l.oid::int8, r.rulename::text,
                   CASE WHEN NOT r.is_instead THEN 'RULE' WHEN r.ev_qual::text = '<>' THEN 'INSTEAD_RULE'
                   ELSE 'CONDITIONAL_INSTEAD_RULE' END,
                   r.ev_type = '4', r.ev_type = '2', r.ev_enabled IN ('O', 'A'), NULL
            FROM pg_rewrite r JOIN listed l ON l.oid = r.ev_class WHERE r.rulename <> '_RETURN'
            """);

    /**
     * What else bears on a write, one row each. A publication that publishes updates or deletes makes PostgreSQL refuse them
     * on a table without replica identity, and (since 15) where the identity is not wholly among the columns it publishes or its
     * row filter uses columns outside of the identity, or (since 18) where the identity holds generated columns that it does not
     * publish; materialized views are found through views, too.
     */
    static final SqlFragment CIRCUMSTANCES = withTables("""
            , reading AS (
                WITH RECURSIVE r AS (
                    SELECT m.root, w.ev_class AS reader
                    FROM member m JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = m.oid
                    JOIN pg_rewrite w ON d.classid = 'pg_rewrite'::regclass AND w.oid = d.objid AND w.rulename = '_RETURN'
                    UNION
                    SELECT r.root, w.ev_class
                    FROM r JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = r.reader
                    JOIN pg_rewrite w ON d.classid = 'pg_rewrite'::regclass AND w.oid = d.objid AND w.rulename = '_RETURN'
                    WHERE w.ev_class <> r.reader)
                SELECT DISTINCT root, reader FROM r
            ), published AS (
                SELECT DISTINCT m.root, p.pubname, p.pubupdate, p.pubdelete
                FROM pg_publication_tables pt JOIN pg_publication p ON p.pubname = pt.pubname
                JOIN candidate c ON c.nspname = pt.schemaname AND c.relname = pt.tablename
                JOIN member m ON m.oid = c.oid JOIN pg_class k ON k.oid = c.oid
                WHERE k.relreplident = 'n'
                   OR k.relreplident = 'd' AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary)
                   OR k.relreplident = 'i' AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisreplident)
            ), identity AS (
                SELECT k.oid, k.relreplident = 'f' AS whole,
                       ARRAY (SELECT a.attname FROM pg_index i JOIN pg_attribute a
                              ON a.attrelid = k.oid AND a.attnum = ANY (i.indkey[0:i.indnkeyatts - 1])
                              WHERE i.indrelid = k.oid AND CASE k.relreplident WHEN 'd' THEN i.indisprimary
                              WHEN 'i' THEN i.indisreplident ELSE false END) AS columns
                FROM pg_class k WHERE k.relkind <> 'p'
            ), parts AS (
                SELECT m.root, p.pubname, p.pubupdate, p.pubdelete, d.whole, d.columns,
                       to_jsonb(pr) ->> 'prqual' IS NOT NULL AS filtered, to_jsonb(pr) ->> 'prattrs' IS NOT NULL AS listed,
                       ARRAY (SELECT a.attname FROM regexp_matches(to_jsonb(pr) ->> 'prqual', ':varattno (\\d+)', 'g') v
                              JOIN pg_attribute a ON a.attrelid = pr.prrelid AND a.attnum = v[1]::int2) AS filter,
                       ARRAY (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = pr.prrelid AND a.attnum::text = ANY
                              (string_to_array(translate(to_jsonb(pr) ->> 'prattrs', '[],', '   '), ' '))) AS list
                FROM pg_publication_rel pr JOIN pg_publication p ON p.oid = pr.prpubid
                JOIN member m ON m.oid = pr.prrelid OR pr.prrelid IN (SELECT relid FROM pg_partition_ancestors(m.oid))
                JOIN identity d ON d.oid = m.oid
            ), unfit AS (
                SELECT DISTINCT root, pubname, pubupdate, pubdelete,
                       ARRAY (SELECT n::text FROM unnest(CASE WHEN filtered AND NOT whole THEN filter END) n
                              WHERE n <> ALL (columns)
                              UNION SELECT n FROM unnest(CASE WHEN listed THEN columns END) n WHERE n <> ALL (list)
                              UNION SELECT '*' WHERE listed AND whole ORDER BY 1) AS columns
                FROM parts
            ), unpublished AS (
                SELECT m.root, p.pubname, p.pubupdate, p.pubdelete,
                       ARRAY (SELECT a.attname::text FROM pg_attribute a
                              WHERE a.attrelid = m.oid AND a.attgenerated <> '' AND NOT a.attisdropped
                                AND (d.whole OR a.attname = ANY (d.columns))
                                AND (a.attgenerated = 'v' OR to_jsonb(p) ->> 'pubgencols' <> 's') ORDER BY a.attnum) AS columns
                FROM pg_publication_tables pt JOIN pg_publication p ON p.pubname = pt.pubname
                JOIN candidate c ON c.nspname = pt.schemaname AND c.relname = pt.tablename
                JOIN member m ON m.oid = c.oid OR c.oid IN (SELECT relid FROM pg_partition_ancestors(m.oid))
                JOIN identity d ON d.oid = m.oid
                WHERE to_jsonb(p) ->> 'pubgencols' IS NOT NULL
                  AND (d.whole OR NOT EXISTS (SELECT FROM pg_publication_rel pr WHERE pr.prpubid = p.oid AND pr.prrelid = c.oid
                                              AND to_jsonb(pr) ->> 'prattrs' IS NOT NULL))
            )
            SELECT DISTINCT m.root::int8 AS oid, CASE con.contype WHEN 'c' THEN 'CHECK' ELSE 'EXCLUSION' END AS kind,
                   con.conname::text AS name,
                   ARRAY (SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = con.conrelid AND a.attnum = ANY (con.conkey)
                          ORDER BY a.attnum) AS columns
            FROM pg_constraint con JOIN member m ON m.oid = con.conrelid
            WHERE con.contype IN ('c', 'x') AND con.conparentid = 0
            UNION ALL
            SELECT l.oid::int8, 'PARTITION_KEY', l.relname::text,
                   ARRAY (SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = l.oid AND a.attnum = ANY (p.partattrs)
                          ORDER BY a.attnum)
            FROM listed l JOIN pg_partitioned_table p ON p.partrelid = l.oid
            UNION ALL
            SELECT root::int8, 'REFUSES_UPDATE', pubname::text, '{}' FROM published WHERE pubupdate
            UNION ALL
            SELECT root::int8, 'REFUSES_DELETE', pubname::text, '{}' FROM published WHERE pubdelete
            UNION ALL
            SELECT root::int8, 'REFUSES_UPDATE', pubname::text, columns FROM unfit WHERE pubupdate AND columns <> '{}'
            UNION ALL
            SELECT root::int8, 'REFUSES_DELETE', pubname::text, columns FROM unfit WHERE pubdelete AND columns <> '{}'
            UNION
            SELECT root::int8, 'REFUSES_UPDATE', pubname::text, columns FROM unpublished WHERE pubupdate AND columns <> '{}'
            UNION
            SELECT root::int8, 'REFUSES_DELETE', pubname::text, columns FROM unpublished WHERE pubdelete AND columns <> '{}'
            UNION ALL
            SELECT r.root::int8, 'MATERIALIZED_VIEW', format('%I.%I', n.nspname, c.relname), '{}'
            FROM reading r JOIN pg_class c ON c.oid = r.reader AND c.relkind = 'm' JOIN pg_namespace n ON n.oid = c.relnamespace
            """);

    /**
     * See {@link UnsafeCode}. An access list that was never changed is NULL and means the owner's rights alone. The path that counts is
     * the role's, not the pinned one.
     */
    static final String UNSAFE_CODE = withTables("""
            , trusted AS (
                SELECT oid FROM pg_roles WHERE rolsuper OR rolname = CURRENT_USER
                UNION SELECT datdba FROM pg_database WHERE datname = current_database()
                UNION SELECT c.relowner FROM listed l JOIN pg_class c ON c.oid = l.oid
            ), creator AS (
                SELECT n.nspname, a.grantee AS role
                FROM pg_namespace n CROSS JOIN LATERAL aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
                WHERE n.nspname = ANY (:path::text[]) AND n.nspname !~ '^pg_' AND a.privilege_type = 'CREATE'
            )
            SELECT nspname::text AS place, NULL AS trigger, coalesce(r.rolname::text, 'PUBLIC') AS role
            FROM creator c LEFT JOIN pg_roles r ON r.oid = c.role
            WHERE c.role NOT IN (SELECT oid FROM trusted) AND r.rolname IS DISTINCT FROM 'pg_database_owner'
            UNION
            SELECT format('%s.%s', l.nspname, l.relname), t.tgname::text, o.rolname::text
            FROM pg_trigger t JOIN member m ON m.oid = t.tgrelid JOIN listed l ON l.oid = m.root
            JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_roles o ON o.oid = p.proowner
            WHERE NOT t.tgisinternal AND p.proowner NOT IN (SELECT oid FROM trusted)
            ORDER BY 1, 2, 3
            """).sql();

    /** What no record holds and a plan or a proof still rests on: for the digest alone. */
    static final SqlFragment FURTHER_FACTS = withTables("""
            SELECT format('%I.%I %s %I %s', l.nspname, l.relname, 'constraint', con.conname, pg_get_constraintdef(con.oid))
            FROM pg_constraint con JOIN member m ON m.oid = con.conrelid JOIN listed l ON l.oid = m.root
            WHERE con.contype IN ('c', 'x') AND con.conparentid = 0
            UNION
            SELECT format('%s domain %I %s', con.contypid::regtype, con.conname, pg_get_constraintdef(con.oid))
            FROM pg_constraint con JOIN pg_type t ON t.oid = con.contypid JOIN pg_namespace n ON n.oid = t.typnamespace
            WHERE con.contype = 'c' AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'exeunt')
            UNION
            SELECT format('%I.%I index %I %s', l.nspname, l.relname, i.indexrelid::regclass, pg_get_expr(i.indpred, i.indrelid))
            FROM pg_index i JOIN listed l ON l.oid = i.indrelid WHERE i.indpred IS NOT NULL
            UNION
            SELECT format('%I.%I default %I %s', l.nspname, l.relname, a.attname, pg_get_expr(d.adbin, d.adrelid))
            FROM pg_attrdef d JOIN listed l ON l.oid = d.adrelid
            JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
            UNION
            SELECT format('%I.%I partitioned %s replica identity %s', l.nspname, l.relname, pg_get_partkeydef(c.oid), c.relreplident)
            FROM listed l JOIN pg_class c ON c.oid = l.oid
            """);

    private static SqlFragment withTables(String query) {
        return SqlTemplate.of("{tables}{query}")
                .fragment("tables", WITH_TABLES)
                .fragment("query", query)
                .toFragment();
    }
}
