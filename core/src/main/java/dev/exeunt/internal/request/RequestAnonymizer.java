package dev.exeunt.internal.request;

import dev.exeunt.internal.map.SubjectKind;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Ends the exports of erased subjects, and removes keys and the persons' own words from all their requests. */
public final class RequestAnonymizer {

    private static final String END_EXPORTS = """
            UPDATE exeunt.request
            SET state = CASE state WHEN 'ready' THEN 'expired' ELSE 'cancelled' END,
                cancelled_at = CASE state WHEN 'ready' THEN NULL ELSE :now END, worker = NULL, fence = fence + 1
            WHERE kind = 'export' AND state IN ('pending', 'running', 'ready') AND {subjects}
            """;

    private static final String FORGET = """
            WITH exeunt_f AS (
                UPDATE exeunt.request SET subject = NULL, reason = NULL WHERE {subjects} RETURNING id),
            exeunt_i AS (
                DELETE FROM exeunt.idempotency WHERE request IN (SELECT id FROM exeunt_f)),
            exeunt_s AS (
                DELETE FROM exeunt.sql_request WHERE {subjects})
            UPDATE exeunt.cancellation SET reason = NULL WHERE request IN (SELECT id FROM exeunt_f)
            """;

    private final Connection connection;
    private final SubjectKind kind;

    public RequestAnonymizer(Connection connection, SubjectKind kind) {
        this.connection = connection;
        this.kind = kind;
    }

    /** Leaves the archives of ended exports to the clean-up. */
    public void anonymize(List<SubjectKey> subjects, Instant now) throws SQLException {
        SqlRunner.update(
                connection,
                SqlTemplate.of(END_EXPORTS)
                        .bind("now", now)
                        .fragment("subjects", SubjectCondition.isOneOf(kind, subjects))
                        .toFragment());
        SqlRunner.update(
                connection,
                SqlTemplate.of(FORGET)
                        .fragment("subjects", SubjectCondition.isOneOf(kind, subjects))
                        .toFragment());
    }
}
