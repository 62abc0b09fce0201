-- two posts of each person in two tables of the same shape, and one person with 600,000 events
CREATE ROLE app LOGIN;
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);
CREATE TABLE posts (id bigint PRIMARY KEY, author_id bigint NOT NULL REFERENCES users, body text NOT NULL, created_at timestamptz NOT NULL);
CREATE TABLE events (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users, what text NOT NULL);
INSERT INTO users SELECT n, 'user' || n || '@example.org' FROM generate_series(1, :rows / 2) AS n;
INSERT INTO posts
    SELECT n, 1 + (n::bigint * 7919) % (:rows / 2), md5(n::text) || md5((n + 1)::text), '2026-01-01'::timestamptz + n * interval '1 s'
    FROM generate_series(1, :rows) AS n;
CREATE TABLE pages AS SELECT * FROM posts;
CREATE TABLE unguarded AS SELECT * FROM posts;
ALTER TABLE pages ADD PRIMARY KEY (id), ADD FOREIGN KEY (author_id) REFERENCES users;
ALTER TABLE unguarded ADD PRIMARY KEY (id), ADD FOREIGN KEY (author_id) REFERENCES users;
INSERT INTO events SELECT n, 1, md5(n::text) FROM generate_series(1, 600000) AS n;
CREATE INDEX ON posts (author_id);
CREATE INDEX ON posts (created_at);
CREATE INDEX ON pages (author_id);
CREATE INDEX ON pages (created_at);
CREATE INDEX ON unguarded (author_id);
CREATE INDEX ON unguarded (created_at);
CREATE INDEX ON events (user_id);
GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO app;
VACUUM ANALYZE
