package dev.exeunt.internal.entry;

import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.postgres.DollarQuoting;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlQuoting;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.request.LifecycleContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Builds the functions in SQL for applications that speak only SQL. Each acts for the caller alone: it takes no key. They run with their
 * owner's rights in a fixed search path, and only the roles that the map names may call them.
 *
 * <p>The moment is {@code exeunt.clock()}, which a session can set. A role that can set it could also say to be another person: {@code
 * check} refuses such a role as a caller.
 */
public final class EntryFunctions {

    /** What a role may call. */
    private static final List<String> OFFERED = List.of(
            RequestFunctions.EXPORT,
            RequestFunctions.DELETION,
            CancelFunction.CANCEL,
            StatusFunction.STATUS,
            PreviewFunctions.PREVIEW);

    /** What these call, besides what {@link PreviewFunctions} counts with. */
    private static final List<String> INNER = List.of(
            CallerFunctions.CLAIMS,
            CallerFunctions.KEY,
            CallerFunctions.LOCK,
            PreviewFunctions.WARNINGS,
            PreviewFunctions.DIGEST);

    /** What holds SQL of the map, which may name things without a schema. */
    private static final List<String> OF_THE_MAP = List.of(CallerFunctions.CLAIMS, PreviewFunctions.WARNINGS);

    private static final List<String> NAMES = List.of(
            "request_export",
            "request_deletion",
            "cancel",
            "status",
            "preview",
            "caller_claims",
            "caller_key",
            "lock_caller",
            "caller_warnings",
            "warning_digest",
            "caller_rows_delete_data",
            "caller_rows_deactivate",
            "caller_rows_delete_account");

    private static final String BLOCK = "DO {body};\n";

    /** Drops functions of an earlier version. The path from before is kept for what holds SQL of the map. */
    private static final String PREPARE = """
            DECLARE old pg_catalog.regprocedure;
            BEGIN
                IF pg_catalog.texteq(pg_catalog.current_setting('exeunt.search_path', true), '') IS NOT FALSE THEN
                    PERFORM pg_catalog.set_config('exeunt.search_path', pg_catalog.current_setting('search_path'), true);
                END IF;
                PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
                PERFORM pg_advisory_xact_lock(hashtext('exeunt.sql'));
                FOR old IN SELECT oid::regprocedure FROM pg_proc WHERE proname = ANY (:names::text[])
                        AND pronamespace = 'exeunt'::regnamespace
                        AND oid <> ALL (array_remove(ARRAY[{kept}], NULL)) LOOP
                    EXECUTE 'DROP FUNCTION ' || old;
                END LOOP;
            END
            """;

    /** Functions may be granted by default privileges; the gate answers for any key, and so not for a caller. */
    private static final String PROTECT = """
            DECLARE
                protected record;
                path text;
            BEGIN
                PERFORM pg_catalog.set_config('search_path', pg_catalog.current_setting('exeunt.search_path'), true);
                SELECT pg_catalog.string_agg(pg_catalog.quote_ident(s.name), ', ' ORDER BY s.place) INTO path
                FROM pg_catalog.unnest(pg_catalog.current_schemas(false)) WITH ORDINALITY AS s(name, place)
                WHERE s.name OPERATOR(pg_catalog.<>) 'pg_catalog';
                PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
                FOR protected IN SELECT p.oid::regprocedure AS name, r.rolname AS role
                        FROM pg_proc AS p CROSS JOIN aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS a
                        LEFT JOIN pg_roles AS r ON r.oid = a.grantee
                        WHERE p.oid = ANY (ARRAY[{functions}]) AND a.grantee <> p.proowner LOOP
                    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM %s', protected.name,
                        coalesce(quote_ident(protected.role), 'PUBLIC'));
                END LOOP;
                FOR protected IN SELECT p.oid::regprocedure AS name, r.rolname AS role
                        FROM pg_proc AS p CROSS JOIN pg_namespace AS n CROSS JOIN aclexplode(n.nspacl) AS a
                        JOIN pg_roles AS r ON r.oid = a.grantee
                        WHERE p.proname = 'gate' AND p.pronamespace = n.oid AND n.nspname = 'exeunt'
                            AND a.privilege_type = 'USAGE' AND has_function_privilege('public', p.oid, 'EXECUTE')
                            AND r.rolname <> ALL (:callers::text[]) LOOP
                    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %I', protected.name, protected.role);
                END LOOP;
                FOR protected IN SELECT p.oid::regprocedure AS name, c AS role FROM pg_proc AS p CROSS JOIN unnest(:callers::text[]) AS c
                        WHERE p.proname = 'gate' AND p.pronamespace = 'exeunt'::regnamespace LOOP
                    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC, %I', protected.name, protected.role);
                END LOOP;
                FOR protected IN SELECT f::regprocedure AS name FROM unnest(ARRAY[{ofTheMap}]) AS f LOOP
                    EXECUTE format('ALTER FUNCTION %s SET search_path = %s', protected.name,
                        concat_ws(', ', 'pg_catalog', path, 'pg_temp'));
                END LOOP;
            END
            """;

    private static final String GRANT = """
            GRANT USAGE ON SCHEMA exeunt TO {callers};
            GRANT EXECUTE ON FUNCTION {functions} TO {callers};
            """;

    private EntryFunctions() {}

    /** Returns the statements that make the functions, or drop them where the map offers none. */
    public static String sql(LifecycleContext context) {
        List<String> callers = context.map().lifecycle().sql().callers().stream()
                .map(LocatedText::text)
                .toList();
        if (callers.isEmpty()) {
            return prepare(List.of());
        }
        PreviewFunctions preview = new PreviewFunctions(context);
        List<String> inner =
                Stream.concat(INNER.stream(), preview.counts().stream()).toList();
        List<String> kept = Stream.concat(OFFERED.stream(), inner.stream()).toList();
        List<EntryFunction> functions = new ArrayList<>(new CallerFunctions(context).functions());
        functions.addAll(new RequestFunctions(context).functions());
        functions.add(CancelFunction.of(context));
        functions.add(StatusFunction.of(context));
        functions.addAll(preview.functions());
        StringBuilder script = new StringBuilder(prepare(kept));
        functions.forEach(f -> script.append('\n').append(f.sql()));
        SqlFragment protect = SqlTemplate.of(PROTECT)
                .fragment("functions", signatures(kept))
                .bind("callers", callers.toArray(String[]::new))
                .fragment(
                        "ofTheMap",
                        signatures(Stream.concat(OF_THE_MAP.stream(), preview.counts().stream())
                                .toList()))
                .toFragment();
        return script.append('\n')
                .append(block(protect))
                .append(SqlTemplate.of(GRANT)
                        .identifiers("callers", callers)
                        .fragment("functions", String.join(", ", OFFERED))
                        .toFragment()
                        .sql())
                .toString();
    }

    private static String prepare(List<String> kept) {
        return block(SqlTemplate.of(PREPARE)
                .bind("names", NAMES.toArray(String[]::new))
                .fragment("kept", kept.isEmpty() ? "CAST(NULL AS oid)" : signatures(kept))
                .toFragment());
    }

    private static String signatures(List<String> functions) {
        return functions.stream()
                .map(f -> "to_regprocedure(" + SqlQuoting.literal(f) + ")::oid")
                .reduce((a, b) -> a + ", " + b)
                .orElseThrow();
    }

    private static String block(SqlFragment body) {
        return SqlTemplate.of(BLOCK)
                .fragment("body", DollarQuoting.quote(body.inlined()))
                .toFragment()
                .sql();
    }
}
