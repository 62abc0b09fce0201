-- Events for other systems, written in the transaction of the change that they tell of (transactional outbox). The key of the person
-- and what locates their data elsewhere are encrypted, and are forgotten once no system needs the event any more.
CREATE TABLE exeunt.outbox (
    id           uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    position     bigint      GENERATED ALWAYS AS IDENTITY, -- events of one person are in this order, also after they were sent
    name         text        NOT NULL, -- user.erased …
    at           timestamptz NOT NULL,
    request      uuid,                 -- NULL for an erasure without a request
    subject_kind text        NOT NULL,
    person       bytea       NOT NULL, -- keyed hash of the key: tells whose events have to stay in order
    details      jsonb       NOT NULL, -- the request's flow and dates; no key and no value of a person
    content      bytea,                -- the key and the locators, encrypted; NULL once the event is over

    CONSTRAINT outbox_subject_kind CHECK (subject_kind COLLATE "C" ~ '^[a-z][a-z0-9-]{0,62}$')
);

CREATE INDEX outbox_request ON exeunt.outbox (request, name);
CREATE INDEX outbox_at ON exeunt.outbox (at);

-- One row for each system that an event goes to. The states:
--   waiting    not sent yet, or tried again at attempt_at
--   delivered  the system has taken the event
--   failed     given up after days; can be sent again
CREATE TABLE exeunt.delivery (
    event        uuid        NOT NULL REFERENCES exeunt.outbox ON DELETE CASCADE,
    system       text        NOT NULL, -- as the map names it
    person       bytea       NOT NULL, -- of the event
    position     bigint      NOT NULL, -- of the event
    state        text        NOT NULL DEFAULT 'waiting',
    attempts     integer     NOT NULL DEFAULT 0, -- that failed
    attempt_at   timestamptz NOT NULL, -- not tried before
    failure      text,                 -- of the last attempt, as a word or a status code; never a text of the system
    worker       text,                 -- the worker that sends it, and until when no other worker takes it over
    worker_until timestamptz,
    fence        bigint      NOT NULL DEFAULT 0, -- grows with each claim: a worker that lost its claim cannot finish
    over_at      timestamptz,
    answer_by    timestamptz,          -- until when the system has to say what it erased; NULL where it need not
    answer       text,                 -- what it said, or what staff said for it
    answered_at  timestamptz,
    answered_by  text,                 -- system, or staff:NAME
    reason       text,                 -- of a refusal, or of staff

    PRIMARY KEY (event, system),
    CONSTRAINT delivery_state CHECK (state IN ('waiting', 'delivered', 'failed')),
    CONSTRAINT delivery_over CHECK ((state = 'waiting') = (over_at IS NULL)),
    CONSTRAINT delivery_answer CHECK (answer IN ('erased', 'nothing-found', 'refused', 'closed')),
    CONSTRAINT delivery_answered CHECK ((answer IS NULL) = (answered_at IS NULL) AND (answer IS NULL) = (answered_by IS NULL))
);

CREATE INDEX delivery_due ON exeunt.delivery (system, attempt_at, position) WHERE state = 'waiting';
CREATE INDEX delivery_order ON exeunt.delivery (system, person, position) WHERE state = 'waiting';
CREATE INDEX delivery_unanswered ON exeunt.delivery (answer_by) WHERE answer_by IS NOT NULL AND answer IS NULL;

-- Systems that staff have paused: their events wait.
CREATE TABLE exeunt.paused_system (
    system    text        PRIMARY KEY,
    paused_at timestamptz NOT NULL,
    paused_by text        NOT NULL,
    reason    text        NOT NULL
);
