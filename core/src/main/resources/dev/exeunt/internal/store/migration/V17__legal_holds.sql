-- Legal holds: rows of a person that must not be erased until the hold ends. A hold is on all rows of the person, or on some tables.
-- Once the account is erased, a hold on tables whose rows the erasure kept goes on without the key, by the number of the receipt.
CREATE TABLE exeunt.legal_hold (
    id             uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    subject_kind   text        NOT NULL DEFAULT 'person',
    subject        text[],               -- the key, one text for each of its columns; NULL once the account is erased
    erasure        uuid,                 -- the receipt's number; the hold is then on rows that this erasure kept
    tables         text[],               -- as SQL quotes them: "public"."orders"; NULL is all tables
    reason         text,                 -- the staff's; NULL once the account is erased
    placed_at      timestamptz NOT NULL,
    placed_by      text        NOT NULL, -- staff:NAME
    ends_at        timestamptz,          -- NULL until it is released
    told           boolean     NOT NULL, -- whether the person learns of it
    released_at    timestamptz,
    released_by    text,
    release_reason text,

    CONSTRAINT legal_hold_whose CHECK ((subject IS NULL) = (erasure IS NOT NULL)),
    CONSTRAINT legal_hold_tables CHECK (tables <> '{}'),
    CONSTRAINT legal_hold_ends CHECK (ends_at > placed_at),
    CONSTRAINT legal_hold_released CHECK ((released_at IS NULL) = (released_by IS NULL)),
    CONSTRAINT legal_hold_subject_kind CHECK (subject_kind COLLATE "C" ~ '^[a-z][a-z0-9-]{0,62}$')
);

CREATE INDEX legal_hold_subject ON exeunt.legal_hold (subject) WHERE subject IS NOT NULL;
CREATE INDEX legal_hold_erasure ON exeunt.legal_hold (erasure) WHERE erasure IS NOT NULL;

-- Since when a legal hold keeps a due request from being carried out; NULL where none does. The state stays what it is, so that
-- everything which asks for open requests counts the request, and a person who does not learn of the hold sees no difference.
ALTER TABLE exeunt.request ADD COLUMN held_at timestamptz;

CREATE INDEX request_held ON exeunt.request (held_at) WHERE held_at IS NOT NULL;
