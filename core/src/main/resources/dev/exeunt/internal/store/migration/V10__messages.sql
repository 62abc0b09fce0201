-- Messages to people by e-mail. A row holds the address until the message is delivered or dropped, and no longer. The state of the
-- request tells whether its message may be sent yet, or any more.
CREATE TABLE exeunt.message (
    id           uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    request      uuid        NOT NULL REFERENCES exeunt.request ON DELETE CASCADE,
    kind         text        NOT NULL,
    state        text        NOT NULL DEFAULT 'waiting',
    language     text        NOT NULL,
    address      text,                 -- the person's; NULL once the message is over
    send_at      timestamptz NOT NULL, -- not sent before
    attempts     integer     NOT NULL DEFAULT 0,
    attempt_at   timestamptz,          -- not tried again before
    failure      text,                 -- of the last attempt, as a word or a status code; never a text of the mail server
    worker       text,                 -- the worker that sends it, and until when no other worker takes it over
    worker_until timestamptz,
    fence        bigint      NOT NULL DEFAULT 0, -- grows with each claim: a worker that lost its claim cannot finish
    over_at      timestamptz,

    CONSTRAINT message_kind CHECK (kind IN ('export-ready', 'scheduled', 'reminder', 'done')),
    CONSTRAINT message_state CHECK (state IN ('waiting', 'sent', 'dropped')),
    CONSTRAINT message_over CHECK ((state = 'waiting') = (over_at IS NULL)),
    CONSTRAINT message_address CHECK ((state = 'waiting') = (address IS NOT NULL)),
    CONSTRAINT message_once UNIQUE (request, kind)
);

CREATE INDEX message_waiting ON exeunt.message (send_at) WHERE state = 'waiting';
