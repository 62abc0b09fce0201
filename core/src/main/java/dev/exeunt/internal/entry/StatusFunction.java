package dev.exeunt.internal.entry;

import dev.exeunt.internal.hold.HoldCondition;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.request.RequestRow;

/** Builds the function that tells the caller how their requests stand. */
final class StatusFunction {

    static final String STATUS = "exeunt.status()";

    private static final String BODY = """
            DECLARE
                person text[] := exeunt.caller_key();
            BEGIN
                RETURN jsonb_build_object(
                    'gate', (SELECT jsonb_build_object('state', g.state, 'until', g.until) FROM exeunt.gate({parts}) AS g),
                    'open', (
                        SELECT coalesce(jsonb_agg(jsonb_build_object('id', q.id, 'kind', q.kind,
                            'state', CASE WHEN q.withdrawn_at IS NULL THEN q.state ELSE 'cancelling' END,
                            'requested_at', q.requested_at, 'due_at', q.due_at, 'login_blocked_until', q.login_blocked_until)
                            ORDER BY q.requested_at DESC, q.id), '[]')
                        FROM exeunt.request AS q WHERE q.subject = person AND q.subject_kind = :subjectKind
                            AND q.kind <> 'export' AND q.state IN {open}),
                    'delayed_by_hold', EXISTS (
                        SELECT FROM exeunt.request AS q WHERE q.subject = person AND q.subject_kind = :subjectKind
                            AND q.kind <> 'export' AND q.state IN {open} AND {told}),
                    'waiting', (
                        SELECT coalesce(jsonb_agg(jsonb_build_object('kind', s.kind, 'requested_at', s.requested_at)
                            ORDER BY s.requested_at, s.id), '[]')
                        FROM exeunt.sql_request AS s
                        WHERE s.subject = person AND s.subject_kind = :subjectKind AND s.state = 'waiting'),
                    'refused', (
                        SELECT coalesce(jsonb_agg(jsonb_build_object('kind', s.kind, 'refused_at', s.refused_at,
                            'refusal', s.refusal, 'message', s.message, 'obstacles', s.obstacles)
                            ORDER BY s.refused_at DESC, s.id), '[]')
                        FROM exeunt.sql_request AS s
                        WHERE s.subject = person AND s.subject_kind = :subjectKind AND s.state = 'refused'),
                    'exports', (
                        SELECT coalesce(jsonb_agg(jsonb_build_object('id', q.id, 'state', q.state, 'requested_at', q.requested_at,
                            'format', e.format, 'bytes', e.bytes, 'ready_at', e.ready_at, 'expires_at', e.expires_at)
                            ORDER BY q.requested_at DESC, q.id), '[]')
                        FROM exeunt.request AS q JOIN exeunt.export AS e ON e.request = q.id
                        WHERE q.subject = person AND q.subject_kind = :subjectKind AND q.kind = 'export'));
            END
            """;

    private StatusFunction() {}

    static EntryFunction of(LifecycleContext context) {
        return EntryFunction.reading(
                STATUS + " RETURNS pg_catalog.jsonb",
                SqlTemplate.of(BODY)
                        .fragment("parts", PersonSql.parts(context.subject()))
                        .bind("subjectKind", context.kind().text())
                        .fragment("open", RequestRow.OPEN)
                        .fragment("told", HoldCondition.holdsAndIsTold(context, "q"))
                        .toFragment());
    }
}
