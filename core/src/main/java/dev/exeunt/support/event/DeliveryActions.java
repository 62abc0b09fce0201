package dev.exeunt.support.event;

import dev.exeunt.internal.ledger.AuditEventType;
import dev.exeunt.internal.ledger.AuditLog.SystemAct;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.request.Actor;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Does what staff want done to systems and events, and records in the audit log who wanted it. In one transaction. */
final class DeliveryActions {

    private static final String RESEND = """
            UPDATE exeunt.delivery AS d
            SET state = 'waiting', attempt_at = :now, attempts = 0, failure = NULL, over_at = NULL
            FROM exeunt.outbox AS o
            WHERE o.id = d.event AND o.content IS NOT NULL AND o.subject_kind = :kind AND d.system = :system AND {which}
            """;

    private static final String PAUSE = """
            INSERT INTO exeunt.paused_system (system, paused_at, paused_by, reason) VALUES (:system, :now, :by, :reason)
            ON CONFLICT DO NOTHING
            """;

    private static final String RESUME = "DELETE FROM exeunt.paused_system WHERE system = :system";

    private static final String REQUEST = "SELECT request FROM exeunt.outbox WHERE id = :event AND request IS NOT NULL";

    private final RequestTransaction transaction;
    private final Actor staff;
    private final @Nullable String reason;

    /** @param staff {@link Actor#EXEUNT} where a command was given no name */
    DeliveryActions(RequestTransaction transaction, Actor staff, @Nullable String reason) {
        this.transaction = transaction;
        this.staff = staff;
        this.reason = reason;
    }

    boolean resend(UUID event, String system) throws SQLException {
        SqlFragment which = SqlTemplate.of("d.event = :event AND d.state <> 'waiting'")
                .bind("event", event)
                .toFragment();
        boolean sent = resend(system, which) > 0;
        if (sent) {
            record(AuditEventType.EVENTS_RESENT, new SystemAct(system, event, request(event), 1L));
        }
        return sent;
    }

    long resendFailed(String system) throws SQLException {
        long sent = resend(system, SqlFragment.of("d.state = 'failed'"));
        if (sent > 0) {
            record(AuditEventType.EVENTS_RESENT, new SystemAct(system, null, null, sent));
        }
        return sent;
    }

    private long resend(String system, SqlFragment which) throws SQLException {
        return SqlRunner.update(
                transaction.connection(),
                SqlTemplate.of(RESEND)
                        .bind("now", transaction.now())
                        .bind("kind", transaction.context().kind().text())
                        .bind("system", system)
                        .fragment("which", which)
                        .toFragment());
    }

    boolean pause(String system) throws SQLException {
        SqlFragment insert = SqlTemplate.of(PAUSE)
                .bind("system", system)
                .bind("now", transaction.now())
                .bind("by", staff.text())
                .bind("reason", reason)
                .toFragment();
        boolean paused = SqlRunner.update(transaction.connection(), insert) > 0;
        if (paused) {
            record(AuditEventType.SYSTEM_PAUSED, new SystemAct(system, null, null, null));
        }
        return paused;
    }

    boolean resume(String system) throws SQLException {
        SqlFragment delete = SqlTemplate.of(RESUME).bind("system", system).toFragment();
        boolean resumed = SqlRunner.update(transaction.connection(), delete) > 0;
        if (resumed) {
            record(AuditEventType.SYSTEM_RESUMED, new SystemAct(system, null, null, null));
        }
        return resumed;
    }

    boolean close(UUID event, String system, String why) throws SQLException {
        boolean closed = new DeliveryTable(transaction).close(event, system, staff.text(), why);
        if (closed) {
            record(AuditEventType.ANSWER_CLOSED, new SystemAct(system, event, request(event), null));
        }
        return closed;
    }

    private @Nullable UUID request(UUID event) throws SQLException {
        return SqlRunner.first(
                        transaction.connection(),
                        SqlTemplate.of(REQUEST).bind("event", event).toFragment(),
                        row -> row.getObject("request", UUID.class))
                .orElse(null);
    }

    private void record(AuditEventType type, SystemAct act) throws SQLException {
        transaction.events().appendSystemAct(type, transaction.now(), staff, reason, act);
    }
}
