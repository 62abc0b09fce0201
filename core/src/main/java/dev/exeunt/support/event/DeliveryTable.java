package dev.exeunt.support.event;

import dev.exeunt.internal.outbox.EventContent;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.support.event.EventOutbox.Delivered;
import dev.exeunt.support.security.ContentCipher;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Claims the rows of exeunt.delivery and ends them, with a compare-and-set for each change of state. */
final class DeliveryTable {

    /**
     * Claims the first waiting event of each person, so that the person's events arrive in their order. What other workers hold, or
     * claim at this moment, is passed over.
     */
    private static final String CLAIM = """
            WITH exeunt_next AS (
                SELECT d.event, d.system FROM exeunt.delivery AS d
                WHERE d.system = :system AND d.state = 'waiting' AND d.attempt_at <= :now
                    AND coalesce(d.worker_until <= :now, TRUE)
                    AND NOT EXISTS (
                        SELECT FROM exeunt.delivery AS earlier
                        WHERE earlier.system = d.system AND earlier.person = d.person AND earlier.state = 'waiting'
                            AND earlier.position < d.position)
                    AND NOT EXISTS (SELECT FROM exeunt.paused_system AS p WHERE p.system = d.system)
                    AND EXISTS (SELECT FROM exeunt.outbox AS o WHERE o.id = d.event AND o.subject_kind = :kind)
                ORDER BY d.attempt_at, d.position LIMIT :most FOR UPDATE OF d SKIP LOCKED),
            exeunt_claimed AS (
                UPDATE exeunt.delivery AS d SET worker = :worker, worker_until = :until, fence = d.fence + 1
                FROM exeunt_next AS n WHERE d.event = n.event AND d.system = n.system
                RETURNING d.event, d.fence, d.attempts, d.position, d.answer_by)
            SELECT c.*, o.name, o.at, o.request, o.subject_kind, o.details, o.content
            FROM exeunt_claimed AS c JOIN exeunt.outbox AS o ON o.id = c.event
            ORDER BY c.position
            """;

    private static final String DELIVERED = """
            UPDATE exeunt.delivery AS d
            SET state = 'delivered', over_at = :now, failure = NULL, worker = NULL, worker_until = NULL,
                answer = coalesce(d.answer, c.answer), reason = CASE WHEN d.answer IS NULL THEN c.reason ELSE d.reason END,
                answered_at = CASE WHEN d.answer IS NULL AND c.answer IS NOT NULL THEN :now ELSE d.answered_at END,
                answered_by = CASE WHEN d.answer IS NULL AND c.answer IS NOT NULL THEN 'system' ELSE d.answered_by END
            FROM ROWS FROM (
                pg_catalog.unnest(:events), pg_catalog.unnest(:fences::pg_catalog.int8[]),
                pg_catalog.unnest(:answers::pg_catalog.text[]), pg_catalog.unnest(:reasons::pg_catalog.text[]))
                AS c(event, fence, answer, reason)
            WHERE d.event = c.event AND d.system = :system AND d.fence = c.fence AND d.state = 'waiting'
            """;

    private static final String PUT_OFF = """
            UPDATE exeunt.delivery
            SET state = :to, attempts = attempts + 1, attempt_at = :again, failure = :failure, worker = NULL, worker_until = NULL,
                over_at = :over
            WHERE event = :event AND system = :system AND fence = :fence AND state = 'waiting'
            """;

    private static final String RELEASE = """
            UPDATE exeunt.delivery AS d SET worker = NULL, worker_until = NULL
            FROM ROWS FROM (pg_catalog.unnest(:events), pg_catalog.unnest(:fences::pg_catalog.int8[])) AS c(event, fence)
            WHERE d.event = c.event AND d.system = :system AND d.fence = c.fence AND d.state = 'waiting'
            """;

    private static final String ANSWER = """
            UPDATE exeunt.delivery SET answer = :answer, answered_at = :now, answered_by = :by, reason = :reason
            WHERE event = :event AND system = :system AND answer_by IS NOT NULL AND {open}
            """;

    private final RequestTransaction transaction;

    DeliveryTable(RequestTransaction transaction) {
        this.transaction = transaction;
    }

