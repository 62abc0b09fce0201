package dev.exeunt.internal.ledger;

import dev.exeunt.internal.map.SubjectKind;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.request.Actor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes audit events in the transaction of the change that they record. */
public final class AuditLog {

    private final Connection connection;
    private final SubjectKind kind;
    private final AuditListener listener;

    /** Hears of the audit events of requests, in the transaction that writes them. */
    public interface AuditListener {
        void appended(AuditEventType type, Instant at, List<UUID> requests, Actor actor) throws SQLException;
    }

    /**
     * @param kind of the subjects that the events are about
     * @param listener told of each event of a request after it was written
     */
    public AuditLog(Connection connection, SubjectKind kind, AuditListener listener) {
        this.connection = connection;
        this.kind = kind;
        this.listener = listener;
    }

    public boolean happened(AuditEventType name, UUID request) throws SQLException {
        SqlFragment select = SqlTemplate.of(
                        "SELECT FROM exeunt.event WHERE name = :name AND request = :request LIMIT 1")
                .bind("name", name.text())
                .bind("request", request)
                .toFragment();
        return SqlRunner.exists(connection, select);
    }

    /** The same for each of these requests. */
    public void append(AuditEventType name, Instant at, List<UUID> requests, Actor actor) throws SQLException {
        SqlFragment insert = SqlTemplate.of("""
                        INSERT INTO exeunt.event (name, at, request, actor, subject_kind)
                        SELECT :name, :at, r, :actor, :kind FROM unnest(:requests) AS r""")
                .bind("name", name.text())
                .bind("at", at)
                .bind("actor", actor.text())
                .bind("kind", kind.text())
                .bind("requests", requests)
                .toFragment();
        SqlRunner.update(connection, insert);
        listener.appended(name, at, requests, actor);
    }

    /**
     * A call of staff.
     *
     * @param call as {@code GET /admin/{subject}}; never with a key
     * @param person the person's keyed hash in hexadecimal; null where the call is about no person
     */
    public void appendStaffCall(Instant at, Actor staff, String call, @Nullable String person) throws SQLException {
        SqlFragment insert = SqlTemplate.of("""
                        INSERT INTO exeunt.event (name, at, actor, subject_kind, details)
                        VALUES (:name, :at, :actor, :kind, pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(
                            'call', CAST(:call AS pg_catalog.text), 'person', CAST(:person AS pg_catalog.text))))""")
                .bind("name", AuditEventType.STAFF_CALLED.text())
                .bind("at", at)
                .bind("actor", staff.text())
                .bind("kind", kind.text())
                .bind("call", call)
                .bind("person", person)
                .toFragment();
        SqlRunner.update(connection, insert);
    }

    /**
     * Names what staff did something to.
     *
     * @param system as the map names it
     * @param event null where it was about no single event
     * @param request of that event; null where it has none
     * @param events how many events were sent again; null where none was
     */
    public record SystemAct(
            String system,
            @Nullable UUID event,
            @Nullable UUID request,
            @Nullable Long events) {}

    /**
     * Writes what was done to an external system, or to an event that it gets.
     *
     * @param actor {@link Actor#EXEUNT} where a command was given no name
     */
    public void appendSystemAct(AuditEventType name, Instant at, Actor actor, @Nullable String reason, SystemAct act)
            throws SQLException {
        SqlFragment insert = SqlTemplate.of("""
                        INSERT INTO exeunt.event (name, at, actor, subject_kind, reason, details)
                        VALUES (:name, :at, :actor, :kind, :reason,
                            pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(
                                'system', CAST(:system AS pg_catalog.text), 'event', CAST(:event AS pg_catalog.uuid),
                                'request', CAST(:request AS pg_catalog.uuid), 'events', CAST(:events AS pg_catalog.int8))))""")
                .bind("name", name.text())
                .bind("at", at)
                .bind("actor", actor.text())
                .bind("kind", kind.text())
                .bind("reason", reason)
                .bind("system", act.system())
                .bind("event", act.event())
                .bind("request", act.request())
                .bind("events", act.events() == null ? null : Long.toString(act.events()))
                .toFragment();
        SqlRunner.update(connection, insert);
    }

    /** Writes what staff did to a legal hold. The reason stands in the hold alone, since it may say who the person is. */
    public void appendHoldAct(AuditEventType name, Instant at, Actor staff, UUID hold) throws SQLException {
        SqlFragment insert = SqlTemplate.of("""
                        INSERT INTO exeunt.event (name, at, actor, subject_kind, details)
                        VALUES (:name, :at, :actor, :kind, pg_catalog.jsonb_build_object('hold', :hold))""")
                .bind("name", name.text())
                .bind("at", at)
                .bind("actor", staff.text())
                .bind("kind", kind.text())
                .bind("hold", hold)
                .toFragment();
        SqlRunner.update(connection, insert);
    }

    /**
     * Writes an event of a request that is over.
     *
     * @param details as JSON, without anything that tells who the person is
     */
    public void appendDetails(AuditEventType name, Instant at, UUID request, String details) throws SQLException {
        SqlFragment insert = SqlTemplate.of("""
                        INSERT INTO exeunt.event (name, at, request, actor, subject_kind, details)
                        VALUES (:name, :at, :request, :actor, :kind, CAST(:details AS pg_catalog.jsonb))""")
                .bind("name", name.text())
                .bind("at", at)
                .bind("request", request)
                .bind("actor", Actor.EXEUNT.text())
                .bind("kind", kind.text())
                .bind("details", details)
                .toFragment();
        SqlRunner.update(connection, insert);
    }

    /**
     * Writes that kept rows of erasures were deleted, one event for each erasure.
     *
     * @param receipts the sweep's receipt as JSON, by the number of the erasure's receipt
     */
    public void appendSweeps(Instant at, Map<UUID, String> receipts) throws SQLException {
        SqlFragment insert = SqlTemplate.of("""
                        INSERT INTO exeunt.event (name, at, actor, subject_kind, details)
                        SELECT :name, :at, :actor, :kind, d::pg_catalog.jsonb FROM unnest(:receipts::pg_catalog.text[]) AS d""")
                .bind("name", AuditEventType.KEPT_ROWS_DELETED.text())
                .bind("at", at)
                .bind("actor", Actor.EXEUNT.text())
                .bind("kind", kind.text())
                .bind("receipts", receipts.values().toArray(String[]::new))
                .toFragment();
        SqlRunner.update(connection, insert);
    }

    /**
     * Holds one audit event of a request.
     *
     * @param reason the staff's, without key and identifiers of the person
     */
    public record AuditEvent(
            AuditEventType name,
            Instant at,
            UUID request,
            Actor actor,
            @Nullable String reason) {}

    public void append(AuditEvent event) throws SQLException {
        SqlFragment insert = SqlTemplate.of("""
                        INSERT INTO exeunt.event (name, at, request, actor, subject_kind, reason)
                        VALUES (:name, :at, :request, :actor, :kind, :reason)""")
                .bind("name", event.name().text())
                .bind("at", event.at())
                .bind("request", event.request())
                .bind("actor", event.actor().text())
                .bind("kind", kind.text())
                .bind("reason", event.reason())
                .toFragment();
        SqlRunner.update(connection, insert);
        listener.appended(event.name(), event.at(), List.of(event.request()), event.actor());
    }
}
