SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET row_security = off;
CREATE SCHEMA exeunt;
CREATE FUNCTION exeunt.clock() RETURNS timestamp with time zone
    LANGUAGE sql PARALLEL RESTRICTED
    RETURN COALESCE((NULLIF(current_setting('exeunt.clock'::text, true), ''::text))::timestamp with time zone, clock_timestamp());
CREATE FUNCTION exeunt.gate(bigint) RETURNS TABLE(state text, until timestamp with time zone)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
    WITH asked AS (
        SELECT kind, login_blocked_until, due_at FROM exeunt.request
        WHERE subject = (SELECT ARRAY[CAST(p."id" AS text)] FROM "public"."people" AS p WHERE p."id" = $1) AND kind <> 'export' AND state IN ('scheduled', 'erasing', 'blocked', 'held', 'failed'))
    SELECT answer.state, answer.until FROM (
        SELECT 1, 'erased', CAST(NULL AS timestamptz) WHERE NOT EXISTS (SELECT FROM "public"."people" AS p WHERE p."id" = $1)
        UNION ALL
        SELECT 2, 'blocked', max(login_blocked_until) FROM asked WHERE login_blocked_until > exeunt.clock()
        HAVING count(*) > 0
        UNION ALL
        SELECT CASE kind WHEN 'deactivate' THEN 3 WHEN 'delete-account' THEN 4 ELSE 5 END,
            CASE kind WHEN 'deactivate' THEN 'deactivated' ELSE 'scheduled' END, due_at
        FROM asked
        UNION ALL
        SELECT 6, 'erased', NULL WHERE FALSE
        UNION ALL
        SELECT 7, 'allowed', NULL) AS answer(rank, state, until)
    ORDER BY answer.rank LIMIT 1
