package dev.exeunt.internal.due;

import dev.exeunt.internal.hold.HoldCondition;
import dev.exeunt.internal.ledger.AuditEventType;
import dev.exeunt.internal.map.LifecycleSettings.EventName;
import dev.exeunt.internal.map.LifecycleSettings.ExternalSystem;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.request.RequestRow;
import dev.exeunt.internal.request.RequestTable;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.Actor;
import dev.exeunt.request.Request;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Tells systems that an account is about to be erased, and says until when the erasure waits for them. Systems hear of a request when it is
 * due. If its flow has guards, systems hear of it after the guards have allowed the erasure: otherwise each look at a blocked request would
 * sign its person out.
 */
public final class ErasureAnnouncement {

    /** What others are claiming at this moment is passed over until a later run. */
    private static final String ANNOUNCE = """
            WITH exeunt_due AS (
                SELECT id FROM exeunt.request
                WHERE subject_kind = :kind AND kind = ANY (:first) AND state = ANY (:claimable) AND due_at <= :now
                    AND starting_at IS NULL AND withdrawn_at IS NULL AND coalesce(attempt_at <= :now, TRUE) AND NOT {held}
                ORDER BY due_at, id LIMIT :most FOR UPDATE SKIP LOCKED)
            UPDATE exeunt.request AS r SET starting_at = :now
            FROM exeunt_due WHERE r.id = exeunt_due.id
            RETURNING r.id, r.subject
            """;

    private static final String ANNOUNCE_ONE = "UPDATE exeunt.request SET starting_at = :now WHERE id = :id";

    /** A request may be claimed if no system has to be told, or each has taken the event or had its time. */
    private static final String TOLD = """
            (starting_at IS NULL AND kind <> ALL (:first) OR starting_at IS NOT NULL AND NOT EXISTS (
                SELECT FROM exeunt.outbox AS o JOIN exeunt.delivery AS d ON d.event = o.id
                JOIN ROWS FROM (
                    pg_catalog.unnest(:systems::pg_catalog.text[]), pg_catalog.unnest(:since::pg_catalog.timestamptz[]))
                    AS s(system, since) ON s.system = d.system
                WHERE o.request = exeunt.request.id AND o.name = :event AND o.at >= starting_at AND o.at > s.since
                    AND d.state = 'waiting'))
            """;

    private static final String LATE = """
            SELECT DISTINCT r.id FROM exeunt.request AS r
            JOIN exeunt.outbox AS o ON o.request = r.id AND o.name = :event AND o.at >= r.starting_at
            JOIN exeunt.delivery AS d ON d.event = o.id AND d.system = ANY (:systems) AND d.state <> 'delivered'
            WHERE r.id = ANY (:ids)
            """;

    private final LifecycleContext context;
    private final List<ExternalSystem> systems;

    public ErasureAnnouncement(LifecycleContext context) {
        this.context = context;
        this.systems = context.map().lifecycle().external().stream()
                .filter(s -> s.beforeErasure() != null)
                .toList();
    }

    /** Whether erasures of this flow wait for systems. When data alone is deleted, the person keeps the account. */
    boolean isNeeded(AccountFlow flow) {
        return !systems.isEmpty() && flow != AccountFlow.DELETE_DATA;
    }

    /** Tells systems about due requests without guards; returns how many. */
    int announceDue(RequestTransaction transaction, int most) throws SQLException {
        SqlFragment announce = SqlTemplate.of(ANNOUNCE)
                .bind("kind", context.kind().text())
                .bind("first", unguarded())
                .fragment("held", HoldCondition.holds(context, transaction.now(), "exeunt.request"))
                .bind("claimable", RequestTable.from(Request.Transition.CLAIM))
                .bind("now", transaction.now())
                .bind("most", most)
                .toFragment();
        record Announced(UUID request, SubjectKey subject) {}
        List<Announced> announced = SqlRunner.list(
                transaction.connection(),
                announce,
                row -> new Announced(row.getObject("id", UUID.class), RequestRow.subject(row)));
        write(
                transaction,
                announced.stream().map(Announced::request).toList(),
                announced.stream().map(Announced::subject).toList());
        return announced.size();
    }

    /** Tells systems about a request that its guards allow. It is not claimed any more, and its rows are as the request left them. */
    void announce(RequestTransaction transaction, UUID request, SubjectKey subject) throws SQLException {
        SqlRunner.update(
                transaction.connection(),
                SqlTemplate.of(ANNOUNCE_ONE)
                        .bind("now", transaction.now())
                        .bind("id", request)
                        .toFragment());
        write(transaction, List.of(request), List.of(subject));
    }

    private static void write(RequestTransaction transaction, List<UUID> requests, List<SubjectKey> people)
            throws SQLException {
        if (!requests.isEmpty()) {
            HiddenLocators.readWherePossible(transaction, people);
            transaction.events().append(AuditEventType.ERASURE_STARTING, transaction.now(), requests, Actor.EXEUNT);
        }
    }

    /** The condition that a request has not to wait for a system any more, or not yet. */
    SqlFragment told(Instant now) {
        return SqlTemplate.of(TOLD)
                .bind("first", unguarded())
                .bind("systems", names())
                .bind(
                        "since",
                        systems.stream()
                                .map(s -> now.minus(Objects.requireNonNull(s.beforeErasure())
                                                .longest())
                                        .toString())
                                .toArray(String[]::new))
                .bind("event", EventName.ERASURE_STARTING.type())
                .toFragment();
    }

    /** Records for which of these requests a system has not taken the event in time. */
    void recordLate(RequestTransaction transaction, List<UUID> requests) throws SQLException {
        if (systems.isEmpty() || requests.isEmpty()) {
            return;
        }
        SqlFragment late = SqlTemplate.of(LATE)
                .bind("event", EventName.ERASURE_STARTING.type())
                .bind("systems", names())
                .bind("ids", requests)
                .toFragment();
        List<UUID> ids = SqlRunner.list(transaction.connection(), late, row -> row.getObject("id", UUID.class));
        if (!ids.isEmpty()) {
            transaction.events().append(AuditEventType.ERASURE_NOT_AWAITED, transaction.now(), ids, Actor.EXEUNT);
            context.observer().erasuresNotAwaited(ids.size());
        }
    }

    private String[] names() {
        return systems.stream().map(s -> s.name().text()).toArray(String[]::new);
    }

    /** The flows about whose requests systems hear as soon as they are due. */
    private String[] unguarded() {
        return Stream.of(AccountFlow.values())
                .filter(this::isNeeded)
                .filter(flow -> context.flows().containsKey(flow)
                        && context.flow(flow).guards().isEmpty())
                .map(AccountFlow::word)
                .toArray(String[]::new);
    }
}
