-- What people asked for through the functions in SQL, until a worker carries it out. A row that a worker accepts becomes a row of
-- exeunt.request, or ends one, and goes. A row that a worker refuses stays for a while, so that exeunt.status() can tell.
CREATE TABLE exeunt.sql_request (
    id           uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    kind         text        NOT NULL,
    state        text        NOT NULL DEFAULT 'waiting',
    subject      text[]      NOT NULL, -- the key, one text for each of its columns
    subject_kind text        NOT NULL DEFAULT 'person',
    requested_at timestamptz NOT NULL,
    reason       text,                 -- theirs; NULL once it is refused
    typed        text,                 -- to confirm; NULL once it is refused
    acknowledged text,                 -- the digest of the warnings that were read; NULL once it is refused
    attempts     integer     NOT NULL DEFAULT 0, -- that failed, one after the other
    attempt_at   timestamptz,          -- not tried again before
    refused_at   timestamptz,
    refusal      text,                 -- why, as a word
    message      text,                 -- why, for the person
    obstacles    jsonb,                -- what the guards say to the person; may name others

    CONSTRAINT sql_request_kind CHECK (kind IN ('export', 'delete-data', 'deactivate', 'delete-account')),
    CONSTRAINT sql_request_state CHECK (state IN ('waiting', 'refused')),
    CONSTRAINT sql_request_subject_kind CHECK (subject_kind COLLATE "C" ~ '^[a-z][a-z0-9-]{0,62}$'),
    CONSTRAINT sql_request_refused CHECK ((state = 'refused') = (refused_at IS NOT NULL)
        AND (state = 'refused') = (refusal IS NOT NULL))
);

-- Asking twice gives the same request.
CREATE UNIQUE INDEX sql_request_waiting ON exeunt.sql_request (subject, subject_kind, kind) WHERE state = 'waiting';
CREATE INDEX sql_request_subject ON exeunt.sql_request (subject);
CREATE INDEX sql_request_refused ON exeunt.sql_request (refused_at) WHERE state = 'refused';

-- When the person took the request back in SQL. From then on no worker begins the erasure; one restores what was hidden.
ALTER TABLE exeunt.request ADD COLUMN withdrawn_at timestamptz;

CREATE INDEX request_withdrawn ON exeunt.request (withdrawn_at)
    WHERE withdrawn_at IS NOT NULL AND state IN ('scheduled', 'blocked', 'failed');
