package dev.exeunt.internal.ledger;

import dev.exeunt.internal.map.SubjectKind;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.request.Actor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes audit events in the transaction of the change that they record. */
public final class AuditLog {

    private final Connection connection;
    private final SubjectKind kind;

    /** @param kind of the subjects that the events are about */
    public AuditLog(Connection connection, SubjectKind kind) {
        this.connection = connection;
        this.kind = kind;
    }

    public boolean happened(AuditEventType name, UUID request) throws SQLException {
        SqlFragment select = SqlFragment.of(
                "SELECT FROM exeunt.event WHERE name = ? AND request = ?::uuid LIMIT 1",
                name.text(),
                request.toString());
        try (PreparedStatement statement = select.prepare(connection);
                ResultSet row = statement.executeQuery()) {
            return row.next();
        }
    }

    /** The same for each of these requests. */
    public void append(AuditEventType name, Instant at, List<UUID> requests, Actor actor) throws SQLException {
        String[] ids = requests.stream().map(UUID::toString).toArray(String[]::new);
        SqlFragment insert = SqlFragment.of(
                "INSERT INTO exeunt.event (name, at, request, actor, subject_kind) SELECT ?, CAST(? AS timestamptz), r, ?, ?"
                        + " FROM unnest(?::uuid[]) AS r",
                name.text(),
                at.toString(),
                actor.text(),
                kind.text(),
                ids);
        try (PreparedStatement statement = insert.prepare(connection)) {
            statement.executeUpdate();
        }
    }

    /**
     * A call of staff.
     *
     * @param call as {@code GET /admin/{subject}}; never with a key
     * @param person the person's keyed hash in hexadecimal; null where the call is about no person
     */
    public void called(Instant at, Actor staff, String call, @Nullable String person) throws SQLException {
        SqlFragment insert = SqlFragment.of(
                        """
                        INSERT INTO exeunt.event (name, at, actor, subject_kind, details) VALUES (?, CAST(? AS pg_catalog.timestamptz), ?, ?,
                            pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object('call', CAST(? AS pg_catalog.text), 'person', CAST(""", AuditEventType.STAFF_CALLED.text(), at.toString(), staff.text(), kind.text(), call)
                .plus(person == null ? SqlFragment.of("NULL") : SqlFragment.of("?", person))
                .plus(" AS pg_catalog.text))))");
        try (PreparedStatement statement = insert.prepare(connection)) {
            statement.executeUpdate();
        }
    }

    /**
     * Holds one audit event of a request.
     *
     * @param reason the staff's; what a person gives as theirs belongs to the request and goes with them
     */
    public record AuditEvent(
            AuditEventType name,
            Instant at,
            UUID request,
            Actor actor,
            @Nullable String reason) {}

    public void append(AuditEvent event) throws SQLException {
        String reason = event.reason();
        SqlFragment insert = SqlFragment.of(
                        "INSERT INTO exeunt.event (name, at, request, actor, subject_kind, reason) VALUES (?, CAST(? AS timestamptz),"
                                + " ?::uuid, ?, ?, ",
                        event.name().text(),
                        event.at().toString(),
                        event.request().toString(),
                        event.actor().text(),
                        kind.text())
                .plus(reason == null ? SqlFragment.of("NULL)") : SqlFragment.of("?)", reason));
        try (PreparedStatement statement = insert.prepare(connection)) {
            statement.executeUpdate();
        }
    }
}
