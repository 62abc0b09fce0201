-- An export that was handed over while it was read is kept nowhere and so cannot expire. It has a state of its own.
ALTER TABLE exeunt.request DROP CONSTRAINT request_state;
ALTER TABLE exeunt.request ADD CONSTRAINT request_state CHECK (
    CASE kind
        WHEN 'export' THEN state IN ('pending', 'running', 'ready', 'expired', 'delivered', 'failed', 'cancelled')
        WHEN 'deactivate' THEN state IN ('scheduled', 'erasing', 'erased', 'reactivated', 'blocked', 'failed')
        ELSE state IN ('scheduled', 'erasing', 'erased', 'cancelled', 'blocked', 'failed')
    END);

ALTER TABLE exeunt.request DROP CONSTRAINT request_whose;
ALTER TABLE exeunt.request ADD CONSTRAINT request_whose CHECK (
    subject IS NOT NULL OR state IN ('erased', 'cancelled', 'reactivated', 'ready', 'expired', 'delivered', 'failed'));

UPDATE exeunt.request AS r SET state = 'delivered' FROM exeunt.export AS e
WHERE e.request = r.id AND r.kind = 'export' AND r.state = 'expired' AND (e.expires_at IS NULL OR e.expires_at = e.ready_at);