$_$;
CREATE FUNCTION exeunt.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION '% on exeunt.%: rows are only ever added', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TABLE exeunt.cancellation (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    request uuid NOT NULL,
    cancelled_at timestamp with time zone NOT NULL,
    cancelled_by text NOT NULL,
    reason text
);
CREATE TABLE exeunt.erased (
    hash bytea NOT NULL,
    key_id text NOT NULL,
    erased_at timestamp with time zone NOT NULL,
    row_stays boolean NOT NULL
);
CREATE TABLE exeunt.event (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    name text NOT NULL,
    request uuid,
    actor text NOT NULL,
    reason text,
    details jsonb DEFAULT '{}'::jsonb NOT NULL
);
ALTER TABLE exeunt.event ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME exeunt.event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE exeunt.export (
    request uuid NOT NULL,
    format text NOT NULL,
    sections_done integer DEFAULT 0 NOT NULL,
    sections integer DEFAULT 0 NOT NULL,
    object text,
    bytes bigint,
    rows bigint,
    ready_at timestamp with time zone,
    expires_at timestamp with time zone,
    CONSTRAINT export_format CHECK ((format = ANY (ARRAY['zip'::text, 'json'::text]))),
    CONSTRAINT export_ready CHECK ((((ready_at IS NULL) = (expires_at IS NULL)) AND ((ready_at IS NULL) OR (bytes IS NOT NULL))))
);
CREATE TABLE exeunt.hidden (
    request uuid NOT NULL,
    step integer NOT NULL,
    table_schema text NOT NULL,
    table_name text NOT NULL,
    action text NOT NULL,
    key_columns text[] NOT NULL,
    columns text[] NOT NULL,
    CONSTRAINT hidden_action CHECK ((action = ANY (ARRAY['set'::text, 'stash'::text])))
);
CREATE TABLE exeunt.idempotency (
    hash bytea NOT NULL,
    request uuid NOT NULL
);
CREATE TABLE exeunt.job (
    task_name text NOT NULL,
    task_instance text NOT NULL,
    task_data bytea,
    execution_time timestamp with time zone NOT NULL,
    picked boolean NOT NULL,
    picked_by text,
    last_success timestamp with time zone,
    last_failure timestamp with time zone,
    consecutive_failures integer,
    last_heartbeat timestamp with time zone,
    version bigint NOT NULL,
    priority smallint
);
CREATE TABLE exeunt.request (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    subject text[],
    requested_at timestamp with time zone NOT NULL,
    requested_by text NOT NULL,
    reason text,
    soft_deleted_at timestamp with time zone,
    login_blocked_until timestamp with time zone,
    due_at timestamp with time zone,
    cancelled_at timestamp with time zone,
    reactivated_at timestamp with time zone,
    erasing_since timestamp with time zone,
    erased_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    attempt_at timestamp with time zone,
    failure text,
    worker text,
    worker_until timestamp with time zone,
    receipt jsonb,
    fence bigint DEFAULT 0 NOT NULL,
    CONSTRAINT request_cancelled CHECK (((cancelled_at IS NOT NULL) = (state = 'cancelled'::text))),
    CONSTRAINT request_due CHECK (((kind = 'export'::text) = (due_at IS NULL))),
    CONSTRAINT request_erased CHECK (((erased_at IS NOT NULL) = (state = 'erased'::text))),
    CONSTRAINT request_kind CHECK ((kind = ANY (ARRAY['export'::text, 'delete-data'::text, 'deactivate'::text, 'delete-account'::text]))),
    CONSTRAINT request_login_block CHECK (((login_blocked_until IS NULL) OR (kind = ANY (ARRAY['deactivate'::text, 'delete-account'::text])))),
    CONSTRAINT request_reactivated CHECK (((reactivated_at IS NOT NULL) = (state = 'reactivated'::text))),
    CONSTRAINT request_state CHECK (
CASE kind
    WHEN 'export'::text THEN (state = ANY (ARRAY['pending'::text, 'running'::text, 'ready'::text, 'expired'::text, 'failed'::text, 'cancelled'::text]))
    WHEN 'deactivate'::text THEN (state = ANY (ARRAY['scheduled'::text, 'erasing'::text, 'erased'::text, 'reactivated'::text, 'blocked'::text, 'held'::text, 'failed'::text]))
    ELSE (state = ANY (ARRAY['scheduled'::text, 'erasing'::text, 'erased'::text, 'cancelled'::text, 'blocked'::text, 'held'::text, 'failed'::text]))
END),
    CONSTRAINT request_whose CHECK (((subject IS NOT NULL) OR (state = ANY (ARRAY['erased'::text, 'cancelled'::text, 'reactivated'::text, 'ready'::text, 'expired'::text, 'failed'::text]))))
);
CREATE TABLE exeunt.schema_history (
    installed_rank integer NOT NULL,
    version character varying(50),
    description character varying(200) NOT NULL,
    type character varying(20) NOT NULL,
    script character varying(1000) NOT NULL,
    checksum integer,
    installed_by character varying(100) NOT NULL,
    installed_on timestamp without time zone DEFAULT now() NOT NULL,
    execution_time integer NOT NULL,
    success boolean NOT NULL
);
CREATE TABLE exeunt.stash (
    request uuid NOT NULL,
    step integer NOT NULL,
    key text[],
    was text[] NOT NULL
);
CREATE TABLE exeunt.undo (
    request uuid NOT NULL,
    step integer NOT NULL,
    key text[] NOT NULL,
    was text[] NOT NULL,
    became text[] NOT NULL
);
CREATE TABLE exeunt.used_link (
    hash bytea NOT NULL,
    until timestamp with time zone NOT NULL
);
CREATE TABLE public.guilds (
    id bigint NOT NULL,
    name text NOT NULL
);
CREATE TABLE public.likes (
    id bigint NOT NULL,
    post bigint NOT NULL,
    person bigint,
    created_at timestamp with time zone DEFAULT '2025-12-31 11:00:00+00'::timestamp with time zone NOT NULL
);
ALTER TABLE public.likes ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.likes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.mails (
    id bigint NOT NULL,
    sent_to text
);
CREATE TABLE public.members (
    guild bigint NOT NULL,
    person bigint NOT NULL,
    role text NOT NULL
);
CREATE TABLE public.people (
    id bigint NOT NULL,
    email text,
    name text,
    bio text,
    gone_at timestamp with time zone
);
CREATE TABLE public.posts (
    id bigint NOT NULL,
    person bigint,
    body text,
    visible boolean DEFAULT true NOT NULL,
    deleted_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    pace interval
);
CREATE TABLE public.sessions (
    id bigint NOT NULL,
    person bigint NOT NULL
);
INSERT INTO exeunt.cancellation VALUES ('95eec659-0162-4faa-94ba-05375aa44e09', 'd29c0696-6fea-4f28-81cf-8d21a474a0a0', '2026-03-02 12:00:00+00', 'staff:kim', 'asked by letter');
INSERT INTO exeunt.erased VALUES ('\x14327c51e90882dd7d22d3df77cfad2c1ac9609cfb37bfee68c12dca49a873d9', '81c245d4', '2026-03-02 12:00:00+00', true);
INSERT INTO exeunt.event OVERRIDING SYSTEM VALUE VALUES (1, '2026-03-01 12:00:00+00', 'user.deactivation_requested', 'bd844a89-67fc-42c8-8fe5-a1913d469a79', 'self', NULL, '{}');
INSERT INTO exeunt.event OVERRIDING SYSTEM VALUE VALUES (2, '2026-03-01 12:00:00+00', 'user.data_deletion_requested', 'b0905d29-e53a-4c34-a663-08edd6e5c08f', 'self', NULL, '{}');
INSERT INTO exeunt.event OVERRIDING SYSTEM VALUE VALUES (3, '2026-03-01 12:00:00+00', 'user.account_deletion_requested', 'aa3053f7-ccd9-4ee5-95bb-2b22f7a040d8', 'self', NULL, '{}');
INSERT INTO exeunt.event OVERRIDING SYSTEM VALUE VALUES (4, '2026-03-01 12:00:00+00', 'user.data_deletion_requested', '6ab8f925-e69f-4ae3-b1c3-671567c6ff2d', 'self', NULL, '{}');
INSERT INTO exeunt.event OVERRIDING SYSTEM VALUE VALUES (5, '2026-03-02 12:00:00+00', 'user.account_deletion_requested', '781763fd-c540-4859-a2f0-d327597671f8', 'self', NULL, '{}');
INSERT INTO exeunt.event OVERRIDING SYSTEM VALUE VALUES (6, '2026-03-02 12:00:00+00', 'user.account_deletion_requested', 'd29c0696-6fea-4f28-81cf-8d21a474a0a0', 'self', NULL, '{}');
INSERT INTO exeunt.event OVERRIDING SYSTEM VALUE VALUES (7, '2026-03-02 12:00:00+00', 'user.request_cancelled', 'd29c0696-6fea-4f28-81cf-8d21a474a0a0', 'staff:kim', 'asked by letter', '{}');
INSERT INTO exeunt.event OVERRIDING SYSTEM VALUE VALUES (8, '2026-03-02 12:00:00+00', 'user.account_deletion_requested', '93261912-72f5-4f9b-af0e-d1f3a8c06256', 'self', NULL, '{}');
INSERT INTO exeunt.event OVERRIDING SYSTEM VALUE VALUES (9, '2026-03-02 12:00:00+00', 'user.data_export_requested', 'd05847eb-46fe-49cc-a3d8-ff917b45803d', 'self', NULL, '{}');
INSERT INTO exeunt.event OVERRIDING SYSTEM VALUE VALUES (10, '2026-03-02 12:00:00+00', 'user.data_export_requested', '1474ed04-ebea-462c-a20f-6b154a36bbad', 'self', NULL, '{}');
INSERT INTO exeunt.event OVERRIDING SYSTEM VALUE VALUES (11, '2026-03-02 12:00:00+00', 'user.data_export_ready', '1474ed04-ebea-462c-a20f-6b154a36bbad', 'exeunt', NULL, '{}');
INSERT INTO exeunt.event OVERRIDING SYSTEM VALUE VALUES (12, '2026-03-02 12:00:00+00', 'user.erasure_started', '93261912-72f5-4f9b-af0e-d1f3a8c06256', 'exeunt', NULL, '{}');
INSERT INTO exeunt.event OVERRIDING SYSTEM VALUE VALUES (13, '2026-03-02 12:00:00+00', 'user.erased', '93261912-72f5-4f9b-af0e-d1f3a8c06256', 'exeunt', NULL, '{}');
INSERT INTO exeunt.export VALUES ('d05847eb-46fe-49cc-a3d8-ff917b45803d', 'zip', 0, 0, NULL, NULL, NULL, NULL, NULL);
INSERT INTO exeunt.export VALUES ('1474ed04-ebea-462c-a20f-6b154a36bbad', 'zip', 7, 7, 'b628b475a504c63a3e1af8ce49e5e9e1d4588204', 4522, 6, '2026-03-02 12:00:00+00', '2026-03-03 12:00:00+00');
INSERT INTO exeunt.hidden VALUES ('bd844a89-67fc-42c8-8fe5-a1913d469a79', 1, 'public', 'people', 'set', '{id}', '{gone_at,email,name}');
INSERT INTO exeunt.hidden VALUES ('bd844a89-67fc-42c8-8fe5-a1913d469a79', 2, 'public', 'posts', 'set', '{id}', '{deleted_at,visible,pace}');
INSERT INTO exeunt.hidden VALUES ('bd844a89-67fc-42c8-8fe5-a1913d469a79', 3, 'public', 'likes', 'stash', '{id}', '{id,post,person,created_at}');
INSERT INTO exeunt.hidden VALUES ('b0905d29-e53a-4c34-a663-08edd6e5c08f', 1, 'public', 'posts', 'set', '{id}', '{deleted_at,visible,pace}');
INSERT INTO exeunt.hidden VALUES ('b0905d29-e53a-4c34-a663-08edd6e5c08f', 2, 'public', 'likes', 'stash', '{id}', '{id,post,person,created_at}');
INSERT INTO exeunt.hidden VALUES ('aa3053f7-ccd9-4ee5-95bb-2b22f7a040d8', 1, 'public', 'people', 'set', '{id}', '{gone_at,email}');
INSERT INTO exeunt.hidden VALUES ('aa3053f7-ccd9-4ee5-95bb-2b22f7a040d8', 2, 'public', 'posts', 'set', '{id}', '{deleted_at,visible,pace}');
INSERT INTO exeunt.hidden VALUES ('aa3053f7-ccd9-4ee5-95bb-2b22f7a040d8', 3, 'public', 'members', 'stash', '{guild,person}', '{guild,person,role}');
INSERT INTO exeunt.hidden VALUES ('aa3053f7-ccd9-4ee5-95bb-2b22f7a040d8', 4, 'public', 'likes', 'stash', '{id}', '{id,post,person,created_at}');
INSERT INTO exeunt.hidden VALUES ('6ab8f925-e69f-4ae3-b1c3-671567c6ff2d', 1, 'public', 'posts', 'set', '{id}', '{deleted_at,visible,pace}');
INSERT INTO exeunt.hidden VALUES ('6ab8f925-e69f-4ae3-b1c3-671567c6ff2d', 2, 'public', 'likes', 'stash', '{id}', '{id,post,person,created_at}');
INSERT INTO exeunt.hidden VALUES ('781763fd-c540-4859-a2f0-d327597671f8', 1, 'public', 'people', 'set', '{id}', '{gone_at,email}');
INSERT INTO exeunt.hidden VALUES ('781763fd-c540-4859-a2f0-d327597671f8', 2, 'public', 'posts', 'set', '{id}', '{deleted_at,visible,pace}');
INSERT INTO exeunt.hidden VALUES ('781763fd-c540-4859-a2f0-d327597671f8', 3, 'public', 'members', 'stash', '{guild,person}', '{guild,person,role}');
INSERT INTO exeunt.hidden VALUES ('781763fd-c540-4859-a2f0-d327597671f8', 4, 'public', 'likes', 'stash', '{id}', '{id,post,person,created_at}');
INSERT INTO exeunt.job VALUES ('export', 'd05847eb-46fe-49cc-a3d8-ff917b45803d', NULL, '2026-03-02 12:00:00+00', false, NULL, NULL, NULL, NULL, NULL, 1, NULL);
INSERT INTO exeunt.job VALUES ('export', '1474ed04-ebea-462c-a20f-6b154a36bbad', NULL, '2026-03-02 12:00:00+00', false, NULL, NULL, NULL, NULL, NULL, 1, NULL);
INSERT INTO exeunt.request VALUES ('bd844a89-67fc-42c8-8fe5-a1913d469a79', 'deactivate', 'scheduled', '{1}', '2026-03-01 12:00:00+00', 'self', NULL, '2026-03-01 12:00:00+00', '2026-03-02 12:00:00+00', '2026-03-31 12:00:00+00', NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0);
INSERT INTO exeunt.request VALUES ('b0905d29-e53a-4c34-a663-08edd6e5c08f', 'delete-data', 'scheduled', '{10}', '2026-03-01 12:00:00+00', 'self', NULL, '2026-03-01 12:00:00+00', NULL, '2026-03-31 12:00:00+00', NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0);
INSERT INTO exeunt.request VALUES ('6ab8f925-e69f-4ae3-b1c3-671567c6ff2d', 'delete-data', 'scheduled', '{12}', '2026-03-01 12:00:00+00', 'self', NULL, '2026-03-01 12:00:00+00', NULL, '2026-03-31 12:00:00+00', NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0);
INSERT INTO exeunt.request VALUES ('781763fd-c540-4859-a2f0-d327597671f8', 'delete-account', 'scheduled', '{12}', '2026-03-02 12:00:00+00', 'self', NULL, '2026-03-02 12:00:00+00', NULL, '2026-03-16 12:00:00+00', NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0);
INSERT INTO exeunt.request VALUES ('d29c0696-6fea-4f28-81cf-8d21a474a0a0', 'delete-account', 'cancelled', '{13}', '2026-03-02 12:00:00+00', 'self', NULL, '2026-03-02 12:00:00+00', NULL, '2026-03-16 12:00:00+00', '2026-03-02 12:00:00+00', NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0);
INSERT INTO exeunt.request VALUES ('d05847eb-46fe-49cc-a3d8-ff917b45803d', 'export', 'pending', '{15}', '2026-03-02 12:00:00+00', 'self', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0);
INSERT INTO exeunt.request VALUES ('1474ed04-ebea-462c-a20f-6b154a36bbad', 'export', 'ready', '{16}', '2026-03-02 12:00:00+00', 'self', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, 1);
INSERT INTO exeunt.request VALUES ('93261912-72f5-4f9b-af0e-d1f3a8c06256', 'delete-account', 'erased', NULL, '2026-03-02 12:00:00+00', 'self', NULL, '2026-03-02 12:00:00+00', NULL, '2026-03-02 12:00:00+00', NULL, NULL, '2026-03-02 12:00:00+00', '2026-03-02 12:00:00+00', 0, NULL, NULL, 'worker', '2026-03-02 12:10:00+00', '{"tables": [{"roles": [{"fate": "anonymize", "role": "self", "basis": null, "period": null, "reason": null, "reached": 1}], "table": "people", "changed": 1, "deleted": 0}, {"roles": [{"fate": "delete", "role": "link", "basis": null, "period": null, "reason": null, "reached": 1}], "table": "posts", "changed": 0, "deleted": 1}, {"roles": [{"fate": "delete", "role": "own", "basis": null, "period": null, "reason": null, "reached": 1}, {"fate": "delete", "role": "on-posts", "basis": null, "period": null, "reason": null, "reached": 0}], "table": "likes", "changed": 0, "deleted": 1}, {"roles": [{"fate": "delete", "role": "link", "basis": null, "period": null, "reason": null, "reached": 0}], "table": "mails", "changed": 0, "deleted": 0}, {"roles": [{"fate": "delete", "role": "link", "basis": null, "period": null, "reason": null, "reached": 1}], "table": "members", "changed": 0, "deleted": 1}, {"roles": [{"fate": "delete", "role": "link", "basis": null, "period": null, "reason": null, "reached": 0}], "table": "sessions", "changed": 0, "deleted": 0}], "receipt": "cd8415ce-61bb-404e-a3ed-2a2a17926f59", "erasedAt": "2026-03-02T12:00:00Z", "subjects": 1, "planDigest": "a0a42339cc281dcd1ce5010d9d936b025774679423c1b01336934b67a68638e3", "catalogueDigest": "5815b2ca20c387e122f25450234e918821df388a85b9adc9bfc0390da5e05afa"}', 1);
INSERT INTO exeunt.request VALUES ('aa3053f7-ccd9-4ee5-95bb-2b22f7a040d8', 'delete-account', 'erasing', '{11}', '2026-03-01 12:00:00+00', 'self', NULL, '2026-03-01 12:00:00+00', NULL, '2026-03-15 12:00:00+00', NULL, NULL, '2026-03-02 12:00:00+00', NULL, 0, NULL, NULL, 'dead', '2026-03-02 12:10:00+00', NULL, 1);
INSERT INTO exeunt.schema_history VALUES (0, NULL, '<< Flyway Schema Creation >>', 'SCHEMA', '"exeunt"', NULL, 'postgres', '2026-11-28 05:36:23.125947', 0, true);
INSERT INTO exeunt.schema_history VALUES (1, '1', 'requests', 'SQL', 'V1__requests.sql', -1680286371, 'postgres', '2026-11-28 05:36:23.23563', 64, true);
INSERT INTO exeunt.schema_history VALUES (2, '2', 'exports', 'SQL', 'V2__exports.sql', 693997895, 'postgres', '2026-11-28 05:36:23.23563', 12, true);
INSERT INTO exeunt.schema_history VALUES (3, '3', 'idempotency', 'SQL', 'V3__idempotency.sql', 1672762291, 'postgres', '2026-11-28 05:36:23.23563', 6, true);
INSERT INTO exeunt.schema_history VALUES (4, '4', 'used links', 'SQL', 'V4__used_links.sql', 1093643187, 'postgres', '2026-11-28 05:36:23.23563', 24, true);
INSERT INTO exeunt.schema_history VALUES (5, '5', 'standing', 'SQL', 'V5__standing.sql', -823333356, 'postgres', '2026-11-28 05:36:23.23563', 20, true);
INSERT INTO exeunt.stash VALUES ('bd844a89-67fc-42c8-8fe5-a1913d469a79', 3, '{1}', '{1,1,2,"2025-12-31 11:00:00+00"}');
INSERT INTO exeunt.stash VALUES ('bd844a89-67fc-42c8-8fe5-a1913d469a79', 3, '{2}', '{2,3,1,"2025-12-31 11:00:00+00"}');
INSERT INTO exeunt.stash VALUES ('bd844a89-67fc-42c8-8fe5-a1913d469a79', 3, '{3}', '{3,4,1,"2025-12-31 11:00:00+00"}');
INSERT INTO exeunt.stash VALUES ('bd844a89-67fc-42c8-8fe5-a1913d469a79', 3, '{4}', '{4,1,3,"2025-12-31 11:00:00+00"}');
INSERT INTO exeunt.stash VALUES ('b0905d29-e53a-4c34-a663-08edd6e5c08f', 2, '{110}', '{110,3,10,"2026-01-06 11:00:00+00"}');
INSERT INTO exeunt.stash VALUES ('aa3053f7-ccd9-4ee5-95bb-2b22f7a040d8', 3, '{2,11}', '{2,11,member}');
INSERT INTO exeunt.stash VALUES ('aa3053f7-ccd9-4ee5-95bb-2b22f7a040d8', 4, '{111}', '{111,3,11,"2026-01-06 11:00:00+00"}');
INSERT INTO exeunt.stash VALUES ('6ab8f925-e69f-4ae3-b1c3-671567c6ff2d', 2, '{112}', '{112,3,12,"2026-01-06 11:00:00+00"}');
INSERT INTO exeunt.stash VALUES ('781763fd-c540-4859-a2f0-d327597671f8', 3, '{2,12}', '{2,12,member}');
INSERT INTO exeunt.undo VALUES ('bd844a89-67fc-42c8-8fe5-a1913d469a79', 1, '{1}', '{NULL,Anna@x.test,Anna}', '{"2026-03-01 12:00:00+00",hidden-1@erased.invalid,Somebody}');
INSERT INTO exeunt.undo VALUES ('bd844a89-67fc-42c8-8fe5-a1913d469a79', 2, '{1}', '{NULL,true,NULL}', '{"2026-03-01 12:00:00+00",false,PT1H}');
INSERT INTO exeunt.undo VALUES ('bd844a89-67fc-42c8-8fe5-a1913d469a79', 2, '{4}', '{NULL,true,NULL}', '{"2026-03-01 12:00:00+00",false,PT1H}');
INSERT INTO exeunt.undo VALUES ('bd844a89-67fc-42c8-8fe5-a1913d469a79', 2, '{5}', '{NULL,false,NULL}', '{"2026-03-01 12:00:00+00",false,PT1H}');
INSERT INTO exeunt.undo VALUES ('b0905d29-e53a-4c34-a663-08edd6e5c08f', 1, '{10}', '{NULL,true,NULL}', '{"2026-03-01 12:00:00+00",false,PT1H}');
INSERT INTO exeunt.undo VALUES ('aa3053f7-ccd9-4ee5-95bb-2b22f7a040d8', 1, '{11}', '{NULL,p11@x.test}', '{"2026-03-01 12:00:00+00",leaving-11@erased.invalid}');
INSERT INTO exeunt.undo VALUES ('aa3053f7-ccd9-4ee5-95bb-2b22f7a040d8', 2, '{11}', '{NULL,true,NULL}', '{"2026-03-01 12:00:00+00",false,PT1H}');
INSERT INTO exeunt.undo VALUES ('6ab8f925-e69f-4ae3-b1c3-671567c6ff2d', 1, '{12}', '{NULL,true,NULL}', '{"2026-03-01 12:00:00+00",false,PT1H}');
INSERT INTO exeunt.undo VALUES ('781763fd-c540-4859-a2f0-d327597671f8', 1, '{12}', '{NULL,p12@x.test}', '{"2026-03-02 12:00:00+00",leaving-12@erased.invalid}');
INSERT INTO public.guilds VALUES (1, 'Smiths');
INSERT INTO public.guilds VALUES (2, 'Bakers');
INSERT INTO public.likes VALUES (115, 3, 15, '2026-01-06 11:00:00+00');
INSERT INTO public.likes VALUES (116, 3, 16, '2026-01-06 11:00:00+00');
INSERT INTO public.likes VALUES (113, 3, 13, '2026-01-06 11:00:00+00');
INSERT INTO public.mails VALUES (1, 'anna@x.test');
INSERT INTO public.mails VALUES (2, 'BEN@x.test');
INSERT INTO public.members VALUES (1, 1, 'owner');
INSERT INTO public.members VALUES (1, 2, 'owner');
INSERT INTO public.members VALUES (1, 3, 'member');
INSERT INTO public.members VALUES (2, 3, 'owner');
INSERT INTO public.members VALUES (2, 10, 'member');
INSERT INTO public.members VALUES (2, 15, 'member');
INSERT INTO public.members VALUES (2, 16, 'member');
INSERT INTO public.members VALUES (2, 13, 'member');
INSERT INTO public.people VALUES (2, 'ben@x.test', 'Ben', '', NULL);
INSERT INTO public.people VALUES (3, 'cem@x.test', 'Cem', 'c', NULL);
INSERT INTO public.people VALUES (4, 'dee@x.test', 'Dee', 'd', NULL);
INSERT INTO public.people VALUES (10, 'p10@x.test', 'P10', 'bio 10', NULL);
INSERT INTO public.people VALUES (15, 'p15@x.test', 'P15', 'bio 15', NULL);
INSERT INTO public.people VALUES (16, 'p16@x.test', 'P16', 'bio 16', NULL);
INSERT INTO public.people VALUES (1, 'hidden-1@erased.invalid', 'Somebody', NULL, '2026-03-01 12:00:00+00');
INSERT INTO public.people VALUES (11, 'leaving-11@erased.invalid', 'P11', 'bio 11', '2026-03-01 12:00:00+00');
INSERT INTO public.people VALUES (12, 'leaving-12@erased.invalid', 'P12', 'bio 12', '2026-03-02 12:00:00+00');
INSERT INTO public.people VALUES (13, 'p13@x.test', 'P13', 'bio 13', NULL);
INSERT INTO public.people VALUES (14, 'deleted-14@erased.invalid', NULL, NULL, '2026-03-02 12:00:00+00');
INSERT INTO public.posts VALUES (2, 1, 'two', false, '2026-01-31 11:00:00+00', '2026-01-01 11:00:00+00', NULL);
INSERT INTO public.posts VALUES (3, 2, 'three', true, NULL, '2026-01-02 11:00:00+00', NULL);
INSERT INTO public.posts VALUES (15, 15, 'post 15', true, NULL, '2026-01-05 11:00:00+00', NULL);
INSERT INTO public.posts VALUES (16, 16, 'post 16', true, NULL, '2026-01-05 11:00:00+00', NULL);
INSERT INTO public.posts VALUES (1, 1, 'one', false, '2026-03-01 12:00:00+00', '2025-12-31 11:00:00+00', '01:00:00');
INSERT INTO public.posts VALUES (4, 1, NULL, false, '2026-03-01 12:00:00+00', '2026-01-03 11:00:00+00', '01:00:00');
INSERT INTO public.posts VALUES (5, 1, '', false, '2026-03-01 12:00:00+00', '2026-01-04 11:00:00+00', '01:00:00');
INSERT INTO public.posts VALUES (10, 10, 'post 10', false, '2026-03-01 12:00:00+00', '2026-01-05 11:00:00+00', '01:00:00');
INSERT INTO public.posts VALUES (11, 11, 'post 11', false, '2026-03-01 12:00:00+00', '2026-01-05 11:00:00+00', '01:00:00');
INSERT INTO public.posts VALUES (12, 12, 'post 12', false, '2026-03-01 12:00:00+00', '2026-01-05 11:00:00+00', '01:00:00');
INSERT INTO public.posts VALUES (13, 13, 'post 13', true, NULL, '2026-01-05 11:00:00+00', NULL);
INSERT INTO public.sessions VALUES (2, 2);
INSERT INTO public.sessions VALUES (10, 10);
INSERT INTO public.sessions VALUES (15, 15);
INSERT INTO public.sessions VALUES (16, 16);
SELECT pg_catalog.setval('exeunt.event_id_seq', 13, true);
SELECT pg_catalog.setval('public.likes_id_seq', 1, false);
ALTER TABLE ONLY exeunt.cancellation
    ADD CONSTRAINT cancellation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY exeunt.erased
    ADD CONSTRAINT erased_pkey PRIMARY KEY (hash, erased_at);
