-- Of each pair of users the even one leaves, the odd one stays. 85 rows belong to each, in seven tables; those of one person lie
-- apart from each other, as they do where they were written over years. :people stands for how many leave.
INSERT INTO users
SELECT u, 'user' || u || '@example.org', 'User ' || u, repeat('bio ', 20), timestamptz '2020-01-01Z' + u * interval '1 minute'
FROM generate_series(1, 2 * :people) u;

INSERT INTO sessions
SELECT (u - 1) * 4 + n, u, md5(u || '.' || n), timestamptz '2026-01-01Z'
FROM generate_series(1, 2 * :people) u, generate_series(1, 4) n ORDER BY hashint8(u * 4 + n);

INSERT INTO groups SELECT g, 'Group ' || g FROM generate_series(0, 199) g;

INSERT INTO memberships
SELECT (u + n * 17) % 200, u, timestamptz '2025-01-01Z'
FROM generate_series(1, 2 * :people) u, generate_series(1, 5) n ORDER BY hashint8(u * 5 + n);

INSERT INTO posts
SELECT (u - 1) * 15 + n, u, 'Title ' || n, repeat('Some text. ', 20), timestamptz '2025-01-01Z' + (hashint8(u * 15 + n) % 10000000) * interval '1 second'
FROM generate_series(1, 2 * :people) u, generate_series(1, 15) n ORDER BY hashint8(u * 15 + n);

-- Each pair's even user on posts of ten odd ones, ten odd ones on the even one's, and odd ones among themselves.
INSERT INTO comments
SELECT row_number() OVER (), post, author, repeat('A remark. ', 8), timestamptz '2026-01-01Z'
FROM (
    SELECT (2 * ((p + n * 37) % :people)) * 15 + n AS post, 2 * p AS author
    FROM generate_series(1, :people) p, generate_series(1, 10) n
    UNION ALL
    SELECT (2 * p - 1) * 15 + n, 2 * ((p + n * 53) % :people) + 1
    FROM generate_series(1, :people) p, generate_series(1, 10) n
    UNION ALL
    SELECT (2 * ((p + n * 71) % :people)) * 15 + n, 2 * p - 1
    FROM generate_series(1, :people) p, generate_series(1, 10) n) c
ORDER BY hashint8(post * 31 + author);

INSERT INTO reactions
SELECT row_number() OVER (), post, author, 'like'
FROM (
    SELECT (2 * ((p + n * 37) % :people)) * 15 + n AS post, 2 * p AS author
    FROM generate_series(1, :people) p, generate_series(1, 15) n
    UNION ALL
    SELECT (2 * p - 1) * 15 + n, 2 * ((p + n * 53) % :people) + 1
    FROM generate_series(1, :people) p, generate_series(1, 15) n
    UNION ALL
    SELECT (2 * ((p + n * 71) % :people)) * 15 + n, 2 * p - 1
    FROM generate_series(1, :people) p, generate_series(1, 15) n) r
ORDER BY hashint8(post * 31 + author);

INSERT INTO notifications
SELECT (u - 1) * 10 + n, u, 'A member has answered you.', timestamptz '2026-01-01Z'
FROM generate_series(1, 2 * :people) u, generate_series(1, 10) n ORDER BY hashint8(u * 10 + n);
