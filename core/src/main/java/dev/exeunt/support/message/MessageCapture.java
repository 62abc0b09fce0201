package dev.exeunt.support.message;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.RequestRow;
import dev.exeunt.internal.request.RequestTransaction;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes the messages of requests, with the address that the person has before the erasure. */
final class MessageCapture {

    /** A request made longer ago than this is no news: messages were turned on after it. */
    private static final Duration NEWS = Duration.ofDays(1);

    private static final int BATCH = 1_000;

    /** Of a request to leave: what may become due, and the last message, which goes out when the erasure is done. */
    private static final String LEAVING = """
            SELECT id, 'scheduled' AS kind, requested_at AS send_at
            FROM asked WHERE kind <> 'export' AND state IN {open} AND due_at > :now AND requested_at > :news
            UNION ALL
            SELECT id, 'reminder', due_at - :reminder::pg_catalog.interval
            FROM asked WHERE kind <> 'export' AND state IN {open} AND due_at > :now
                AND due_at - requested_at >= 2 * :reminderAgain::pg_catalog.interval
            UNION ALL
            SELECT id, 'done', requested_at
            FROM asked WHERE kind <> 'export' AND (state IN {open} OR state = 'erased')
            UNION ALL
            SELECT id, 'export-ready', requested_at
            FROM asked WHERE kind = 'export' AND state IN ('pending', 'running', 'ready')""";

    /** A person without an address gets a row that is over, so that the request is not looked at again. */
    private static final String INSERT = """
            INSERT INTO exeunt.message (request, kind, state, language, address, send_at, over_at)
            SELECT asked.id, wanted.kind, told.state, coalesce(asked.language, :fallback),
                CASE told.state WHEN 'waiting' THEN asked.address END, wanted.send_at,
                CASE told.state WHEN 'dropped' THEN :now END
            FROM asked
            JOIN ({wanted}) AS wanted USING (id)
            CROSS JOIN LATERAL (SELECT CASE
                WHEN asked.address IS NULL OR wanted.kind = 'export-ready' AND wanted.send_at <= :news THEN 'dropped'
                ELSE 'waiting' END AS state) AS told
            """;

    private static final String CAPTURE = """
            WITH asked AS (
                SELECT r.id, r.kind, r.state, r.requested_at, r.due_at, recipient.address, recipient.language
                FROM (
                    SELECT * FROM exeunt.request AS q
                    WHERE q.subject_kind = :kind AND q.subject IS NOT NULL
                        AND (q.kind <> 'export' AND q.state IN {open}
                            OR q.kind = 'export' AND q.state IN ('pending', 'running', 'ready'))
                        AND NOT EXISTS (SELECT FROM exeunt.message AS m WHERE m.request = q.id)
                    ORDER BY q.requested_at, q.id LIMIT :most) AS r
                {recipient})
            {insert} ON CONFLICT ON CONSTRAINT message_once DO NOTHING
            """;

    /** The background capture may have come first; it did not know the language of the call. */
    private static final String ADD = """
            WITH asked AS (
                SELECT id, kind, state, requested_at, due_at, :address::pg_catalog.text AS address,
                    :language::pg_catalog.text AS language
                FROM exeunt.request WHERE id = :id)
            {insert} ON CONFLICT ON CONSTRAINT message_once
            DO UPDATE SET language = excluded.language
            WHERE message.state = 'waiting' AND message.attempts = 0 AND :known::pg_catalog.text IS NOT NULL
            """;

    private static final String RECIPIENT = """
            SELECT recipient.address, recipient.language
            FROM (SELECT :subject::pg_catalog.text[] AS subject, :kind::pg_catalog.text AS subject_kind) AS r
            {recipient}
            """;

    private final RequestTransaction transaction;
    private final MessageSettings settings;

    MessageCapture(RequestTransaction transaction, MessageSettings settings) {
        this.transaction = transaction;
        this.settings = settings;
    }

    /** Writes the messages of open requests that have none, exports included; returns whether there may be more. */
    boolean captureBatch() throws SQLException {
        SqlFragment capture = SqlTemplate.of(CAPTURE)
                .bind("kind", transaction.context().kind().text())
                .fragment("open", RequestRow.OPEN)
                .bind("most", BATCH)
                .fragment("recipient", RecipientSql.join(transaction.context().subject(), settings))
                .fragment("insert", insert())
                .toFragment();
        return SqlRunner.update(transaction.connection(), capture) >= BATCH;
    }

    /** @param language the recipient's, or of the call; null where neither is known */
    void add(UUID request, @Nullable String address, @Nullable String language) throws SQLException {
        SqlFragment add = SqlTemplate.of(ADD)
                .bind("address", address)
                .bind("language", language)
                .bind("known", language)
                .bind("id", request)
                .fragment("insert", insert())
                .toFragment();
        SqlRunner.update(transaction.connection(), add);
    }

    MessageRecipient recipient(SubjectKey subject) throws SQLException {
        SqlFragment select = SqlTemplate.of(RECIPIENT)
                .bind("subject", subject.parts().toArray(String[]::new))
                .bind("kind", transaction.context().kind().text())
                .fragment("recipient", RecipientSql.join(transaction.context().subject(), settings))
                .toFragment();
        return SqlRunner.one(
                transaction.connection(),
                select,
                row -> new MessageRecipient(row.getString("address"), row.getString("language")));
    }

    private SqlFragment insert() {
        Instant now = transaction.now();
        return SqlTemplate.of(INSERT)
                .bind("fallback", settings.languages().get(0))
                .bind("now", now)
                .bind("news", now.minus(NEWS))
                .fragment("wanted", wanted(now))
                .toFragment();
    }

    private SqlFragment wanted(Instant now) {
        return SqlTemplate.of(LEAVING)
                .fragment("open", RequestRow.OPEN)
                .bind("now", now)
                .bind("news", now.minus(NEWS))
                .bind("reminder", settings.reminder().toString())
                .bind("reminderAgain", settings.reminder().toString())
                .toFragment();
    }
}