    List<OutgoingEvent> claim(String system, String worker, Duration lease, int most, ContentCipher cipher)
            throws SQLException {
        SqlFragment claim = SqlTemplate.of(CLAIM)
                .bind("system", system)
                .bind("now", transaction.now())
                .bind("kind", transaction.context().kind().text())
                .bind("most", most)
                .bind("worker", worker)
                .bind("until", transaction.now().plus(lease))
                .toFragment();
        return SqlRunner.list(transaction.connection(), claim, row -> read(row, system, cipher));
    }

    private static OutgoingEvent read(ResultSet row, String system, ContentCipher cipher) throws SQLException {
        UUID id = row.getObject("event", UUID.class);
        byte[] encrypted = row.getBytes("content");
        Optional<EventContent> content =
                encrypted == null ? Optional.empty() : EventContent.decrypt(cipher, id, encrypted);
        return new OutgoingEvent(
                id,
                system,
                row.getLong("fence"),
                row.getInt("attempts"),
                row.getString("name"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                SqlRunner.moment(row, "answer_by"),
                content.isPresent() ? EventBody.of(row, content.get(), system) : null);
    }

    void markDelivered(String system, List<Delivered> delivered) throws SQLException {
        SqlRunner.update(
                transaction.connection(),
                SqlTemplate.of(DELIVERED)
                        .bind("now", transaction.now())
                        .bind("system", system)
                        .bind(
                                "events",
                                delivered.stream().map(d -> d.event().id()).toList())
                        .bind(
                                "fences",
                                fences(delivered.stream().map(Delivered::event).toList()))
                        .bind("answers", answers(delivered, a -> a.result().word()))
                        .bind("reasons", answers(delivered, SystemAnswer::reason))
                        .toFragment());
    }

    /** What a system says counts where an answer is due, and nowhere else. */
    private static @Nullable String[] answers(
            List<Delivered> delivered, Function<SystemAnswer, @Nullable String> text) {
        return delivered.stream()
                .map(d -> d.answer() == null || d.event().answerBy() == null ? null : text.apply(d.answer()))
                .toArray(String[]::new);
    }

    /** @param again when it is tried again; null where it is given up */
    void putOff(OutgoingEvent event, @Nullable Instant again, String failure) throws SQLException {
        SqlRunner.update(
                transaction.connection(),
                SqlTemplate.of(PUT_OFF)
                        .bind("to", again == null ? "failed" : "waiting")
                        .bind("again", again == null ? transaction.now() : again)
                        .bind("failure", failure)
                        .bind("over", again == null ? transaction.now() : null)
                        .bind("event", event.id())
                        .bind("system", event.system())
                        .bind("fence", event.fence())
                        .toFragment());
    }

    void release(String system, Collection<OutgoingEvent> events) throws SQLException {
        SqlRunner.update(
                transaction.connection(),
                SqlTemplate.of(RELEASE)
                        .bind("system", system)
                        .bind("events", events.stream().map(OutgoingEvent::id).toList())
                        .bind("fences", fences(events))
                        .toFragment());
    }

    /** Returns whether an answer was due and none was there yet. */
    boolean answer(UUID event, String system, SystemAnswer answer) throws SQLException {
        return answer(event, system, "answer IS NULL", answer.result().word(), "system", answer.reason());
    }

    /** Returns whether an answer was due and none was there yet, or a refusal. */
    boolean close(UUID event, String system, String staff, String reason) throws SQLException {
        return answer(event, system, "coalesce(answer = 'refused', TRUE)", "closed", staff, reason);
    }

    private boolean answer(UUID event, String system, String open, String answer, String by, @Nullable String reason)
            throws SQLException {
        return SqlRunner.update(
                        transaction.connection(),
                        SqlTemplate.of(ANSWER)
                                .fragment("open", open)
                                .bind("answer", answer)
                                .bind("now", transaction.now())
                                .bind("by", by)
                                .bind("reason", reason)
                                .bind("event", event)
                                .bind("system", system)
                                .toFragment())
                > 0;
    }

    private static String[] fences(Collection<OutgoingEvent> events) {
        return events.stream().map(e -> Long.toString(e.fence())).toArray(String[]::new);
    }
}