ALTER TABLE ONLY exeunt.event
    ADD CONSTRAINT event_pkey PRIMARY KEY (id);
ALTER TABLE ONLY exeunt.export
    ADD CONSTRAINT export_object_key UNIQUE (object);
ALTER TABLE ONLY exeunt.export
    ADD CONSTRAINT export_pkey PRIMARY KEY (request);
ALTER TABLE ONLY exeunt.hidden
    ADD CONSTRAINT hidden_pkey PRIMARY KEY (request, step);
ALTER TABLE ONLY exeunt.idempotency
    ADD CONSTRAINT idempotency_pkey PRIMARY KEY (hash);
ALTER TABLE ONLY exeunt.job
    ADD CONSTRAINT job_pkey PRIMARY KEY (task_name, task_instance);
ALTER TABLE ONLY exeunt.request
    ADD CONSTRAINT request_pkey PRIMARY KEY (id);
ALTER TABLE ONLY exeunt.schema_history
    ADD CONSTRAINT schema_history_pk PRIMARY KEY (installed_rank);
ALTER TABLE ONLY exeunt.used_link
    ADD CONSTRAINT used_link_pkey PRIMARY KEY (hash);
ALTER TABLE ONLY public.guilds
    ADD CONSTRAINT guilds_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.likes
    ADD CONSTRAINT likes_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.mails
    ADD CONSTRAINT mails_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.members
    ADD CONSTRAINT members_pkey PRIMARY KEY (guild, person);
ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.posts
    ADD CONSTRAINT posts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);
