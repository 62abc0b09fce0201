-- What became of the files that the rows of an erasure named. No name of a file and nothing of a person.
CREATE TABLE exeunt.file_erasure (
    erasure     uuid        PRIMARY KEY, -- the number of the receipt
    recorded_at timestamptz NOT NULL,
    deleted     bigint      NOT NULL DEFAULT 0,
    in_use      bigint      NOT NULL DEFAULT 0, -- left, since another row names them
    missing     bigint      NOT NULL DEFAULT 0,
    refused     bigint      NOT NULL DEFAULT 0
);

-- Files that wait to be deleted, written in the transaction of the erasure. A row is deleted with its file.
CREATE TABLE exeunt.file_deletion (
    erasure   uuid        NOT NULL REFERENCES exeunt.file_erasure,
    store     text        NOT NULL, -- as the map names it
    name_hash bytea       NOT NULL, -- keyed hash of store and name
    name      bytea       NOT NULL, -- encrypted
    attempts  integer     NOT NULL DEFAULT 0,
    try_at    timestamptz NOT NULL,

    PRIMARY KEY (erasure, name_hash)
);

CREATE INDEX file_deletion_due ON exeunt.file_deletion (try_at);
