package dev.exeunt.internal.due;

import dev.exeunt.internal.hold.HoldCondition;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.request.DueRequest;
import dev.exeunt.internal.request.RequestRow;
import dev.exeunt.internal.request.RequestTable;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.request.Request;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Claims due requests for a worker until its lease ends. A claim's number tells it from every later one of the same
 * request.
 */
public final class RequestClaims {

    /** An index finds what is due; what others are claiming at this moment is passed over. */
    private static final String TAKE = """
            WITH exeunt_due AS (
                SELECT id FROM exeunt.request
                WHERE subject_kind = :kind AND kind <> 'export' AND state IN ('scheduled', 'erasing', 'blocked', 'failed')
                    {only} AND due_at <= :now AND (withdrawn_at IS NULL OR state = 'erasing')
                    AND (state = ANY (:claimable) AND coalesce(attempt_at <= :now, TRUE) AND {told} AND NOT {held}
                        OR state = ANY (:abandoned) AND worker_until <= :now)
                ORDER BY due_at, id LIMIT :most FOR UPDATE SKIP LOCKED)
            UPDATE exeunt.request r
            SET state = 'erasing', erasing_since = coalesce(erasing_since, :now), worker = :worker, worker_until = :until,
                attempt_at = NULL, held_at = NULL, fence = fence + 1
            FROM exeunt_due WHERE r.id = exeunt_due.id
            RETURNING r.*, FALSE AS incomplete, NOT EXISTS (
                SELECT FROM exeunt.request o
                WHERE o.subject = r.subject AND o.subject_kind = r.subject_kind AND o.id <> r.id AND o.kind <> 'export'
                    AND o.state IN ('scheduled', 'erasing', 'blocked', 'failed')) AS alone
            """;

    private static final String HOLD = """
            SELECT count(*) FROM (
                SELECT FROM exeunt.request r JOIN unnest(:ids, :fences::bigint[]) AS c(id, fence) USING (id, fence)
                WHERE r.state = 'erasing' AND r.worker = :worker ORDER BY r.id FOR UPDATE OF r) AS held
            """;

    private static final String GIVE_BACK = """
            UPDATE exeunt.request
            SET state = :to, worker = NULL, worker_until = NULL, attempt_at = :again, attempts = {attempts},
                failure = coalesce(:failure, {earlier}), starting_at = NULL
            WHERE id = :id AND worker = :worker AND fence = :fence AND state = ANY (:from)
            """;

    private final String worker;
    private final Duration lease;

    public RequestClaims(String worker, Duration lease) {
        this.worker = worker;
        this.lease = lease;
    }

    /**
     * Holds a claimed request with its fencing number.
     *
     * @param alone whether the person has asked for nothing else that is open
     * @param announced whether systems were told that the erasure starts
     */
    public record RequestClaim(DueRequest due, long fence, boolean alone, boolean announced) {}

    /**
     * Claims what is due, is under no legal hold and has not to wait for another system.
     *
     * @param only the requests that are wanted; null for all
     */
    public List<RequestClaim> claimDue(RequestTransaction transaction, @Nullable List<UUID> only, int most)
            throws SQLException {
        ErasureAnnouncement announcement = new ErasureAnnouncement(transaction.context());
        SqlFragment take = SqlTemplate.of(TAKE)
                .fragment("told", announcement.told(transaction.now()))
                .fragment("held", HoldCondition.holds(transaction.context(), transaction.now(), "exeunt.request"))
                .bind("kind", transaction.context().kind().text())
                .fragment(
                        "only",
                        only == null
                                ? SqlFragment.EMPTY
                                : SqlTemplate.of("AND id = ANY (:only)")
                                        .bind("only", only)
                                        .toFragment())
                .bind("now", transaction.now())
                .bind("claimable", RequestTable.from(Request.Transition.CLAIM))
                .bind("abandoned", RequestTable.from(Request.Transition.TAKE_OVER))
                .bind("most", most)
                .bind("worker", worker)
                .bind("until", transaction.now().plus(lease))
                .toFragment();
        List<RequestClaim> claims = SqlRunner.list(transaction.connection(), take, RequestClaims::claim);
        claims.sort(Comparator.comparing(c -> c.due().request().dueAt()));
        announcement.recordLate(
                transaction, claims.stream().map(c -> c.due().request().id()).toList());
        return claims;
    }

    private static RequestClaim claim(ResultSet row) throws SQLException {
        DueRequest due = new DueRequest(RequestRow.read(row), RequestRow.subject(row));
        return new RequestClaim(
                due, row.getLong("fence"), row.getBoolean("alone"), SqlRunner.moment(row, "starting_at") != null);
    }

    /** Locks the claims, so that no other worker takes them over until this transaction ends. */
    void lock(RequestTransaction transaction, List<RequestClaim> claims) throws SQLException {
        SqlFragment hold = SqlTemplate.of(HOLD)
                .bind("ids", claims.stream().map(c -> c.due().request().id()).toList())
                .bind(
                        "fences",
                        claims.stream().map(c -> Long.toString(c.fence())).toArray(String[]::new))
                .bind("worker", worker)
                .toFragment();
        if (SqlRunner.count(transaction.connection(), hold) != claims.size()) {
            throw new RequestTable.RequestLostException();
        }
    }

    /**
     * Holds why a claimed request is given back.
     *
     * @param again when it is tried again
     * @param failure table and constraint, never a value; null where nothing failed
     */
    record ClaimRelease(
            Request.Transition transition,
            Instant again,
            @Nullable String failure) {

        boolean isBlocked() {
            return transition == Request.Transition.BLOCK;
        }

        /** A guard ends a row of failures; a request that waits for systems to be told keeps it. */
        String attempts() {
            String waiting = isBlocked() ? "0" : "attempts";
            return failure == null ? waiting : "attempts + 1";
        }
    }

    /**
     * Gives a claimed request back to all workers, and counts failures in a row. Systems that have to act before the erasure are told anew
     * before the next attempt.
     */
    void giveBack(RequestTransaction transaction, RequestClaim claim, ClaimRelease release) throws SQLException {
        SqlFragment back = SqlTemplate.of(GIVE_BACK)
                .bind("to", release.transition().to().word())
                .bind("again", release.again())
                .fragment("attempts", release.attempts())
                .fragment("earlier", release.isBlocked() ? "NULL" : "failure")
                .bind("failure", release.failure())
                .bind("id", claim.due().request().id())
                .bind("worker", worker)
                .bind("fence", claim.fence())
                .bind("from", RequestTable.from(release.transition()))
                .toFragment();
        if (SqlRunner.update(transaction.connection(), back) != 1) {
            throw new RequestTable.RequestLostException();
        }
    }
}
