package dev.exeunt.internal.entry;

import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.schema.KeyPredicate;
import java.util.List;

/**
 * Builds the functions that tell whose call it is. No role but their owner may call them. A call that does not say who calls, or that
 * names no account exactly as its row spells the key, is refused with SQLSTATE 28000, whatever the reason.
 */
final class CallerFunctions {

    static final String CLAIMS = "exeunt.caller_claims()";
    static final String KEY = "exeunt.caller_key()";
    static final String LOCK = "exeunt.lock_caller()";

    private static final String CLAIM = """
            CAST(NULLIF(pg_catalog.current_setting('request.jwt.claims', true), '') AS pg_catalog.jsonb)
                OPERATOR(pg_catalog.->>) 'sub'""";

    /** Holds the map's own SQL, and so runs in the path of the role that made it. */
    private static final String CLAIMS_BODY = """
            #variable_conflict use_column
            BEGIN
                RETURN ARRAY[{claims}];
            END
            """;

    private static final String KEY_BODY = """
            DECLARE
                claimed text[];
                person text[];
            BEGIN
                BEGIN
                    claimed := exeunt.caller_claims();
                    SELECT ARRAY[{key}] INTO person FROM {subject} AS p WHERE {claimed};
                EXCEPTION WHEN OTHERS THEN
                    IF left(SQLSTATE, 2) IN ('40', '53', '55', '57', '58') THEN
                        RAISE;
                    END IF;
                    person := NULL;
                END;
                IF person IS NULL OR person <> claimed OR '' = ANY (person) THEN
                    RAISE EXCEPTION USING ERRCODE = '28000', MESSAGE = 'The call does not say who calls, or there is no such account.';
                END IF;
                RETURN person;
            END
            """;

    private static final String LOCK_BODY = """
            DECLARE
                person text[] := exeunt.caller_key();
            BEGIN
                PERFORM 1 FROM {subject} AS p WHERE {person} FOR UPDATE;
                IF NOT FOUND OR (SELECT g.state FROM exeunt.gate({parts}) AS g) = 'erased' THEN
                    RAISE EXCEPTION USING ERRCODE = 'PT423', MESSAGE = 'It is too late: the account has been erased.';
                END IF;
                RETURN person;
            END
            """;

    private final LifecycleContext context;
    private final PlannedSubject subject;

    CallerFunctions(LifecycleContext context) {
        this.context = context;
        this.subject = context.subject();
    }

    List<EntryFunction> functions() {
        return List.of(
                EntryFunction.reading(CLAIMS + " RETURNS pg_catalog.text[]", claims()),
                EntryFunction.reading(KEY + " RETURNS pg_catalog.text[]", key()),
                EntryFunction.writing(LOCK + " RETURNS pg_catalog.text[]", lock()));
    }

    private SqlFragment claims() {
        List<LocatedText> caller = context.map().lifecycle().sql().caller();
        List<SqlFragment> claims = caller.isEmpty()
                ? List.of(claim(SqlFragment.of(CLAIM)))
                : caller.stream().map(e -> claim(SqlFragment.trusted(e.text()))).toList();
        return SqlTemplate.of(CLAIMS_BODY).fragments("claims", ", ", claims).toFragment();
    }

    private static SqlFragment claim(SqlFragment expression) {
        return SqlTemplate.of("CAST(({expression}\n) AS pg_catalog.text)")
                .fragment("expression", expression)
                .toFragment();
    }

    private SqlFragment key() {
        return SqlTemplate.of(KEY_BODY)
                .fragment("key", PersonSql.key(subject))
                .fragment("subject", subject.table().name().quoted())
                .fragment("claimed", KeyPredicate.of("p", subject.key(), i -> PersonSql.part(subject, "claimed", i)))
                .toFragment();
    }

    private SqlFragment lock() {
        return SqlTemplate.of(LOCK_BODY)
                .fragment("subject", subject.table().name().quoted())
                .fragment("person", PersonSql.isPerson(subject))
                .fragment("parts", PersonSql.parts(subject))
                .toFragment();
    }
}
