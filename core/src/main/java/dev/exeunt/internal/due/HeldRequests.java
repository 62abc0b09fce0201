package dev.exeunt.internal.due;

import dev.exeunt.internal.hold.EndedHolds;
import dev.exeunt.internal.hold.HoldCondition;
import dev.exeunt.internal.ledger.AuditEventType;
import dev.exeunt.internal.ledger.OldReasons;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.request.RequestRow;
import dev.exeunt.internal.request.RequestTable;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.internal.transaction.ReusableConnection;
import dev.exeunt.request.Actor;
import dev.exeunt.request.Request;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * Marks due requests that a legal hold keeps from being carried out, and takes the mark away once the hold is over. The mark is for staff:
 * whether a request is claimed depends on the holds alone.
 */
final class HeldRequests {

    private static final int BATCH = 200;

    private static final String MARK = """
            WITH exeunt_due AS (
                SELECT q.id FROM exeunt.request AS q
                WHERE q.subject_kind = :kind AND q.kind <> 'export' AND q.state = ANY (:claimable) AND q.due_at <= :now
                    AND q.withdrawn_at IS NULL AND q.held_at IS NULL AND {held}
                ORDER BY q.due_at, q.id LIMIT :most FOR UPDATE SKIP LOCKED)
            UPDATE exeunt.request AS r SET held_at = :now, starting_at = NULL
            FROM exeunt_due WHERE r.id = exeunt_due.id
            RETURNING r.id, r.subject
            """;

    private static final String UNMARK = """
            WITH exeunt_free AS (
                SELECT q.id FROM exeunt.request AS q
                WHERE q.subject_kind = :kind AND q.held_at IS NOT NULL AND q.state = ANY (:claimable) AND NOT {held}
                ORDER BY q.id LIMIT :most FOR UPDATE SKIP LOCKED)
            UPDATE exeunt.request AS r SET held_at = NULL
            FROM exeunt_free WHERE r.id = exeunt_free.id
            RETURNING r.id, r.subject
            """;

    private static final String COUNT = """
            SELECT count(*) FROM exeunt.request
            WHERE subject_kind = :kind AND held_at IS NOT NULL AND state = ANY (:claimable)
            """;

    private final LifecycleContext context;
    private final ReusableConnection session;

    HeldRequests(LifecycleContext context, ReusableConnection session) {
        this.context = context;
        this.session = session;
    }

    private record MarkedRequest(UUID request, SubjectKey subject) {}

    /** Returns how many due requests are under a hold now. */
    int update() {
        int changed = BATCH;
        while (changed == BATCH && !Thread.currentThread().isInterrupted()) {
            changed = RequestTransaction.runAndCommit(
                    context, session, "looking for legal holds", HeldRequests::updateBatch);
        }
        return RequestTransaction.runAndCommit(context, session, "counting held requests", transaction -> {
            EndedHolds.delete(transaction);
            OldReasons.remove(transaction.connection(), context.kind(), transaction.now());
            return (int) SqlRunner.count(
                    transaction.connection(),
                    SqlTemplate.of(COUNT)
                            .bind("kind", context.kind().text())
                            .bind("claimable", RequestTable.from(Request.Transition.CLAIM))
                            .toFragment());
        });
    }

    private static int updateBatch(RequestTransaction transaction) throws SQLException {
        List<MarkedRequest> held = change(transaction, MARK);
        List<MarkedRequest> free = change(transaction, UNMARK);
        HiddenLocators.readWherePossible(
                transaction, held.stream().map(MarkedRequest::subject).toList());
        append(transaction, AuditEventType.ERASURE_HELD, held);
        append(transaction, AuditEventType.ERASURE_RESUMED, free);
        return Math.max(held.size(), free.size());
    }

    private static void append(RequestTransaction transaction, AuditEventType type, List<MarkedRequest> requests)
            throws SQLException {
        if (!requests.isEmpty()) {
            List<UUID> ids = requests.stream().map(MarkedRequest::request).toList();
            transaction.events().append(type, transaction.now(), ids, Actor.EXEUNT);
        }
    }

    private static List<MarkedRequest> change(RequestTransaction transaction, String statement) throws SQLException {
        SqlTemplate change = SqlTemplate.of(statement)
                .bind("kind", transaction.context().kind().text())
                .bind("claimable", RequestTable.from(Request.Transition.CLAIM))
                .fragment("held", HoldCondition.holds(transaction.context(), transaction.now(), "q"))
                .bind("most", BATCH);
        SqlFragment filled =
                statement.equals(MARK) ? change.bind("now", transaction.now()).toFragment() : change.toFragment();
        return SqlRunner.list(
                transaction.connection(),
                filled,
                row -> new MarkedRequest(row.getObject("id", UUID.class), RequestRow.subject(row)));
    }
}
