package dev.exeunt.internal.entry;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.request.RequestRow;

/**
 * Builds the function that takes a request back. What no worker has taken yet goes at once. An open request is marked, so that no worker
 * begins its erasure, and a worker restores what it hid.
 */
final class CancelFunction {

    static final String CANCEL = "exeunt.cancel()";

    private static final String BODY = """
            #variable_conflict use_column
            DECLARE
                person text[] := exeunt.lock_caller();
                taken text;
                latest record;
            BEGIN
                DELETE FROM exeunt.sql_request AS s WHERE s.id = (
                    SELECT w.id FROM exeunt.sql_request AS w
                    WHERE w.subject = person AND w.subject_kind = :subjectKind AND w.kind <> 'export' AND w.state = 'waiting'
                    ORDER BY {strongestWaiting} LIMIT 1)
                RETURNING s.kind INTO taken;
                IF taken IS NOT NULL THEN
                    RETURN jsonb_build_object('kind', taken, 'state', 'cancelled');
                END IF;
                SELECT q.id, q.kind, q.withdrawn_at INTO latest FROM exeunt.request AS q
                WHERE q.subject = person AND q.subject_kind = :subjectKind AND q.kind <> 'export' AND q.state IN {open}
                ORDER BY q.withdrawn_at IS NOT NULL, {strongest} LIMIT 1;
                IF NOT FOUND THEN
                    RAISE EXCEPTION USING ERRCODE = 'PT410', MESSAGE = 'There is no open request to take back.';
                END IF;
                IF latest.withdrawn_at IS NULL THEN
                    UPDATE exeunt.request AS q SET withdrawn_at = exeunt.clock()
                    WHERE q.id = latest.id AND q.state IN ('scheduled', 'blocked', 'failed');
                    IF NOT FOUND THEN
                        RAISE EXCEPTION USING ERRCODE = 'PT423',
                            MESSAGE = 'It is too late: the erasure has begun. Nothing was changed.';
                    END IF;
                END IF;
                RETURN jsonb_build_object('kind', latest.kind, 'state', 'cancelling');
            END
            """;

    private static final String STRENGTH =
            "array_position(ARRAY['delete-account', 'delete-data', 'deactivate'], {row}.kind)";

    private CancelFunction() {}

    static EntryFunction of(LifecycleContext context) {
        return EntryFunction.writing(
                CANCEL + " RETURNS pg_catalog.jsonb",
                SqlTemplate.of(BODY)
                        .bind("subjectKind", context.kind().text())
                        .fragment("open", RequestRow.OPEN)
                        .fragment("strongestWaiting", strength("w"))
                        .fragment("strongest", strength("q"))
                        .toFragment());
    }

    private static SqlFragment strength(String row) {
        return SqlTemplate.of(STRENGTH).fragment("row", row).toFragment();
    }
}
