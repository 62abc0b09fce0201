SELECT format('%s rows in %s tables', sum(rows), count(*))
FROM (
    SELECT (SELECT count(*) FROM users WHERE id = 2) AS rows
    UNION ALL SELECT count(*) FROM sessions WHERE user_id = 2
    UNION ALL SELECT count(*) FROM memberships WHERE user_id = 2
    UNION ALL SELECT count(*) FROM posts WHERE user_id = 2
    UNION ALL SELECT count(*) FROM comments WHERE author_id = 2 OR post_id IN (SELECT id FROM posts WHERE user_id = 2)
    UNION ALL SELECT count(*) FROM reactions WHERE user_id = 2 OR post_id IN (SELECT id FROM posts WHERE user_id = 2)
    UNION ALL SELECT count(*) FROM notifications WHERE user_id = 2) AS of_each
