-- Everything that asking has written for the person with id 4, but for numbers that are made anew each time.
WITH asked AS (SELECT * FROM exeunt.request WHERE subject = ARRAY['4'])
SELECT string_agg(line, E'\n' ORDER BY line)
FROM (
    SELECT concat('request ', to_jsonb(a) - 'id') AS line FROM asked a
    UNION ALL SELECT concat('hidden ', to_jsonb(h) - 'request') FROM exeunt.hidden h JOIN asked a ON a.id = h.request
    UNION ALL SELECT concat('undo ', to_jsonb(u) - 'request') FROM exeunt.undo u JOIN asked a ON a.id = u.request
    UNION ALL SELECT concat('stash ', to_jsonb(s) - 'request') FROM exeunt.stash s JOIN asked a ON a.id = s.request
    UNION ALL SELECT concat('event ', to_jsonb(e) - 'id' - 'request') FROM exeunt.event e JOIN asked a ON a.id = e.request
    UNION ALL SELECT concat('users ', to_jsonb(u)) FROM users u WHERE u.id = 4
    UNION ALL SELECT concat('sessions ', to_jsonb(s)) FROM sessions s WHERE s.user_id = 4
    UNION ALL SELECT concat('memberships ', to_jsonb(m)) FROM memberships m WHERE m.user_id = 4
    UNION ALL SELECT concat('posts ', to_jsonb(p)) FROM posts p WHERE p.user_id = 4
    UNION ALL SELECT concat('comments ', to_jsonb(c)) FROM comments c WHERE c.author_id = 4
    UNION ALL SELECT concat('reactions ', to_jsonb(r)) FROM reactions r WHERE r.user_id = 4
    UNION ALL SELECT concat('notifications ', to_jsonb(n)) FROM notifications n WHERE n.user_id = 4) AS written
