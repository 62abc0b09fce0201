-- What a call was to be known by when it is made again (Idempotency-Key): the request it led to, whatever has become of that since.
CREATE TABLE exeunt.idempotency (
    hash    bytea PRIMARY KEY, -- of person and key, with the secret that is not in the database
    request uuid  NOT NULL REFERENCES exeunt.request ON DELETE CASCADE
);

CREATE INDEX idempotency_request ON exeunt.idempotency (request);
