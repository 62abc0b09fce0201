-- What people download: of a request of kind export, what only an export has.
CREATE TABLE exeunt.export (
    request       uuid        PRIMARY KEY REFERENCES exeunt.request ON DELETE CASCADE,
    format        text        NOT NULL CONSTRAINT export_format CHECK (format IN ('zip', 'json')),
    sections_done integer     NOT NULL DEFAULT 0, -- of an attempt under way
    sections      integer     NOT NULL DEFAULT 0,
    object        text        UNIQUE,             -- its name in the archive, written down before anything is stored; NULL where there is none
    bytes         bigint,
    rows          bigint,
    ready_at      timestamptz,
    expires_at    timestamptz,

    CONSTRAINT export_ready CHECK ((ready_at IS NULL) = (expires_at IS NULL) AND (ready_at IS NULL OR bytes IS NOT NULL))
);

CREATE INDEX export_expires ON exeunt.export (expires_at) WHERE object IS NOT NULL;

-- Background work and who is at it, in the form db-scheduler reads and writes. No job says whom it is about.
CREATE TABLE exeunt.job (
    task_name            text        NOT NULL,
    task_instance        text        NOT NULL,
    task_data            bytea,
    execution_time       timestamptz NOT NULL,
    picked               boolean     NOT NULL,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures integer,
    last_heartbeat       timestamptz,
    version              bigint      NOT NULL,
    priority             smallint,
    PRIMARY KEY (task_name, task_instance)
);

CREATE INDEX job_due ON exeunt.job (execution_time);
CREATE INDEX job_heartbeat ON exeunt.job (last_heartbeat);

-- Staff page through all requests, the oldest first.
CREATE INDEX request_order ON exeunt.request (requested_at, id);
