package dev.exeunt.internal.due;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.DueRequest;
import dev.exeunt.internal.request.RequestTable;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.request.RequestTransition;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
                WHERE subject_kind = ? AND kind <> 'export' AND state IN ('scheduled', 'erasing', 'blocked', 'held', 'failed')
                    AND due_at <= CAST(? AS timestamptz)
                    AND (state = ANY (?) AND coalesce(attempt_at <= CAST(? AS timestamptz), TRUE)
                        OR state = ANY (?) AND worker_until <= CAST(? AS timestamptz))
                ORDER BY due_at, id LIMIT CAST(? AS integer) FOR UPDATE SKIP LOCKED)
            UPDATE exeunt.request r
            SET state = 'erasing', erasing_since = coalesce(erasing_since, CAST(? AS timestamptz)), worker = ?,
                worker_until = CAST(? AS timestamptz), attempt_at = NULL, fence = fence + 1
            FROM exeunt_due WHERE r.id = exeunt_due.id
            RETURNING r.*, NOT EXISTS (
                SELECT FROM exeunt.request o WHERE o.subject = r.subject AND o.subject_kind = r.subject_kind AND o.id <> r.id AND o.kind <> 'export'
                    AND o.state IN ('scheduled', 'erasing', 'blocked', 'held', 'failed')) AS alone
            """;

    private static final String HOLD = """
            SELECT count(*) FROM (
                SELECT FROM exeunt.request r JOIN unnest(?::uuid[], ?::bigint[]) AS c(id, fence) USING (id, fence)
                WHERE r.state = 'erasing' AND r.worker = ? ORDER BY r.id FOR UPDATE OF r) AS held
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
     */
    public record RequestClaim(DueRequest due, long fence, boolean alone) {}

    public List<RequestClaim> claimDue(RequestTransaction desk, int most) throws SQLException {
        String now = desk.now().toString();
        SqlFragment take = SqlFragment.of(
                TAKE,
                desk.setting().kind().text(),
                now,
                RequestTable.from(RequestTransition.CLAIM),
                now,
                RequestTable.from(RequestTransition.TAKE_OVER),
                now,
                Integer.toString(most),
                now,
                worker,
                desk.now().plus(lease).toString());
        List<RequestClaim> claims = new ArrayList<>();
        try (PreparedStatement statement = take.prepare(desk.connection());
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                SubjectKey subject = new SubjectKey(
                        List.of((String[]) row.getArray("subject").getArray()));
                claims.add(new RequestClaim(
                        new DueRequest(RequestTable.read(row), subject),
                        row.getLong("fence"),
                        row.getBoolean("alone")));
            }
        }
        claims.sort(Comparator.comparing(c -> c.due().request().dueAt()));
        return claims;
    }

    /** Nobody takes them over until this transaction ends. */
    void lock(RequestTransaction desk, List<RequestClaim> claims) throws SQLException {
        SqlFragment hold = SqlFragment.of(
                HOLD,
                claims.stream().map(c -> c.due().request().id().toString()).toArray(String[]::new),
                claims.stream().map(c -> Long.toString(c.fence())).toArray(String[]::new),
                worker);
        try (PreparedStatement statement = hold.prepare(desk.connection());
                ResultSet row = statement.executeQuery()) {
            row.next();
            if (row.getInt(1) != claims.size()) {
                throw new RequestTable.RequestLostException();
            }
        }
    }

    /**
     * Holds why a claimed request is given back.
     *
     * @param again when it is tried again
     * @param failure table and constraint, never a value; null where nothing failed
     */
    record ClaimRelease(
            RequestTransition transition,
            Instant again,
            @Nullable String failure) {}

    /** Gives a claimed request back to all workers, and counts failures in a row. */
    void giveBack(RequestTransaction desk, RequestClaim claim, ClaimRelease release) throws SQLException {
        String failure = release.failure();
        SqlFragment back = SqlFragment.of(
                        "UPDATE exeunt.request SET state = ?, worker = NULL, worker_until = NULL,"
                                + " attempt_at = CAST(? AS timestamptz), attempts = "
                                + (failure == null ? "0" : "attempts + 1")
                                + ", failure = ",
                        release.transition().to().word(),
                        release.again().toString())
                .plus(failure == null ? SqlFragment.of("NULL") : SqlFragment.of("?", failure))
                .plus(SqlFragment.of(
                        " WHERE id = ?::uuid AND worker = ? AND fence = CAST(? AS bigint) AND state = ANY (?)",
                        claim.due().request().id().toString(),
                        worker,
                        Long.toString(claim.fence()),
                        RequestTable.from(release.transition())));
        try (PreparedStatement statement = back.prepare(desk.connection())) {
            if (statement.executeUpdate() != 1) {
                throw new RequestTable.RequestLostException();
            }
        }
    }
}
