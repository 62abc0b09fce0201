package dev.exeunt.support.message;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.request.RequestRow;
import dev.exeunt.internal.request.RequestTransaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Claims the messages of exeunt.message and ends them, with a compare-and-set for each change of state. */
final class MessageTable {

    /** The request's state tells whether its message may go out. What other workers hold, or claim at this moment, is passed over. */
    private static final String CLAIM = """
            WITH exeunt_due AS (
                SELECT m.id FROM exeunt.message AS m JOIN exeunt.request AS r ON r.id = m.request
                WHERE m.state = 'waiting' AND m.send_at <= :now AND r.subject_kind = :kind
                    AND coalesce(m.attempt_at <= :now, TRUE) AND coalesce(m.worker_until <= :now, TRUE)
                    AND CASE m.kind
                        WHEN 'done' THEN r.state = 'erased'
                        WHEN 'export-ready' THEN r.state = 'ready' AND r.subject IS NOT NULL
                        ELSE r.state IN ('scheduled', 'blocked', 'failed') AND r.withdrawn_at IS NULL AND r.due_at > :now END
                ORDER BY m.send_at, m.id LIMIT 1 FOR UPDATE OF m SKIP LOCKED)
            UPDATE exeunt.message AS m
            SET worker = :worker, worker_until = :until, attempts = m.attempts + 1, attempt_at = NULL, fence = m.fence + 1
            FROM exeunt_due JOIN exeunt.message AS o USING (id) JOIN exeunt.request AS r ON r.id = o.request
                LEFT JOIN exeunt.export AS e ON e.request = r.id
            WHERE m.id = exeunt_due.id
            RETURNING m.id AS message, m.kind AS message_kind, m.fence AS message_fence, m.attempts AS message_attempts,
                m.language, m.address, e.expires_at, r.*, FALSE AS incomplete
            """;

    private static final String END = """
            UPDATE exeunt.message
            SET state = :to, address = NULL, over_at = :now, failure = :failure, worker = NULL, worker_until = NULL
            WHERE id = :id AND fence = :fence AND state = 'waiting'
            """;

    private static final String PUT_OFF = """
            UPDATE exeunt.message SET attempt_at = :again, failure = :failure, worker = NULL, worker_until = NULL
            WHERE id = :id AND fence = :fence AND state = 'waiting'
            """;

    private static final String DROP_OVER = """
            UPDATE exeunt.message AS m
            SET state = 'dropped', address = NULL, over_at = :now, worker = NULL, worker_until = NULL
            FROM exeunt.request AS r
            WHERE r.id = m.request AND m.state = 'waiting' AND r.subject_kind = :kind AND CASE m.kind
                WHEN 'done' THEN r.state IN {withdrawn}
                WHEN 'export-ready' THEN r.state NOT IN ('pending', 'running', 'ready') OR r.subject IS NULL
                ELSE r.state NOT IN {open} OR r.withdrawn_at IS NOT NULL OR r.due_at <= :now END
            """;

    private final RequestTransaction transaction;

    MessageTable(RequestTransaction transaction) {
        this.transaction = transaction;
    }

    /** Claims the message that has waited longest; empty where none is due. */
    Optional<OutgoingMessage> claim(String worker, Duration lease) throws SQLException {
        SqlFragment claim = SqlTemplate.of(CLAIM)
                .bind("now", transaction.now())
                .bind("kind", transaction.context().kind().text())
                .bind("worker", worker)
                .bind("until", transaction.now().plus(lease))
                .toFragment();
        return SqlRunner.first(transaction.connection(), claim, MessageTable::read);
    }

    private static OutgoingMessage read(ResultSet row) throws SQLException {
        MessageKind kind = MessageKind.of(row.getString("message_kind"));
        return new OutgoingMessage(
                row.getObject("message", UUID.class),
                row.getLong("message_fence"),
                row.getInt("message_attempts"),
                kind,
                row.getString("language"),
                row.getString("address"),
                kind == MessageKind.EXPORT_READY ? null : RequestRow.read(row),
                SqlRunner.moment(row, "expires_at"));
    }

    /** Forgets the address. Changes nothing where another worker has claimed the message since. */
    void end(OutgoingMessage message, String state, @Nullable String failure) throws SQLException {
        SqlFragment end = SqlTemplate.of(END)
                .bind("to", state)
                .bind("now", transaction.now())
                .bind("failure", failure)
                .bind("id", message.id())
                .bind("fence", message.fence())
                .toFragment();
        SqlRunner.update(transaction.connection(), end);
    }

    void putOff(OutgoingMessage message, Instant again, String failure) throws SQLException {
        SqlFragment back = SqlTemplate.of(PUT_OFF)
                .bind("again", again)
                .bind("failure", failure)
                .bind("id", message.id())
                .bind("fence", message.fence())
                .toFragment();
        SqlRunner.update(transaction.connection(), back);
    }

    /** Drops what will never be sent, such as the messages of requests that were taken back, and forgets the addresses. */
    long dropOver() throws SQLException {
        SqlFragment drop = SqlTemplate.of(DROP_OVER)
                .bind("now", transaction.now())
                .bind("kind", transaction.context().kind().text())
                .fragment("withdrawn", RequestRow.WITHDRAWN)
                .fragment("open", RequestRow.OPEN)
                .toFragment();
        return SqlRunner.update(transaction.connection(), drop);
    }
}
