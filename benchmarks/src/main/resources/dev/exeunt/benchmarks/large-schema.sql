-- A thousand tables around the people of an application. Each refers to three tables at most: to the people or to the first table of its
-- family, to its parent, and to any table before it. The same statements make the same schema each time.
CREATE TABLE users (
    id bigint PRIMARY KEY,
    email text NOT NULL UNIQUE,
    username text NOT NULL UNIQUE,
    password_hash text NOT NULL,
    full_name text,
    created_at timestamptz NOT NULL
);

DO $$
DECLARE
    things text[] := ARRAY['account', 'article', 'asset', 'badge', 'board', 'booking', 'budget', 'campaign', 'card', 'case', 'channel',
        'contract', 'course', 'delivery', 'device', 'document', 'event', 'form', 'goal', 'group', 'invoice', 'item', 'lesson', 'letter',
        'meeting', 'message', 'order', 'page', 'payment', 'plan', 'poll', 'product', 'project', 'report', 'room', 'survey', 'task', 'team',
        'ticket', 'trip'];
    parts text[] := ARRAY['', '_comment', '_file', '_tag', '_member', '_log', '_setting', '_vote', '_draft', '_version', '_note', '_link',
        '_request', '_answer', '_score', '_label', '_step', '_price', '_share', '_view', '_alert', '_rule', '_token', '_address', '_summary'];
    kinds text[] := ARRAY['title text NOT NULL', 'body text', 'contact_email text', 'phone text', 'ip_address inet',
        'amount numeric(12, 2)', 'status text NOT NULL', 'data jsonb', 'starts_on date', 'position integer NOT NULL'];
    roles text[] := ARRAY['user_id', 'author_id', 'owner_id', 'created_by'];
    names text[] := ARRAY['users'];
    stems text[] := ARRAY['user'];
    columns text;
    family integer;
    other integer;
BEGIN
    FOR i IN 2..1000 LOOP
        names[i] := things[(i - 2) % 40 + 1] || parts[(i - 2) / 40 + 1];
        stems[i] := names[i];
        names[i] := names[i] || 's';
        columns := 'id bigint PRIMARY KEY, ' || kinds[i % 10 + 1] || ', ' || kinds[(i / 3 + 4) % 10 + 1] || ' ';
        IF kinds[i % 10 + 1] = kinds[(i / 3 + 4) % 10 + 1] THEN
            columns := 'id bigint PRIMARY KEY, ' || kinds[i % 10 + 1] || ' ';
        END IF;
        columns := columns || ', created_at timestamptz NOT NULL';
        family := (i - 2) % 40 + 2;
        IF i % 3 <> 0 OR family >= i THEN
            columns := columns || format(', %I bigint %s REFERENCES users %s', roles[i % 4 + 1],
                CASE WHEN i % 2 = 0 THEN 'NOT NULL' ELSE '' END, CASE WHEN i % 5 = 0 THEN 'ON DELETE CASCADE' ELSE '' END);
        ELSE
            columns := columns || format(', first_%s_id bigint NOT NULL REFERENCES %I', stems[family], names[family]);
        END IF;
        IF i > 42 THEN
            columns := columns || format(', parent_%s_id bigint NOT NULL REFERENCES %I ON DELETE CASCADE', stems[i - 40], names[i - 40]);
        ELSE
            columns := columns || format(', root_%s_id bigint REFERENCES %I', stems[i / 2], names[i / 2]);
        END IF;
        other := (i * 7919) % (i - 1) + 1;
        IF i > 18 THEN
            columns := columns || format(', %s_id bigint REFERENCES %I %s', stems[other], names[other],
                CASE WHEN i % 4 = 0 THEN 'ON DELETE SET NULL' ELSE '' END);
        END IF;
        EXECUTE format('CREATE TABLE %I (%s)', names[i], columns);
    END LOOP;
END
$$;