CREATE INDEX cancellation_request ON exeunt.cancellation USING btree (request);
CREATE INDEX erased_key ON exeunt.erased USING btree (key_id);
CREATE INDEX event_request ON exeunt.event USING btree (request);
CREATE INDEX export_expires ON exeunt.export USING btree (expires_at) WHERE (object IS NOT NULL);
CREATE INDEX idempotency_request ON exeunt.idempotency USING btree (request);
CREATE INDEX job_due ON exeunt.job USING btree (execution_time);
CREATE INDEX job_heartbeat ON exeunt.job USING btree (last_heartbeat);
CREATE INDEX request_due_next ON exeunt.request USING btree (due_at, id) WHERE ((state = ANY (ARRAY['scheduled'::text, 'erasing'::text, 'blocked'::text, 'held'::text, 'failed'::text])) AND (kind <> 'export'::text));
CREATE UNIQUE INDEX request_open ON exeunt.request USING btree (subject, kind) WHERE ((state = ANY (ARRAY['pending'::text, 'running'::text, 'scheduled'::text, 'erasing'::text, 'blocked'::text, 'held'::text])) OR ((state = 'failed'::text) AND (kind <> 'export'::text)));
CREATE INDEX request_order ON exeunt.request USING btree (requested_at, id);
CREATE INDEX request_standing ON exeunt.request USING btree (subject) WHERE ((state = ANY (ARRAY['scheduled'::text, 'erasing'::text, 'blocked'::text, 'held'::text, 'failed'::text])) AND (kind <> 'export'::text));
CREATE INDEX request_subject ON exeunt.request USING btree (subject, requested_at);
CREATE INDEX schema_history_s_idx ON exeunt.schema_history USING btree (success);
CREATE INDEX stash_step ON exeunt.stash USING btree (request, step);
CREATE INDEX undo_step ON exeunt.undo USING btree (request, step);
CREATE INDEX used_link_until ON exeunt.used_link USING btree (until);
CREATE INDEX likes_person_idx ON public.likes USING btree (person);
CREATE INDEX likes_post_idx ON public.likes USING btree (post);
CREATE INDEX mails_lower_idx ON public.mails USING btree (lower(sent_to));
CREATE INDEX members_person_idx ON public.members USING btree (person);
CREATE INDEX posts_person_idx ON public.posts USING btree (person);
CREATE INDEX sessions_person_idx ON public.sessions USING btree (person);
CREATE TRIGGER event_only_grows BEFORE DELETE OR UPDATE OR TRUNCATE ON exeunt.event FOR EACH STATEMENT EXECUTE FUNCTION exeunt.refuse_change();
ALTER TABLE ONLY exeunt.cancellation
    ADD CONSTRAINT cancellation_request_fkey FOREIGN KEY (request) REFERENCES exeunt.request(id);
