-- The statements that a worker of commit 60ede8b sends, in that commit's words. It knows no kind of subject.
-- Each comes from the class that its comment names, under core/src/main/java/dev/exeunt of that commit. Those of db-scheduler are
-- written after the library.

-- claim (lifecycle/Claims)
WITH exeunt_due AS (
    SELECT id FROM exeunt.request
    WHERE kind <> 'export' AND state IN ('scheduled', 'erasing', 'blocked', 'held', 'failed')
        AND due_at <= CAST(? AS timestamptz)
        AND (state = ANY (?) AND coalesce(attempt_at <= CAST(? AS timestamptz), TRUE)
            OR state = ANY (?) AND worker_until <= CAST(? AS timestamptz))
    ORDER BY due_at, id LIMIT CAST(? AS integer) FOR UPDATE SKIP LOCKED)
UPDATE exeunt.request r
SET state = 'erasing', erasing_since = coalesce(erasing_since, CAST(? AS timestamptz)), worker = ?,
    worker_until = CAST(? AS timestamptz), attempt_at = NULL, fence = fence + 1
FROM exeunt_due WHERE r.id = exeunt_due.id
RETURNING r.*, NOT EXISTS (
    SELECT FROM exeunt.request o WHERE o.subject = r.subject AND o.id <> r.id AND o.kind <> 'export'
        AND o.state IN ('scheduled', 'erasing', 'blocked', 'held', 'failed')) AS alone;

-- hold (lifecycle/Claims)
SELECT count(*) FROM (
    SELECT FROM exeunt.request r JOIN unnest(?::uuid[], ?::bigint[]) AS c(id, fence) USING (id, fence)
    WHERE r.state = 'erasing' AND r.worker = ? ORDER BY r.id FOR UPDATE OF r) AS held;

-- put off (lifecycle/Claims)
UPDATE exeunt.request SET state = ?, worker = NULL, worker_until = NULL, attempt_at = CAST(? AS timestamptz), attempts = attempts + 1, failure = ? WHERE id = ?::uuid AND worker = ? AND fence = CAST(? AS bigint) AND state = ANY (?);

-- events (ledger/Events)
INSERT INTO exeunt.event (name, at, request, actor) SELECT ?, CAST(? AS timestamptz), r, ? FROM unnest(?::uuid[]) AS r;

-- event (ledger/Events)
INSERT INTO exeunt.event (name, at, request, actor, reason) VALUES (?, CAST(? AS timestamptz), ?::uuid, ?, NULL);

-- ask (lifecycle/Requests)
INSERT INTO exeunt.request (kind, state, subject, requested_at, requested_by, reason, soft_deleted_at, login_blocked_until, due_at) VALUES (?, ?, ?::text[], CAST(? AS timestamptz), ?, NULL, NULL, NULL, CAST(? AS timestamptz)) RETURNING id, kind, state, requested_at, requested_by, soft_deleted_at, login_blocked_until, due_at, cancelled_at,
reactivated_at, erased_at, attempts, failure;

-- open (lifecycle/Requests)
SELECT id, kind, state, requested_at, requested_by, soft_deleted_at, login_blocked_until, due_at, cancelled_at,
reactivated_at, erased_at, attempts, failure FROM exeunt.request WHERE subject = ?::text[] AND kind <> 'export' AND state IN ('scheduled', 'erasing', 'blocked', 'held', 'failed') ORDER BY id FOR UPDATE;

-- forget hidden (erase/hide/Hidden)
DELETE FROM exeunt.hidden WHERE request = ANY (?::uuid[]);

-- erased (lifecycle/Requests)
UPDATE exeunt.request SET state = ?, receipt = (SELECT ?::jsonb), erased_at = CAST(? AS timestamptz), reason = NULL, failure = NULL WHERE id = ANY (?::uuid[]) AND state = ANY (?);

-- end exports (lifecycle/Requests)
UPDATE exeunt.request SET state = CASE state WHEN 'ready' THEN 'expired' ELSE 'cancelled' END, cancelled_at = CASE state WHEN 'ready' THEN NULL ELSE CAST(? AS timestamptz) END, worker = NULL, fence = fence + 1 WHERE kind = 'export' AND state IN ('pending', 'running', 'ready') AND subject IN (SELECT ARRAY[exeunt_0] FROM unnest(?::text[]) AS exeunt_k(exeunt_0));

