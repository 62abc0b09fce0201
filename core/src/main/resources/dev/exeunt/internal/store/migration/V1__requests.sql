-- What people asked for, and what became of it. Every moment is absolute (timestamptz), whatever the server's zone.

-- The one clock that decides what is due. A test or a rehearsal sets exeunt.clock for its own session or transaction; it
-- changes nothing for anybody else.
CREATE FUNCTION exeunt.clock() RETURNS timestamptz
    LANGUAGE sql VOLATILE PARALLEL RESTRICTED
    RETURN coalesce(nullif(current_setting('exeunt.clock', true), '')::timestamptz, clock_timestamp());

-- One row for each thing a person (or staff for them) asked for. The kinds share a table, not their fields: what a kind
-- does not have is NULL, and the constraints say so.
CREATE TABLE exeunt.request (
    id                  uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    kind                text        NOT NULL,
    state               text        NOT NULL,
    subject             text[],     -- the key, one text for each of its columns; NULL once the account is erased
    requested_at        timestamptz NOT NULL,
    requested_by        text        NOT NULL, -- self, or who of the staff
    reason              text,       -- theirs, if they gave one; NULL once it is carried out
    soft_deleted_at     timestamptz,
    login_blocked_until timestamptz,
    due_at              timestamptz,
    cancelled_at        timestamptz,
    reactivated_at      timestamptz,
    erasing_since       timestamptz,
    erased_at           timestamptz,
    attempts            integer     NOT NULL DEFAULT 0, -- that failed, one after the other
    attempt_at          timestamptz, -- not tried again before
    failure             text,        -- table and constraint of the last attempt, never a value
    worker              text,        -- who holds it, until when; nobody else finishes it meanwhile
    worker_until        timestamptz,
    receipt             jsonb,       -- what was done; no key and no value of anybody
    fence               bigint      NOT NULL DEFAULT 0, -- grows with each claim: a worker that lost its claim cannot finish

    CONSTRAINT request_kind CHECK (kind IN ('export', 'delete-data', 'deactivate', 'delete-account')),
    CONSTRAINT request_state CHECK (
        CASE kind
            WHEN 'export' THEN state IN ('pending', 'running', 'ready', 'expired', 'failed', 'cancelled')
            WHEN 'deactivate' THEN state IN ('scheduled', 'erasing', 'erased', 'reactivated', 'blocked', 'held', 'failed')
            ELSE state IN ('scheduled', 'erasing', 'erased', 'cancelled', 'blocked', 'held', 'failed')
        END),
    CONSTRAINT request_due CHECK ((kind = 'export') = (due_at IS NULL)),
    CONSTRAINT request_login_block CHECK (login_blocked_until IS NULL OR kind IN ('deactivate', 'delete-account')),
    CONSTRAINT request_cancelled CHECK ((cancelled_at IS NOT NULL) = (state = 'cancelled')),
    CONSTRAINT request_reactivated CHECK ((reactivated_at IS NOT NULL) = (state = 'reactivated')),
    CONSTRAINT request_erased CHECK ((erased_at IS NOT NULL) = (state = 'erased')),
    CONSTRAINT request_whose CHECK (subject IS NOT NULL OR state IN ('erased', 'cancelled', 'reactivated', 'ready', 'expired', 'failed'))
);

-- Asking twice gives the same request.
CREATE UNIQUE INDEX request_open ON exeunt.request (subject, kind)
    WHERE state IN ('pending', 'running', 'scheduled', 'erasing', 'blocked', 'held')
       OR (state = 'failed' AND kind <> 'export');

CREATE INDEX request_subject ON exeunt.request (subject, requested_at);

CREATE INDEX request_due_next ON exeunt.request (due_at, id)
    WHERE state IN ('scheduled', 'erasing', 'blocked', 'held', 'failed') AND kind <> 'export';

-- Who has been erased, known by a keyed hash only; the key is not in the database. A token issued before is refused.
CREATE TABLE exeunt.erased (
    hash      bytea       NOT NULL,
    key_id    text        NOT NULL, -- which key
    erased_at timestamptz NOT NULL,
    row_stays boolean     NOT NULL, -- the person's row is still there, anonymous: nobody else can have their key
    PRIMARY KEY (hash, erased_at)
);

CREATE INDEX erased_key ON exeunt.erased (key_id); -- another key than the one in use is found at once

-- A change of mind is a row too: who, when, why.
CREATE TABLE exeunt.cancellation (
    id           uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    request      uuid        NOT NULL REFERENCES exeunt.request,
    cancelled_at timestamptz NOT NULL,
    cancelled_by text        NOT NULL,
    reason       text
);

CREATE INDEX cancellation_request ON exeunt.cancellation (request);

-- What hiding did, step by step, so that it can be undone in the opposite order. All of it goes with the request's end.
CREATE TABLE exeunt.hidden (
    request      uuid   NOT NULL REFERENCES exeunt.request ON DELETE CASCADE,
    step         integer NOT NULL,
    table_schema text   NOT NULL,
    table_name   text   NOT NULL,
    action       text   NOT NULL CONSTRAINT hidden_action CHECK (action IN ('set', 'stash')),
    key_columns  text[] NOT NULL, -- by which a row is found again
    columns      text[] NOT NULL, -- of undo.was and undo.became, or of stash.was
    PRIMARY KEY (request, step)
);

-- A row whose columns were set: what they were, and what hiding made of them. Whoever changes a column meanwhile keeps their change.
CREATE TABLE exeunt.undo (
    request uuid    NOT NULL,
    step    integer NOT NULL,
    key     text[]  NOT NULL,
    was     text[]  NOT NULL,
    became  text[]  NOT NULL,
    FOREIGN KEY (request, step) REFERENCES exeunt.hidden ON DELETE CASCADE
);

CREATE INDEX undo_step ON exeunt.undo (request, step);

-- A row that was moved out of its table.
CREATE TABLE exeunt.stash (
    request uuid    NOT NULL,
    step    integer NOT NULL,
    key     text[],          -- by which the row is known; NULL where nothing tells it from its like
    was     text[]  NOT NULL,
    FOREIGN KEY (request, step) REFERENCES exeunt.hidden ON DELETE CASCADE
);

CREATE INDEX stash_step ON exeunt.stash (request, step);

-- The audit log: what happened when and by whom, never about whom. Only ever added to.
CREATE TABLE exeunt.event (
    id      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at      timestamptz NOT NULL,
    name    text        NOT NULL, -- user.data_export_requested …
    request uuid,
    actor   text        NOT NULL, -- self, staff:NAME, exeunt
    reason  text,                 -- the staff's
    details jsonb       NOT NULL DEFAULT '{}'
);

CREATE INDEX event_request ON exeunt.event (request);

CREATE FUNCTION exeunt.refuse_change() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    RAISE EXCEPTION '% on exeunt.%: rows are only ever added', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER event_only_grows
    BEFORE UPDATE OR DELETE OR TRUNCATE ON exeunt.event
    FOR EACH STATEMENT EXECUTE FUNCTION exeunt.refuse_change();