ALTER TABLE ONLY exeunt.export
    ADD CONSTRAINT export_request_fkey FOREIGN KEY (request) REFERENCES exeunt.request(id) ON DELETE CASCADE;
ALTER TABLE ONLY exeunt.hidden
    ADD CONSTRAINT hidden_request_fkey FOREIGN KEY (request) REFERENCES exeunt.request(id) ON DELETE CASCADE;
ALTER TABLE ONLY exeunt.idempotency
    ADD CONSTRAINT idempotency_request_fkey FOREIGN KEY (request) REFERENCES exeunt.request(id) ON DELETE CASCADE;
ALTER TABLE ONLY exeunt.stash
    ADD CONSTRAINT stash_request_step_fkey FOREIGN KEY (request, step) REFERENCES exeunt.hidden(request, step) ON DELETE CASCADE;
ALTER TABLE ONLY exeunt.undo
    ADD CONSTRAINT undo_request_step_fkey FOREIGN KEY (request, step) REFERENCES exeunt.hidden(request, step) ON DELETE CASCADE;
ALTER TABLE ONLY public.likes
    ADD CONSTRAINT likes_person_fkey FOREIGN KEY (person) REFERENCES public.people(id);
ALTER TABLE ONLY public.likes
    ADD CONSTRAINT likes_post_fkey FOREIGN KEY (post) REFERENCES public.posts(id);
ALTER TABLE ONLY public.members
    ADD CONSTRAINT members_guild_fkey FOREIGN KEY (guild) REFERENCES public.guilds(id);
ALTER TABLE ONLY public.members
    ADD CONSTRAINT members_person_fkey FOREIGN KEY (person) REFERENCES public.people(id);
ALTER TABLE ONLY public.posts
    ADD CONSTRAINT posts_person_fkey FOREIGN KEY (person) REFERENCES public.people(id);
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_person_fkey FOREIGN KEY (person) REFERENCES public.people(id);
