package dev.exeunt.support.event;

import dev.exeunt.internal.map.LifecycleSettings.EventName;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.RequestRow;
import dev.exeunt.internal.request.RequestTransaction;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

/** Writes events that time causes, and forgets events that are over. In one transaction. */
final class OutboxMaintenance {

    /** How long before an erasure systems are told that it is due soon. A request that lasts no twice as long gets no such event. */
    private static final Duration SOON = Duration.ofDays(3);

    /** How long an event that was given up can be sent again, and how long the record of an event that is over stays. */
    private static final Duration KEEP = Duration.ofDays(30);

    /** How long after its deadline a system that has not answered can still be sent the event again, and how long an event waits at all. */
    private static final Duration AFTER_DEADLINE = Duration.ofDays(90);

    private static final int BATCH = 500;

    private static final String DUE_SOON = """
            SELECT r.id, r.subject FROM exeunt.request AS r
            WHERE r.kind <> 'export' AND r.state IN {open} AND r.subject_kind = :kind AND r.subject IS NOT NULL
                AND r.withdrawn_at IS NULL AND r.due_at > :now AND r.due_at <= :soon
                AND r.due_at - r.requested_at >= 2 * :lead::pg_catalog.interval
                AND NOT EXISTS (SELECT FROM exeunt.outbox AS o WHERE o.request = r.id AND o.name = :name)
            ORDER BY r.due_at, r.id LIMIT :most FOR UPDATE OF r SKIP LOCKED
            """;

    /** Events wait for a system that is paused, or that the map no longer names; their keys must not lie here for good. */
    private static final String GIVE_UP = """
            UPDATE exeunt.delivery AS d
            SET state = 'failed', failure = 'not-sent', over_at = :now, worker = NULL, worker_until = NULL
            FROM exeunt.outbox AS o
            WHERE o.id = d.event AND o.subject_kind = :kind AND d.state = 'waiting' AND o.at <= :late
                AND coalesce(d.answer_by <= :late, TRUE)
            """;

    private static final String FORGET = """
            UPDATE exeunt.outbox AS o SET content = NULL
            WHERE o.content IS NOT NULL AND o.subject_kind = :kind AND NOT EXISTS (
                SELECT FROM exeunt.delivery AS d
                WHERE d.event = o.id AND (d.state = 'waiting' OR d.state = 'failed' AND d.over_at > :old
                    OR d.answer_by > :late AND d.answer IS NULL))
            """;

    private static final String DELETE = """
            DELETE FROM exeunt.outbox AS o
            WHERE o.content IS NULL AND o.at < :old AND o.subject_kind = :kind AND NOT EXISTS (
                SELECT FROM exeunt.delivery AS d
                WHERE d.event = o.id AND (d.over_at > :old OR d.answered_at > :old
                    OR d.answer_by IS NOT NULL AND coalesce(d.answer, 'refused') = 'refused'))
            """;

    private final RequestTransaction transaction;

    OutboxMaintenance(RequestTransaction transaction) {
        this.transaction = transaction;
    }

    /** Writes the event of erasures that are due soon; returns whether there may be more. */
    boolean writeDueSoon() throws SQLException {
        if (!transaction.outbox().isWanted(EventName.ERASURE_DUE_SOON)) {
            return false;
        }
        SqlFragment select = SqlTemplate.of(DUE_SOON)
                .fragment("open", RequestRow.OPEN)
                .bind("kind", transaction.context().kind().text())
                .bind("now", transaction.now())
                .bind("soon", transaction.now().plus(SOON))
                .bind("lead", SOON.toString())
                .bind("name", EventName.ERASURE_DUE_SOON.type())
                .bind("most", BATCH)
                .toFragment();
        long found = SqlRunner.forEach(
                transaction.connection(),
                select,
                0,
                row -> transaction
                        .outbox()
                        .add(
                                EventName.ERASURE_DUE_SOON,
                                transaction.now(),
                                row.getObject("id", UUID.class),
                                new SubjectKey(SqlRunner.texts(row, "subject"))));
        return found >= BATCH;
    }

    /** Gives up what has waited too long, forgets keys and locators that no system needs any more, and removes old events. */
    void forgetOver() throws SQLException {
        SqlRunner.update(
                transaction.connection(),
                SqlTemplate.of(GIVE_UP)
                        .bind("now", transaction.now())
                        .bind("kind", transaction.context().kind().text())
                        .bind("late", transaction.now().minus(AFTER_DEADLINE))
                        .toFragment());
        SqlRunner.update(
                transaction.connection(),
                SqlTemplate.of(FORGET)
                        .bind("kind", transaction.context().kind().text())
                        .bind("old", transaction.now().minus(KEEP))
                        .bind("late", transaction.now().minus(AFTER_DEADLINE))
                        .toFragment());
        SqlRunner.update(
                transaction.connection(),
                SqlTemplate.of(DELETE)
                        .bind("kind", transaction.context().kind().text())
                        .bind("old", transaction.now().minus(KEEP))
                        .toFragment());
    }
}
