package dev.exeunt.internal.replay;

import dev.exeunt.internal.hide.HiddenRows;
import dev.exeunt.internal.ledger.chain.LedgerEntry.RequestFacts;
import dev.exeunt.internal.plan.FlowPlan;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.replay.LostHistory.LostCase;
import dev.exeunt.internal.request.RequestHiding;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.internal.request.SubjectCondition;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.Actor;
import dev.exeunt.request.Request;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Makes requests again that a restored database lost, with their numbers and moments. */
final class RestoredRequests {

    private static final String INSERT = """
            INSERT INTO exeunt.request (id, kind, state, subject, subject_kind, requested_at, requested_by, soft_deleted_at,
                login_blocked_until, due_at)
            VALUES (:id, :kind, 'scheduled', :subject::pg_catalog.text[], :subjectKind, :requestedAt, :requestedBy, :hiddenAt,
                :blockedUntil, :dueAt)
            ON CONFLICT DO NOTHING
            """;

    /**
     * A worker that held it lost its claim with the restored database. One that had failed was tried again before it was erased. Systems that
     * have to be told before an erasure were told before the first one.
     */
    private static final String MAKE_CLAIMABLE = """
            UPDATE exeunt.request
            SET state = CASE state WHEN 'failed' THEN 'scheduled' ELSE state END, attempts = 0, failure = NULL, attempt_at = NULL,
                worker_until = CASE state WHEN 'erasing' THEN :now END, starting_at = :now
            WHERE id = ANY (:ids) AND state IN ('scheduled', 'erasing', 'blocked', 'failed')
            """;

    private static final String END_CLAIM = """
            UPDATE exeunt.request SET state = 'scheduled', worker = NULL, worker_until = NULL WHERE id = :id AND state = 'erasing'
            """;

    static final Actor STAFF = Actor.staff("before the restore");

    private final RequestTransaction transaction;

    RestoredRequests(RequestTransaction transaction) {
        this.transaction = transaction;
    }

    /**
     * Makes the request where it is not there, and hides the person's rows as it did, unless all of them are erased next.
     *
     * @return its number, or that of an open request of the person to the same flow; empty where the map no longer offers the flow
     */
    Optional<UUID> restore(LostCase lost, SubjectKey person) throws SQLException {
        Optional<Request> there = transaction.requests().find(lost.number());
        RequestFacts facts = lost.facts();
        if (there.isPresent() || facts == null) {
            return there.map(Request::id);
        }
        FlowPlan flow = transaction.context().flow(facts.flow());
        boolean hides = facts.hiddenAt() != null && !(lost.isErased() && facts.flow() != AccountFlow.DELETE_DATA);
        if (hides) {
            transaction.lock(person);
        }
        if (SqlRunner.update(transaction.connection(), insert(lost, facts, person)) == 1) {
            Request request = transaction.requests().find(lost.number()).orElseThrow();
            if (hides) {
                hide(flow, request, person);
            }
            return Optional.of(request.id());
        }
        return transaction.requests().findOpen(person).stream()
                .filter(r -> r.flow() == facts.flow())
                .map(Request::id)
                .findFirst();
    }

    /** What came since a request to delete data, even since the restore, is the person's new start and stays in sight. */
    private void hide(FlowPlan flow, Request request, SubjectKey person) throws SQLException {
        Plan all = flow.hiding();
        if (all != null) {
            Plan plan = request.flow() == AccountFlow.DELETE_DATA
                    ? HiddenRows.limitToOlderRows(all, request.requestedAt())
                    : all;
            RequestHiding.hider(transaction, plan, request).hide(person);
        }
    }

    private SqlFragment insert(LostCase lost, RequestFacts facts, SubjectKey person) {
        return SqlTemplate.of(INSERT)
                .bind("id", lost.number())
                .bind("kind", facts.flow().word())
                .bind("subject", SubjectCondition.array(person))
                .bind("subjectKind", transaction.context().kind().text())
                .bind("requestedAt", facts.requestedAt())
                .bind("requestedBy", (facts.staff() ? STAFF : Actor.SELF).text())
                .bind("hiddenAt", facts.hiddenAt())
                .bind("blockedUntil", facts.blockedUntil())
                .bind("dueAt", facts.dueAt())
                .toFragment();
    }

    /** Ends the claim of a worker that held the request when the backup was made. */
    void endClaim(UUID request) throws SQLException {
        SqlRunner.update(
                transaction.connection(),
                SqlTemplate.of(END_CLAIM).bind("id", request).toFragment());
    }

    /** Lets the next reaper claim them at once. */
    void makeClaimable(List<UUID> requests) throws SQLException {
        SqlRunner.update(
                transaction.connection(),
                SqlTemplate.of(MAKE_CLAIMABLE)
                        .bind("ids", requests)
                        .bind("now", transaction.now())
                        .toFragment());
    }
}
