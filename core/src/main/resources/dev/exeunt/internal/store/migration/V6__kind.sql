-- The kind of subject that a row is about. Every row so far is about a person. Programs that do not know the column go on
-- writing such rows: the default names the kind for them. A row that refers to a request is about the request's subject.
ALTER TABLE exeunt.request ADD COLUMN subject_kind text NOT NULL DEFAULT 'person'
    CONSTRAINT request_subject_kind CHECK (subject_kind COLLATE "C" ~ '^[a-z][a-z0-9-]{0,62}$');

ALTER TABLE exeunt.erased ADD COLUMN subject_kind text NOT NULL DEFAULT 'person'
    CONSTRAINT erased_subject_kind CHECK (subject_kind COLLATE "C" ~ '^[a-z][a-z0-9-]{0,62}$');

ALTER TABLE exeunt.event ADD COLUMN subject_kind text NOT NULL DEFAULT 'person'
    CONSTRAINT event_subject_kind CHECK (subject_kind COLLATE "C" ~ '^[a-z][a-z0-9-]{0,62}$');

-- Subjects of two kinds may have the same key. Asking twice for the same subject gives the same request.
DROP INDEX exeunt.request_open;

CREATE UNIQUE INDEX request_open ON exeunt.request (subject, subject_kind, kind)
    WHERE state IN ('pending', 'running', 'scheduled', 'erasing', 'blocked', 'held')
       OR (state = 'failed' AND kind <> 'export');
