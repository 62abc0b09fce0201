-- Links that are good once and have been used, until they would be over anyway.
CREATE TABLE exeunt.used_link (
    hash  bytea       PRIMARY KEY, -- of the link, with the secret that is not in the database
    until timestamptz NOT NULL
);

CREATE INDEX used_link_until ON exeunt.used_link (until);
