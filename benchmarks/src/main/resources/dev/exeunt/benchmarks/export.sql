-- :rows rows of one person in four tables, and a tenth as many of other people between them.
SELECT setseed(0.42);
CREATE TABLE people (id bigint PRIMARY KEY, email text NOT NULL, name text, created timestamptz NOT NULL);
CREATE TABLE orders (
    id bigint PRIMARY KEY, person_id bigint NOT NULL REFERENCES people, placed timestamptz NOT NULL, total numeric(10, 2) NOT NULL,
    status text NOT NULL, address jsonb NOT NULL, note text);
CREATE TABLE messages (
    id bigint PRIMARY KEY, person_id bigint NOT NULL REFERENCES people, sent timestamptz NOT NULL, subject text, body text NOT NULL);
CREATE TABLE visits (
    id bigint PRIMARY KEY, person_id bigint NOT NULL REFERENCES people, at timestamp NOT NULL, page text NOT NULL, ip inet, agent text);
CREATE TABLE steps (
    id bigint PRIMARY KEY, person_id bigint NOT NULL REFERENCES people, day date NOT NULL, steps int NOT NULL, km float8 NOT NULL,
    walked boolean NOT NULL);
INSERT INTO people SELECT n, 'person' || n || '@example.org', 'Person ' || n, '2020-01-01'::timestamptz + n * interval '1 hour'
FROM generate_series(1, 100) n;
CREATE TEMPORARY TABLE words AS
SELECT n, (ARRAY['the', 'of', 'order', 'and', 'please', 'thank', 'you', 'for', 'your', 'message', 'we', 'have', 'sent', 'a', 'new', 'one',
    'today', 'it', 'was', 'broken', 'when', 'I', 'opened', 'box', 'again', 'address', 'Straße', 'deliver', 'before', 'noon', 'neighbour',
    'bell', 'is', 'out', 'colour', 'blue', 'green', 'size', 'too', 'small', 'return', 'label', 'refund', 'would', 'be', 'fine', 'regards',
    'soon', 'café', 'garden'])[1 + n % 50] || CASE WHEN n % 11 = 0 THEN '.' ELSE '' END AS word
FROM generate_series(0, 999) n;
CREATE TEMPORARY TABLE phrases AS
SELECT p AS n, coalesce((SELECT string_agg(word, ' ' ORDER BY random()) FROM words WHERE random() < (8 + p % 12) / 1000.0), 'ok') AS phrase
FROM generate_series(0, 4999) p;
CREATE UNIQUE INDEX ON phrases (n);
INSERT INTO orders
SELECT n, CASE WHEN n % 11 = 0 THEN 2 + n % 99 ELSE 1 END, '2021-01-01'::timestamptz + n * interval '97 seconds' + random() * interval '90 seconds',
    round((random() * 500)::numeric, 2), (ARRAY['new', 'paid', 'sent', 'returned'])[1 + n % 4],
    jsonb_build_object('street', 'Straße ' || (random() * 300)::int, 'city', (ARRAY['Köln', 'Oslo', 'Lyon'])[1 + n % 3], 'zip', (10000 + random() * 89999)::int),
    CASE WHEN n % 5 = 0 THEN (SELECT phrase FROM phrases WHERE phrases.n = o.n::bigint * 7919 % 5000) END
FROM generate_series(1, :rows / 4 * 11 / 10) AS o (n);
INSERT INTO messages
SELECT m.n, CASE WHEN m.n % 11 = 0 THEN 2 + m.n % 99 ELSE 1 END, '2021-01-01'::timestamptz + m.n * interval '61 seconds' + random() * interval '50 seconds',
    'Order ' || (random() * 1000000)::int, a.phrase || ' ' || b.phrase
FROM generate_series(1, :rows / 4 * 11 / 10) AS m (n)
JOIN phrases a ON a.n = m.n::bigint * 7919 % 5000 JOIN phrases b ON b.n = m.n::bigint / 3 * 104729 % 5000;
INSERT INTO visits
SELECT n, CASE WHEN n % 11 = 0 THEN 2 + n % 99 ELSE 1 END, '2021-01-01'::timestamp + n * interval '31 seconds' + random() * interval '30 seconds',
    '/product/' || (random() * 20000)::int, ('10.' || n % 200 || '.' || (random() * 255)::int || '.' || (random() * 255)::int)::inet,
    (ARRAY['Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
        'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)'])[1 + (n / 40) % 2]
FROM generate_series(1, :rows / 4 * 11 / 10) AS v (n);
INSERT INTO steps
SELECT n, CASE WHEN n % 11 = 0 THEN 2 + n % 99 ELSE 1 END, '2000-01-01'::date + n / 100, (random() * 20000)::int, random() * 15, n % 3 = 0
FROM generate_series(1, :rows / 4 * 11 / 10) AS s (n);
CREATE INDEX ON orders (person_id);
CREATE INDEX ON messages (person_id);
CREATE INDEX ON visits (person_id);
CREATE INDEX ON steps (person_id);
