-- People whose links are looked at again after the erasure of their account, for rows that came later, as from a cache or an import. The
-- key of the person is encrypted. A row is deleted after the last look, or once staff have seen to what was found.
CREATE TABLE exeunt.late_row_watch (
    request      uuid        PRIMARY KEY, -- by which the account was erased
    subject_kind text        NOT NULL,
    flow         text        NOT NULL,
    subject      bytea       NOT NULL, -- the key, encrypted
    erased_at    timestamptz NOT NULL,
    look_at      timestamptz,          -- the next look; NULL after the last
    worker_until timestamptz,          -- until then a worker looks, and no other does
    fence        bigint      NOT NULL DEFAULT 0, -- grows with each claim: a worker that lost its claim records nothing
    found_at     timestamptz,          -- when the latest look found rows; NULL where it found none
    found        jsonb,                -- tables, columns and counts; no value of a person
    same_key     boolean     NOT NULL DEFAULT FALSE, -- whether a row of the subject's table had the key then
    failure      text,                 -- why the rows that were found could not be erased: table and constraint, never a value

    CONSTRAINT late_row_watch_found CHECK ((found_at IS NULL) = (found IS NULL)),
    CONSTRAINT late_row_watch_subject_kind CHECK (subject_kind COLLATE "C" ~ '^[a-z][a-z0-9-]{0,62}$')
);

CREATE INDEX late_row_watch_due ON exeunt.late_row_watch (look_at) WHERE look_at IS NOT NULL;
