package dev.exeunt.internal.request;

import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.Request;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Reads a request from a row of exeunt.request. */
public final class RequestRow {

    /** Whether the receipt counts rows that were left since another present person holds a value of theirs. */
    static final String INCOMPLETE = """
            EXISTS (SELECT FROM jsonb_path_query(receipt, '$.tables[*].roles[*].shared') AS s WHERE s::text <> '0')
            AS incomplete""";

    /** The state as staff see it: {@code held} where a legal hold keeps a due request from being carried out. */
    static final String STAFF_STATE =
            "CASE WHEN held_at IS NOT NULL AND state IN ('scheduled', 'blocked') THEN 'held' ELSE state END";

    /** The columns that {@link #read} reads. */
    public static final String COLUMNS = """
            id, kind, state, requested_at, requested_by, soft_deleted_at, login_blocked_until, due_at, cancelled_at,
            reactivated_at, erased_at, attempts, failure, """ + INCOMPLETE;

    /** The states of a request that is not over, as a list of SQL. */
    public static final String OPEN = states(Request.State::isOpen);

    /** The states of a request that was taken back, as a list of SQL. */
    public static final String WITHDRAWN = states(Request.State::isWithdrawn);

    private RequestRow() {}

    private static String states(Predicate<Request.State> which) {
        return Arrays.stream(Request.State.values())
                .filter(which)
                .map(s -> "'" + s.word() + "'")
                .collect(Collectors.joining(", ", "(", ")"));
    }

    public static Request read(ResultSet row) throws SQLException {
        return new Request(
                row.getObject("id", UUID.class),
                AccountFlow.of(row.getString("kind")).orElseThrow(),
                Request.State.of(row.getString("state")).orElseThrow(),
                required(row, "requested_at"),
                row.getString("requested_by"),
                SqlRunner.moment(row, "soft_deleted_at"),
                SqlRunner.moment(row, "login_blocked_until"),
                required(row, "due_at"),
                SqlRunner.moment(row, "cancelled_at"),
                SqlRunner.moment(row, "reactivated_at"),
                SqlRunner.moment(row, "erased_at"),
                row.getInt("attempts"),
                row.getString("failure"),
                row.getBoolean("incomplete"));
    }

    /** Reads the key in the column {@code subject}, which must not be NULL. */
    public static SubjectKey subject(ResultSet row) throws SQLException {
        return new SubjectKey(SqlRunner.texts(row, "subject"));
    }

    private static Instant required(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
