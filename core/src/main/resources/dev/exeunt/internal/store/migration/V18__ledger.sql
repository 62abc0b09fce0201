-- The ledger: who asked to leave, took it back, was about to be erased and was erased, each person as a keyed hash. A copy lies outside the
-- database: after a restore from a backup it tells whom to erase again.
CREATE TABLE exeunt.ledger (
    position bigint PRIMARY KEY CONSTRAINT ledger_position CHECK (position > 0), -- 1, 2, 3 … without a gap
    mac      bytea  NOT NULL, -- keyed hash of the entry before, the position and this entry; the key is not in the database
    entry    text   NOT NULL
);

CREATE TRIGGER ledger_only_grows
    BEFORE UPDATE OR DELETE OR TRUNCATE ON exeunt.ledger
    FOR EACH STATEMENT EXECUTE FUNCTION exeunt.refuse_change();

-- Replays of entries that a restored database lacked. As long as one is not over, no request is accepted and no person erased otherwise.
CREATE TABLE exeunt.replay (
    first_position bigint      PRIMARY KEY,
    last_position  bigint      NOT NULL,
    begun_at       timestamptz NOT NULL,
    ended_at       timestamptz
);
