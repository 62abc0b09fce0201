-- Rows that an erasure kept for a period. The sweep deletes them when the period is over, and no other row. The application's row says
-- whose it was; these tables say only which rows they are. What is recorded goes when the sweep is done with it.
CREATE TABLE exeunt.kept (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    erasure      uuid        NOT NULL, -- the receipt's
    kept_at      timestamptz NOT NULL,
    subject_kind text        NOT NULL DEFAULT 'person',
    flow         text        NOT NULL,
    table_schema text        NOT NULL,
    table_name   text        NOT NULL,
    role         text        NOT NULL, -- the link's name in the map
    key_columns  text[]      NOT NULL, -- the primary key
    link_columns text[]      NOT NULL,
    CONSTRAINT kept_subject_kind CHECK (subject_kind COLLATE "C" ~ '^[a-z][a-z0-9-]{0,62}$')
);

CREATE INDEX kept_at ON exeunt.kept (kept_at);
CREATE INDEX kept_erasure ON exeunt.kept (erasure);

CREATE TABLE exeunt.kept_row (
    kept      bigint NOT NULL REFERENCES exeunt.kept ON DELETE CASCADE,
    row_key   text[] NOT NULL,
    link_hash bytea, -- SHA-256 of the link's values after the erasure: a row that the application gave to another person has others
    PRIMARY KEY (kept, row_key)
);

CREATE INDEX kept_row_key ON exeunt.kept_row (row_key);

-- No request was ever held, and none can be: the state is not offered.
ALTER TABLE exeunt.request DROP CONSTRAINT request_state;
ALTER TABLE exeunt.request ADD CONSTRAINT request_state CHECK (
    CASE kind
        WHEN 'export' THEN state IN ('pending', 'running', 'ready', 'expired', 'failed', 'cancelled')
        WHEN 'deactivate' THEN state IN ('scheduled', 'erasing', 'erased', 'reactivated', 'blocked', 'failed')
        ELSE state IN ('scheduled', 'erasing', 'erased', 'cancelled', 'blocked', 'failed')
    END);
