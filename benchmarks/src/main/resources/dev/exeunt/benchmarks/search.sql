-- one gigabyte holds 70,000 people; of each 12 posts, 20 events as JSON, and 40 rows of numbers
DROP TABLE IF EXISTS posts, events, numbers, users;
CREATE TABLE users (id uuid PRIMARY KEY, email text NOT NULL, name text, created_at timestamptz DEFAULT now());
CREATE TABLE posts (id bigint PRIMARY KEY, user_id uuid REFERENCES users, title text, body text, likes int, created_at timestamptz);
CREATE TABLE events (id bigint PRIMARY KEY, kind text, payload jsonb, at timestamptz);
CREATE TABLE numbers (id bigint PRIMARY KEY, a int, b int, v float8, at timestamptz);
INSERT INTO users
    SELECT md5(i::text)::uuid, 'user' || i || '@example.org', 'Name ' || md5(i::text), now() FROM generate_series(1, :people) i;
INSERT INTO posts
    SELECT i, md5((1 + i % :people)::text)::uuid, 'Title of ' || i,
           repeat(md5(i::text) || ' lorem ipsum dolor sit amet, ', 8), i % 100, now()
    FROM generate_series(1, 12 * :people) i;
INSERT INTO events
    SELECT i, 'signed_in', jsonb_build_object('actor', md5((1 + i % :people)::text)::uuid,
                'ip', '10.0.' || i % 250 || '.' || i % 240, 'agent', 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36', 'n', i), now()
    FROM generate_series(1, 20 * :people) i;
INSERT INTO numbers SELECT i, i % 1000, i % 77, i / 3.0, now() FROM generate_series(1, 40 * :people) i;
CREATE INDEX ON posts (user_id);
VACUUM ANALYZE
