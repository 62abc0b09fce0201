-- :people people, each with a few rows in six tables.
CREATE TABLE people (id bigint PRIMARY KEY, email text NOT NULL, name text, created timestamptz NOT NULL);
CREATE TABLE addresses (
    id bigint PRIMARY KEY, person_id bigint NOT NULL REFERENCES people, street text NOT NULL, city text NOT NULL, zip text NOT NULL);
CREATE TABLE orders (
    id bigint PRIMARY KEY, person_id bigint NOT NULL REFERENCES people, placed timestamptz NOT NULL, total numeric(10, 2) NOT NULL, note text);
CREATE TABLE order_lines (
    id bigint PRIMARY KEY, order_id bigint NOT NULL REFERENCES orders, article text NOT NULL, pieces int NOT NULL, price numeric(10, 2) NOT NULL);
CREATE TABLE messages (
    id bigint PRIMARY KEY, person_id bigint NOT NULL REFERENCES people, sent timestamptz NOT NULL, body text NOT NULL);
CREATE TABLE settings (
    id bigint PRIMARY KEY, person_id bigint NOT NULL REFERENCES people, name text NOT NULL, value jsonb NOT NULL);
INSERT INTO people SELECT n, 'person' || n || '@example.org', 'Person ' || n, '2020-01-01'::timestamptz + n * interval '1 hour'
FROM generate_series(1, :people) n;
INSERT INTO addresses SELECT n, 1 + n % :people, 'Street ' || n, 'City ' || n % 100, lpad((n % 99999)::text, 5, '0') FROM generate_series(1, :people * 2) n;
INSERT INTO orders SELECT n, 1 + n % :people, '2021-01-01'::timestamptz + n * interval '97 seconds', n % 500, 'note ' || md5(n::text)
FROM generate_series(1, :people * 5) n;
INSERT INTO order_lines SELECT n, 1 + n % (:people * 5), 'article ' || n % 1000, 1 + n % 5, n % 90 FROM generate_series(1, :people * 15) n;
INSERT INTO messages SELECT n, 1 + n % :people, '2021-01-01'::timestamptz + n * interval '61 seconds', repeat(md5(n::text) || ' ', 8)
FROM generate_series(1, :people * 10) n;
INSERT INTO settings SELECT n, 1 + n % :people, 'setting ' || n % 7, jsonb_build_object('on', n % 2 = 0, 'level', n % 9) FROM generate_series(1, :people * 4) n;
CREATE INDEX ON addresses (person_id);
CREATE INDEX ON orders (person_id);
CREATE INDEX ON order_lines (order_id);
CREATE INDEX ON messages (person_id);
CREATE INDEX ON settings (person_id);