-- forget (lifecycle/Requests)
WITH exeunt_f AS (UPDATE exeunt.request SET subject = NULL, reason = NULL WHERE subject IN (SELECT ARRAY[exeunt_0] FROM unnest(?::text[]) AS exeunt_k(exeunt_0)) RETURNING id), exeunt_i AS (DELETE FROM exeunt.idempotency WHERE request IN (SELECT id FROM exeunt_f)) UPDATE exeunt.cancellation SET reason = NULL WHERE request IN (SELECT id FROM exeunt_f);

-- fence (ledger/Fence)
INSERT INTO exeunt.erased (hash, key_id, erased_at, row_stays) SELECT decode(h, 'hex'), ?, CAST(? AS timestamptz), CAST(? AS boolean) FROM unnest(?::text[]) AS h ON CONFLICT DO NOTHING;

-- fenced (ledger/Fence)
SELECT (SELECT min(key_id) FROM exeunt.erased), (SELECT max(key_id) FROM exeunt.erased), e.erased_at, e.row_stays FROM (VALUES (1)) AS one LEFT JOIN LATERAL (SELECT erased_at, row_stays FROM exeunt.erased WHERE hash = decode(?, 'hex') ORDER BY erased_at DESC LIMIT 1) AS e ON TRUE;

-- led (lifecycle/Idempotency)
SELECT r.id, r.kind FROM exeunt.idempotency i JOIN exeunt.request r ON r.id = i.request WHERE i.hash = decode(?, 'hex');

-- leads to (lifecycle/Idempotency)
INSERT INTO exeunt.idempotency (hash, request) VALUES (decode(?, 'hex'), ?::uuid);

-- use link (lifecycle/UsedLinks)
INSERT INTO exeunt.used_link (hash, until) VALUES (decode(?, 'hex'), CAST(? AS timestamptz)) ON CONFLICT DO NOTHING;

-- ask for export (delivery/Jobs)
WITH r AS (INSERT INTO exeunt.request (kind, state, subject, requested_at, requested_by)
    VALUES ('export', ?, ?::text[], CAST(? AS timestamptz), ?) RETURNING id)
INSERT INTO exeunt.export (request, format) SELECT id, ? FROM r RETURNING request;

-- queue (delivery/Queue)
INSERT INTO exeunt.job (task_name, task_instance, execution_time, picked, version) VALUES (?, ?, CAST(? AS timestamptz), FALSE, 1);

-- pick (db-scheduler, which locks and fetches; its columns are as of V2__exports.sql)
UPDATE exeunt.job SET picked = TRUE, picked_by = ?, last_heartbeat = CAST(? AS timestamptz), version = version + 1
WHERE (task_name, task_instance) IN (
    SELECT task_name, task_instance FROM exeunt.job
    WHERE picked = FALSE AND execution_time <= CAST(? AS timestamptz) AND task_name = 'export'
    ORDER BY execution_time LIMIT CAST(? AS integer) FOR UPDATE SKIP LOCKED)
RETURNING task_instance;

-- unqueue (db-scheduler)
DELETE FROM exeunt.job WHERE task_name = ? AND task_instance = ? AND picked_by = ?;

-- start export (delivery/Making, delivery/Jobs)
UPDATE exeunt.request SET state = ?, fence = fence + 1, attempt_at = NULL, worker = ? WHERE id = ?::uuid AND fence = CAST(? AS bigint) AND kind = 'export' AND state = ANY (?);

-- name archive (delivery/Jobs)
UPDATE exeunt.export SET sections_done = 0, sections = 0, object = ? WHERE request = ?::uuid;

-- heartbeat (delivery/Jobs)
UPDATE exeunt.export e SET sections_done = CAST(? AS integer), sections = CAST(? AS integer) FROM exeunt.request r WHERE r.id = e.request AND r.id = ?::uuid AND r.fence = CAST(? AS bigint) AND r.state = 'running';

-- finish export (delivery/Making, delivery/Jobs)
UPDATE exeunt.request SET state = ?, worker = NULL, failure = NULL, attempts = 0 WHERE id = ?::uuid AND fence = CAST(? AS bigint) AND kind = 'export' AND state = ANY (?);

-- ready (delivery/Jobs)
UPDATE exeunt.export SET sections_done = sections, bytes = CAST(? AS bigint), rows = CAST(? AS bigint), ready_at = CAST(? AS timestamptz), expires_at = CAST(? AS timestamptz) WHERE request = ?::uuid;
