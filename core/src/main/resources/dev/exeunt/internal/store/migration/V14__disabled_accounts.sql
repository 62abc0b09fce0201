-- Accounts at identity providers that Exeunt has disabled. A row is written before the call that disables, so that a crash in between
-- forgets no account. An account without a row was disabled by the provider's staff, and Exeunt leaves it so.
CREATE TABLE exeunt.disabled_account (
    system      text        NOT NULL, -- as the map names it
    person      bytea       NOT NULL, -- keyed hash of the person's key, as in exeunt.delivery
    account     bytea       NOT NULL, -- keyed hash of the account's id at the provider
    content     bytea       NOT NULL, -- the account's id, encrypted
    disabled_at timestamptz NOT NULL,

    PRIMARY KEY (system, account, person)
);

CREATE INDEX disabled_account_person ON exeunt.disabled_account (system, person);

-- When systems were told that the erasure starts. NULL before that, and again after a guard or a failure has stopped the erasure.
ALTER TABLE exeunt.request ADD COLUMN starting_at timestamptz;
