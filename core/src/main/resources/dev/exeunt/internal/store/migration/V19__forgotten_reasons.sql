-- The audit log holds no words of people any more, and loses the reasons of staff after three years. Nothing else of it can be changed.
CREATE FUNCTION exeunt.refuse_change_but_reason() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    IF NEW.reason IS NOT NULL OR pg_catalog.to_jsonb(NEW) OPERATOR(pg_catalog.-) 'reason'
        OPERATOR(pg_catalog.<>) (pg_catalog.to_jsonb(OLD) OPERATOR(pg_catalog.-) 'reason') THEN
        RAISE EXCEPTION 'UPDATE on exeunt.event: rows are only ever added, and only a reason is removed' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;

DROP TRIGGER event_only_grows ON exeunt.event;

CREATE TRIGGER event_only_grows
    BEFORE DELETE OR TRUNCATE ON exeunt.event
    FOR EACH STATEMENT EXECUTE FUNCTION exeunt.refuse_change();

CREATE TRIGGER event_keeps_all_but_reason
    BEFORE UPDATE ON exeunt.event
    FOR EACH ROW EXECUTE FUNCTION exeunt.refuse_change_but_reason();

UPDATE exeunt.event SET reason = NULL WHERE reason IS NOT NULL AND actor = 'self';

CREATE INDEX event_reason ON exeunt.event (at) WHERE reason IS NOT NULL;
