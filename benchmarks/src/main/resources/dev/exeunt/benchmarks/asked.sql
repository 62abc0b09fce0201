-- Writes for each other person who leaves what the one real request has written: ten thousand transactions in one.
CREATE TEMP TABLE model AS SELECT * FROM exeunt.request;
CREATE TEMP TABLE asking AS
    SELECT gen_random_uuid() AS id, u.id AS user_id
    FROM users u WHERE u.id % 2 = 0 AND u.id::text <> (SELECT subject[1] FROM model) ORDER BY u.id;
CREATE TEMP TABLE made AS
    SELECT DISTINCT h.table_name, h.step, u.was, u.became FROM exeunt.hidden h JOIN exeunt.undo u USING (request, step);

INSERT INTO exeunt.request (id, kind, state, subject, requested_at, requested_by, soft_deleted_at, due_at)
SELECT a.id, m.kind, m.state, ARRAY[a.user_id::text], m.requested_at, m.requested_by, m.soft_deleted_at, m.due_at
FROM asking a, model m;

INSERT INTO exeunt.hidden
SELECT a.id, h.step, h.table_schema, h.table_name, h.action, h.key_columns, h.columns FROM asking a, exeunt.hidden h;

INSERT INTO exeunt.undo
SELECT a.id, m.step, ARRAY[a.user_id::text], m.was, m.became
FROM asking a, made m WHERE m.table_name = 'users';
INSERT INTO exeunt.undo
SELECT a.id, m.step, ARRAY[p.id::text], m.was, m.became
FROM made m, asking a JOIN posts p USING (user_id) WHERE m.table_name = 'posts' ORDER BY a.user_id;
INSERT INTO exeunt.undo
SELECT a.id, m.step, ARRAY[c.id::text], m.was, m.became
FROM made m, asking a JOIN comments c ON c.author_id = a.user_id WHERE m.table_name = 'comments' ORDER BY a.user_id;

UPDATE users SET deleted_at = m.soft_deleted_at FROM asking a, model m WHERE users.id = a.user_id;
UPDATE posts SET deleted_at = m.soft_deleted_at FROM asking a, model m WHERE posts.user_id = a.user_id;
UPDATE comments SET hidden_at = m.soft_deleted_at FROM asking a, model m WHERE comments.author_id = a.user_id;

INSERT INTO exeunt.event (at, name, request, actor, reason, details)
SELECT e.at, e.name, a.id, e.actor, e.reason, e.details FROM asking a, exeunt.event e ORDER BY a.user_id;
