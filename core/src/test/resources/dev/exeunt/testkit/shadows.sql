-- What a role without any right but CREATE on a schema of the path can make: functions, operators and types that PostgreSQL prefers
-- to the built-in ones, because their arguments fit better or because their schema comes first. A shadow counts its call and fails.
SET search_path = pg_catalog;
SET check_function_bodies = off;

CREATE SEQUENCE shadow.shadow_call;
CREATE SEQUENCE shadow.shadow_call_of_trigger;
GRANT ALL ON SEQUENCE shadow.shadow_call, shadow.shadow_call_of_trigger TO PUBLIC;

CREATE TABLE shadow.shadow_variant (declared text, actual text);
-- a declared type, and the types of arguments that it takes for want of a better function
INSERT INTO shadow.shadow_variant VALUES
    ('text', 'text'), ('text', 'varchar'), ('text', 'bpchar'), ('text', 'name'), ('varchar', 'varchar'), ('bpchar', 'bpchar'), ('name', 'name'),
    ('int2', 'int2'), ('int4', 'int4'), ('int4', 'int2'), ('int8', 'int8'), ('int8', 'int4'), ('oid', 'oid'), ('oid', 'int8'),
    ('oid', 'regclass'), ('regclass', 'regclass'), ('uuid', 'uuid'), ('jsonb', 'jsonb'), ('json', 'json'), ('bytea', 'bytea'), ('bool', 'bool'),
    ('timestamptz', 'timestamptz'), ('timestamptz', 'timestamp'), ('timestamptz', 'date'), ('timestamp', 'timestamp'), ('date', 'date'),
    ('interval', 'interval'), ('numeric', 'numeric'), ('numeric', 'int8'), ('float8', 'float8'), ('float8', 'int4'), ('"char"', '"char"'),
    ('_text', '_text'), ('_text', '_varchar'), ('_int8', '_int8'), ('_uuid', '_uuid'), ('xid', 'xid'), ('tid', 'tid'), ('"any"', 'int8'),
    ('"any"', 'text'), ('"any"', 'varchar'), ('"any"', 'uuid'), ('"any"', 'timestamptz'), ('"any"', 'bool'),
    ('anyarray', '_text'), ('anyarray', '_varchar'), ('anyarray', '_int8'), ('anyarray', '_int4'), ('anyarray', '_uuid'), ('anyarray', '_name'),
    ('anyelement', 'text'), ('anyelement', 'varchar'), ('anyelement', 'int8'), ('anyelement', 'uuid'), ('anyelement', 'timestamptz'),
    ('anycompatiblearray', '_text'), ('anycompatiblearray', '_varchar'), ('anycompatiblearray', '_int8'),
    ('anycompatible', 'text'), ('anycompatible', 'varchar'), ('anycompatible', 'int8'),
    ('anynonarray', 'text'), ('anynonarray', 'varchar'), ('anynonarray', 'int8'), ('anynonarray', 'uuid'), ('anynonarray', 'timestamptz'),
    ('anyenum', 'text');

CREATE FUNCTION shadow.shadow_called(what text) RETURNS bool LANGUAGE plpgsql AS $$
BEGIN
    IF pg_catalog.texteq(pg_catalog.current_setting('application.trigger', true), 'runs') THEN
        PERFORM pg_catalog.nextval('shadow.shadow_call_of_trigger'::pg_catalog.regclass);
        RETURN NULL;
    END IF;
    PERFORM pg_catalog.nextval('shadow.shadow_call'::pg_catalog.regclass);
    RAISE EXCEPTION 'the shadow % was called', what USING ERRCODE = 'XX666';
END $$;

DO $$
DECLARE f record; signature text;
BEGIN
    FOR f IN
        WITH RECURSIVE variant AS (
            SELECT p.oid, p.proname, p.pronargs, p.prorettype, ARRAY[]::text[] AS args FROM pg_proc p
            WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind IN ('f', 'a', 'w') AND p.pronargs <= 4
            AND NOT EXISTS (SELECT FROM unnest(p.proargtypes) t
                            WHERE t::regtype::text NOT IN (SELECT v.declared::regtype::text FROM shadow.shadow_variant v))
            AND p.prorettype <> 'internal'::regtype AND p.prorettype <> 'trigger'::regtype AND p.prorettype <> 'event_trigger'::regtype
            UNION ALL
            SELECT v.oid, v.proname, v.pronargs, v.prorettype, v.args || s.actual
            FROM variant v JOIN pg_proc p ON p.oid = v.oid
            JOIN shadow.shadow_variant s ON s.declared::regtype = p.proargtypes[cardinality(v.args)]
            WHERE cardinality(v.args) < v.pronargs)
        SELECT DISTINCT proname, args FROM variant WHERE cardinality(args) = pronargs
    LOOP
        SELECT coalesce(string_agg('pg_catalog.' || a, ', ' ORDER BY n), '') INTO signature
        FROM unnest(f.args) WITH ORDINALITY AS u(a, n);
        EXECUTE format('CREATE FUNCTION shadow.%I(%s) RETURNS bool LANGUAGE sql AS %L', f.proname, signature,
            format('SELECT shadow.shadow_called(%L)', f.proname || '(' || signature || ')'));
    END LOOP;
    FOR f IN
        SELECT DISTINCT o.oprname, l.actual AS left_type, r.actual AS right_type
        FROM pg_operator o LEFT JOIN shadow.shadow_variant l ON l.declared::regtype = o.oprleft
        JOIN shadow.shadow_variant r ON r.declared::regtype = o.oprright
        WHERE o.oprnamespace = 'pg_catalog'::regnamespace AND o.oprkind = 'b' AND l.actual IS NOT NULL
        UNION
        SELECT '=', l, r FROM unnest(ARRAY['text', 'varchar', 'bpchar', 'name']) l, unnest(ARRAY['text', 'varchar', 'bpchar', 'name']) r
    LOOP
        IF to_regprocedure(format('shadow.shadow_operator(pg_catalog.%s, pg_catalog.%s)', f.left_type, f.right_type)) IS NULL THEN
            EXECUTE format('CREATE FUNCTION shadow.shadow_operator(pg_catalog.%1$s, pg_catalog.%2$s) RETURNS bool LANGUAGE sql AS %3$L',
                f.left_type, f.right_type,
                format('SELECT shadow.shadow_called(%L)', 'an operator of ' || f.left_type || ' and ' || f.right_type));
        END IF;
        EXECUTE format('CREATE OPERATOR shadow.%s (LEFTARG = pg_catalog.%s, RIGHTARG = pg_catalog.%s, FUNCTION = shadow.shadow_operator)',
            f.oprname, f.left_type, f.right_type);
    END LOOP;
    FOR f IN SELECT DISTINCT declared FROM shadow.shadow_variant
        WHERE declared !~ '^(any|"any|_)' UNION SELECT 'jsonpath' UNION SELECT 'regnamespace'
        UNION SELECT 'regproc' UNION SELECT 'regprocedure' UNION SELECT 'regtype'
    LOOP
        EXECUTE format('CREATE DOMAIN shadow.%1$s AS pg_catalog.%1$s CHECK (shadow.shadow_called(%2$L))', f.declared, 'type ' || f.declared);
    END LOOP;
END $$;
