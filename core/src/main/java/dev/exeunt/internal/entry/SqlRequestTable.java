package dev.exeunt.internal.entry;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.RequestRow;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.request.RequestPreview;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Reads and ends the rows of exeunt.sql_request: what people asked for through the functions in SQL. */
public final class SqlRequestTable {

    private static final int MOST = 100;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    private static final Duration REFUSAL_STAYS = Duration.ofDays(30);

    private static final String WAITING = """
            SELECT id, kind, subject, reason, typed, acknowledged, attempts FROM exeunt.sql_request
            WHERE state = 'waiting' AND subject_kind = :subjectKind AND (kind = 'export') = :exports
                AND coalesce(attempt_at <= :now, TRUE)
            ORDER BY requested_at, id LIMIT :most
            """;

    private static final String WITHDRAWN = """
            SELECT id, subject FROM exeunt.request
            WHERE withdrawn_at IS NOT NULL AND state IN ('scheduled', 'blocked', 'failed') AND kind <> 'export'
                AND subject_kind = :subjectKind
            ORDER BY withdrawn_at, id LIMIT :most
            """;

    private static final String REFUSE = """
            UPDATE exeunt.sql_request
            SET state = 'refused', refused_at = :now, refusal = :refusal, message = :message, obstacles = CAST(:obstacles AS jsonb),
                reason = NULL, typed = NULL, acknowledged = NULL
            WHERE id = :id AND state = 'waiting'
            """;

    private static final String PUT_OFF = """
            UPDATE exeunt.sql_request SET attempts = attempts + 1, attempt_at = :again WHERE id = :id AND state = 'waiting'
            """;

    private final RequestTransaction transaction;

    public SqlRequestTable(RequestTransaction transaction) {
        this.transaction = transaction;
    }

    /**
     * Holds what a person asked for in SQL.
     *
     * @param kind a flow's word, or {@code export}
     * @param attempts that failed, one after the other
     */
    public record SqlRequest(
            UUID id,
            String kind,
            SubjectKey subject,
            @Nullable String reason,
            @Nullable String typed,
            @Nullable String acknowledged,
            int attempts) {

        /** Without key, reason and identifier. */
        @Override
        public String toString() {
            return "SqlRequest[" + kind + "]";
        }
    }

    /** Holds a request that its person took back in SQL. */
    public record WithdrawnRequest(UUID id, SubjectKey subject) {}

    /**
     * Holds why a request is refused.
     *
     * @param word the reason, as {@code guarded}
     * @param message for the person
     */
    public record SqlRefusal(String word, String message, List<RequestPreview.Obstacle> obstacles) {
        public SqlRefusal {
            obstacles = List.copyOf(obstacles);
        }
    }

    /** Finds what waits for a worker, the oldest first. */
    public List<SqlRequest> findWaiting(boolean exports) throws SQLException {
        SqlFragment select = SqlTemplate.of(WAITING)
                .bind("subjectKind", transaction.context().kind().text())
                .bind("exports", exports)
                .bind("now", transaction.now())
                .bind("most", MOST)
                .toFragment();
        return SqlRunner.list(
                transaction.connection(),
                select,
                row -> new SqlRequest(
                        row.getObject("id", UUID.class),
                        row.getString("kind"),
                        RequestRow.subject(row),
                        row.getString("reason"),
                        row.getString("typed"),
                        row.getString("acknowledged"),
                        row.getInt("attempts")));
    }

    /** Finds the requests that people took back in SQL and that are not ended yet. */
    public List<WithdrawnRequest> findWithdrawn() throws SQLException {
        SqlFragment select = SqlTemplate.of(WITHDRAWN)
                .bind("subjectKind", transaction.context().kind().text())
                .bind("most", MOST)
                .toFragment();
        return SqlRunner.list(
                transaction.connection(),
                select,
                row -> new WithdrawnRequest(row.getObject("id", UUID.class), RequestRow.subject(row)));
    }

    /**
     * Takes a request off the list. The person's row must be locked, as every function in SQL locks it first.
     *
     * @return false where another worker did, or the person took it back
     */
    public boolean take(UUID id) throws SQLException {
        SqlFragment delete = SqlTemplate.of("DELETE FROM exeunt.sql_request WHERE id = :id AND state = 'waiting'")
                .bind("id", id)
                .toFragment();
        return SqlRunner.update(transaction.connection(), delete) == 1;
    }

    /** Writes down that a request is refused, and forgets what the person typed. */
    public void refuse(UUID id, SqlRefusal refusal) throws SQLException {
        SqlFragment update = SqlTemplate.of(REFUSE)
                .bind("now", transaction.now())
                .bind("refusal", refusal.word())
                .bind("message", refusal.message())
                .bind("obstacles", json(refusal.obstacles()))
                .bind("id", id)
                .toFragment();
        SqlRunner.update(transaction.connection(), update);
    }

    private static String json(List<RequestPreview.Obstacle> obstacles) {
        return JsonMapper.shared()
                .writeValueAsString(
                        obstacles.stream().map(SqlRequestTable::entry).toList());
    }

    private static Map<String, @Nullable Object> entry(RequestPreview.Obstacle obstacle) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("guard", obstacle.guard());
        entry.put("message", obstacle.message());
        entry.put("link", obstacle.link());
        return entry;
    }

    /** Puts a request off that failed, longer each time, and at most an hour. */
    public void putOff(SqlRequest request) throws SQLException {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(request.attempts(), 6));
        SqlFragment update = SqlTemplate.of(PUT_OFF)
                .bind("again", transaction.now().plus(pause))
                .bind("id", request.id())
                .toFragment();
        SqlRunner.update(transaction.connection(), update);
    }

    /** Removes refusals that people could read for 30 days. */
    public void removeOldRefusals() throws SQLException {
        SqlFragment delete = SqlTemplate.of(
                        "DELETE FROM exeunt.sql_request WHERE state = 'refused' AND refused_at <= :until")
                .bind("until", transaction.now().minus(REFUSAL_STAYS))
                .toFragment();
        SqlRunner.update(transaction.connection(), delete);
    }
}
