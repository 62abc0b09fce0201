-- What of a person is open, asked at every call: found at once, however much of theirs is over.
CREATE INDEX request_standing ON exeunt.request (subject)
    WHERE state IN ('scheduled', 'erasing', 'blocked', 'held', 'failed') AND kind <> 'export';
