-- Links for people who cannot sign in any more, sent to the address on record. No row tells who asked: what a person wrote and the
-- person's key are encrypted with a secret that is not in the database, and all else is a keyed hash. Rows are swept.
CREATE TABLE exeunt.one_time_link (
    id           uuid        PRIMARY KEY,
    subject_kind text        NOT NULL,
    asked_at     timestamptz NOT NULL,
    client       bytea       NOT NULL, -- keyed hash of the network address that the call came from
    asked        bytea,                -- what the person wrote, encrypted; NULL once the link was sent or dropped
    person       bytea,                -- the person's key, encrypted; NULL before a link is made, and once it has expired
    subject      bytea,                -- keyed hash of the person's key
    address      bytea,                -- keyed hash of the e-mail address that the link goes to
    made_at      timestamptz,          -- the link works for some minutes from here on
    attempts     integer     NOT NULL DEFAULT 0,
    attempt_at   timestamptz,          -- not tried again before
    worker       text,                 -- the worker that sends it, and until when no other worker takes it over
    worker_until timestamptz,
    fence        bigint      NOT NULL DEFAULT 0, -- grows with each claim: a worker that lost its claim cannot finish

    CONSTRAINT one_time_link_made CHECK (person IS NULL OR subject IS NOT NULL AND address IS NOT NULL AND made_at IS NOT NULL)
);

CREATE INDEX one_time_link_asked_at ON exeunt.one_time_link (asked_at);
CREATE INDEX one_time_link_waiting ON exeunt.one_time_link (asked_at) WHERE asked IS NOT NULL;
CREATE INDEX one_time_link_subject ON exeunt.one_time_link (subject) WHERE subject IS NOT NULL;
