package dev.exeunt.internal.schema.trial;

/**
 * Names a function whose answer may depend on rows of tables, so that it may change while rows are erased.
 *
 * @param function as {@code public.liked(integer)}
 */
public record ReadingFunction(String function, ReadEvidence evidence) {

    /** Says how it is known that a function reads tables. */
    public enum ReadEvidence {
        /** It is not built in, and PostgreSQL may let it read tables, since it is not IMMUTABLE. */
        NOT_IMMUTABLE,
        /** The catalogue lists tables that its body reads, or it is a built-in function that runs queries. */
        READS_TABLES,
        /** It is labelled IMMUTABLE, but the text of its body looks as if it reads tables. */
        TEXT_LOOKS_LIKE_READING
    }

    /**
     * For each row {@code p} of {@code pg_proc} that may read, one row {@code evidence}; no row for any other. Its names of
     * built-in objects need {@code pg_catalog} alone in the search path.
     */
    static final String EVIDENCE = """
            SELECT CASE WHEN known.runs_queries OR known.reads THEN 'READS_TABLES'
                        WHEN p.provolatile <> 'i' THEN 'NOT_IMMUTABLE'
                        ELSE 'TEXT_LOOKS_LIKE_READING' END AS evidence
            FROM (SELECT p.pronamespace <> 'pg_catalog'::regnamespace AS own,
                    p.pronamespace = 'pg_catalog'::regnamespace AND p.provolatile <> 'i'
                    AND p.proname ~ ('_to_xml$|_to_xmlschema$|_to_xml_and_xmlschema$|^ts_stat$|^ts_rewrite$|^pg_stat_get_|'
                        || '^pg_(total_relation|relation|table|indexes|database|tablespace)_size$|_current_snapshot$')
                    AS runs_queries,
                    EXISTS (SELECT FROM pg_depend d JOIN pg_class c ON c.oid = d.refobjid
                        WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.refclassid = 'pg_class'::regclass
                        AND c.relkind IN ('r', 'p', 'f', 'v', 'm')) AS reads,
                    regexp_replace(
                        regexp_replace(p.prosrc, '--[^\\n]*|/\\*([^*]|\\*+[^*/])*\\*+/|''[^'']*''', ' ', 'g'),
                        '\\m(distinct|both|leading|trailing|epoch|century|decade|year|isoyear|quarter|month|week|day|dow|isodow'
                        || '|doy|hour|minute|second|milliseconds|microseconds|timezone)\\s+from\\M', ' ', 'gi') AS code) known
            WHERE known.runs_queries OR known.own AND (known.reads OR p.provolatile <> 'i'
                OR p.prolang NOT IN (SELECT oid FROM pg_language WHERE lanname IN ('internal', 'c'))
                AND (known.code ~* '\\m(from|join|execute)\\M' OR EXISTS (
                    SELECT FROM pg_proc q WHERE q.provolatile <> 'i'
                    AND q.pronamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
                    AND known.code ~* ('\\m' || regexp_replace(q.proname, '(\\W)', '\\\\\\1', 'g') || '"?\\s*\\('))))
            """;
}
