package dev.exeunt.internal.request;

import dev.exeunt.ExeuntException;
import dev.exeunt.internal.map.SubjectKind;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.store.Migrations;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.Request;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads and writes the rows of exeunt.request, with a compare-and-set for each change of state. */
public final class RequestTable {

    private static final String INSERT = """
            INSERT INTO exeunt.request (kind, state, subject, subject_kind, requested_at, requested_by, reason,
                soft_deleted_at, login_blocked_until, due_at)
            VALUES (:kind, 'scheduled', :subject::text[], :subjectKind, :requestedAt, :requestedBy, :reason,
                :softDeletedAt, :loginBlockedUntil, :dueAt)
            RETURNING {columns}
            """;

    private static final String CANCELLATION = """
            INSERT INTO exeunt.cancellation (request, cancelled_at, cancelled_by, reason)
            VALUES (:request, :at, :by, :reason)
            """;

    private static final String SELECT = "SELECT {columns} FROM exeunt.request WHERE kind <> 'export' AND {which}";

    private static final String CHANGE = """
            UPDATE exeunt.request SET state = :to{stamps} WHERE id = :id AND state = ANY (:from) RETURNING {columns}
            """;

    private static final String RETRY = """
            UPDATE exeunt.request SET state = :to, attempts = 0, attempt_at = NULL, failure = NULL
            WHERE kind <> 'export' AND state = ANY (:from) AND {subject} RETURNING {columns}
            """;

    private static final String ERASED = """
            UPDATE exeunt.request SET state = :to, receipt = (SELECT :receipt::jsonb){stamps}
            WHERE id = ANY (:ids) AND state = ANY (:from)
            """;

    private final Connection connection;
    private final SubjectKind kind;

    /** @param kind of the subjects whose requests are read and written */
    public RequestTable(Connection connection, SubjectKind kind) {
        this.connection = connection;
        this.kind = kind;
    }

    /**
     * Holds the values of a request row to insert.
     *
     * @param reason the person's own words, which go when the person does
     */
    public record NewRequestRow(
            AccountFlow flow,
            SubjectKey subject,
            Instant at,
            String by,
            @Nullable String reason,
            @Nullable Instant softDeletedAt,
            @Nullable Instant loginBlockedUntil,
            Instant dueAt) {}

    public Request insert(NewRequestRow asked) throws SQLException {
        SqlFragment insert = SqlTemplate.of(INSERT)
                .bind("kind", asked.flow().word())
                .bind("subject", SubjectCondition.array(asked.subject()))
                .bind("subjectKind", kind.text())
                .bind("requestedAt", asked.at())
                .bind("requestedBy", asked.by())
                .bind("reason", asked.reason())
                .bind("softDeletedAt", asked.softDeletedAt())
                .bind("loginBlockedUntil", asked.loginBlockedUntil())
                .bind("dueAt", asked.dueAt())
                .fragment("columns", RequestRow.COLUMNS)
                .toFragment();
        return SqlRunner.one(connection, insert, RequestRow::read);
    }

    /** Finds the open requests of a person, the weakest flow first, and locks them against being claimed, cancelled or asked for again. */
    public List<Request> findOpenForUpdate(SubjectKey subject) throws SQLException {
        return byStrength(list(ofSubject(subject, "{subject} AND state IN {open} ORDER BY id FOR UPDATE")));
    }

    /** Finds the requests of a person to leave, the latest first: all that are open, and the latest hundred that are over. */
    public List<Request> findBySubject(SubjectKey subject) throws SQLException {
        List<Request> all = new ArrayList<>(findOpen(subject));
        all.addAll(
                list(ofSubject(subject, "{subject} AND state NOT IN {open} ORDER BY requested_at DESC, id LIMIT 100")));
        all.sort(Comparator.comparing(Request::requestedAt).reversed().thenComparing(Request::id));
        return all;
    }

    /** Finds the open requests of a person to leave, the latest first. */
    public List<Request> findOpen(SubjectKey subject) throws SQLException {
        return list(ofSubject(subject, "{subject} AND state IN {open} ORDER BY requested_at DESC, id"));
    }

    /** Finds open requests of these people that have moved rows out of their tables, the one first that hid last. */
    public List<DueRequest> findStashing(List<SubjectKey> people) throws SQLException {
        SqlFragment which = SqlTemplate.of("""
                        state IN {open} AND {subjects}
                        AND EXISTS (SELECT FROM exeunt.hidden AS h WHERE h.request = exeunt.request.id AND h.action = 'stash')""")
                .fragment("open", RequestRow.OPEN)
                .fragment("subjects", SubjectCondition.isOneOf(kind, people))
                .toFragment();
        SqlFragment select = SqlTemplate.of(SELECT)
                .fragment("columns", RequestRow.COLUMNS + ", subject")
                .fragment("which", which)
                .toFragment();
        return SqlRunner.list(connection, select, row -> new DueRequest(RequestRow.read(row), RequestRow.subject(row)))
                .stream()
                .sorted(Comparator.comparing(DueRequest::request, RequestHiding.ORDER.reversed()))
                .toList();
    }

    /** Returns the states of those of these requests that there are. */
    public Map<UUID, Request.State> states(List<UUID> ids) throws SQLException {
        SqlFragment select = SqlTemplate.of("SELECT id, state FROM exeunt.request WHERE id = ANY (:ids)")
                .bind("ids", ids)
                .toFragment();
        Map<UUID, Request.State> states = new HashMap<>();
        SqlRunner.forEach(
                connection,
                select,
                0,
                row -> states.put(
                        row.getObject("id", UUID.class),
                        Request.State.of(row.getString("state")).orElseThrow()));
        return states;
    }

    /** Returns those of these requests that are not over. */
    public List<Request> findOpen(List<UUID> ids) throws SQLException {
        return list(select(SqlTemplate.of("id = ANY (:ids) AND state IN {open} ORDER BY id")
                .bind("ids", ids)
                .fragment("open", RequestRow.OPEN)
                .toFragment()));
    }

    /** Says whether any of these people has an open request to leave. */
    public boolean anyOpen(List<SubjectKey> people) throws SQLException {
        return SqlRunner.exists(
                connection,
                select(SqlTemplate.of("state IN {open} AND {subjects} LIMIT 1")
                        .fragment("open", RequestRow.OPEN)
                        .fragment("subjects", SubjectCondition.isOneOf(kind, people))
                        .toFragment()));
    }

    /** Returns whose request or export it is; empty once the account is erased. */
    public Optional<SubjectKey> subject(UUID id) throws SQLException {
        return SqlRunner.first(
                connection,
                SqlTemplate.of("SELECT subject FROM exeunt.request WHERE id = :id AND subject IS NOT NULL")
                        .bind("id", id)
                        .toFragment(),
                RequestRow::subject);
    }

    public Optional<Request> find(UUID id) throws SQLException {
        SqlFragment which = SqlTemplate.of("id = :id").bind("id", id).toFragment();
        return SqlRunner.first(connection, select(which), RequestRow::read);
    }

    private SqlFragment ofSubject(SubjectKey subject, String which) {
        return select(SqlTemplate.of(which)
                .fragment("subject", SubjectCondition.is(kind, subject))
                .fragment("open", RequestRow.OPEN)
                .toFragment());
    }

    private static SqlFragment select(SqlFragment which) {
        return SqlTemplate.of(SELECT)
                .fragment("columns", RequestRow.COLUMNS)
                .fragment("which", which)
                .toFragment();
    }

    /**
     * Changes the state of a request.
     *
     * @return the request as it is now; empty where it was in no state that allows it, and nothing was changed
     */
    public Optional<Request> change(UUID id, Request.Transition transition, Instant now) throws SQLException {
        SqlFragment update = SqlTemplate.of(CHANGE)
                .bind("to", transition.to().word())
                .fragment("stamps", stamps(transition, now))
                .bind("id", id)
                .bind("from", from(transition))
                .fragment("columns", RequestRow.COLUMNS)
                .toFragment();
        return SqlRunner.first(connection, update, RequestRow::read);
    }

    /** Makes every failed request of a person due again, as if it had never been tried. */
    public List<Request> retry(SubjectKey subject) throws SQLException {
        return byStrength(list(SqlTemplate.of(RETRY)
                .bind("to", Request.Transition.RETRY.to().word())
                .bind("from", from(Request.Transition.RETRY))
                .fragment("subject", SubjectCondition.is(kind, subject))
                .fragment("columns", RequestRow.COLUMNS)
                .toFragment()));
    }

    /**
     * Says whether the tables are there at all: an erasure or an export by itself needs none.
     *
     * @throws ExeuntException where they are there, and not those this program knows
     */
    public static boolean inUse(Connection connection) throws SQLException {
        SqlFragment exists = SqlFragment.of("SELECT to_regclass('exeunt.request') IS NOT NULL");
        boolean there = SqlRunner.isTrue(connection, exists);
        if (there) {
            Migrations.require(connection);
        }
        return there;
    }

    public void recordCancellation(UUID id, Instant at, String by, @Nullable String reason) throws SQLException {
        SqlRunner.update(
                connection,
                SqlTemplate.of(CANCELLATION)
                        .bind("request", id)
                        .bind("at", at)
                        .bind("by", by)
                        .bind("reason", reason)
                        .toFragment());
    }

    /** Marks all of these requests as erased, or none: a worker that has lost one must not finish. */
    public void markErased(List<UUID> ids, Request.Transition transition, Instant now, String receipt)
            throws SQLException {
        SqlFragment update = SqlTemplate.of(ERASED)
                .bind("to", transition.to().word())
                .bind("receipt", receipt)
                .fragment("stamps", stamps(transition, now))
                .bind("ids", ids)
                .bind("from", from(transition))
                .toFragment();
        if (SqlRunner.update(connection, update) != ids.size()) {
            throw new RequestLostException();
        }
    }

    /** Thrown when another worker or call has changed the request meanwhile. */
    public static final class RequestLostException extends ExeuntException {
        private static final long serialVersionUID = 1L;

        public RequestLostException() {
            super("Nothing was erased: another worker has taken the request over.");
        }
    }

    public static String[] from(Request.Transition transition) {
        return transition.from().stream().map(Request.State::word).toArray(String[]::new);
    }

    /** What a change of state leaves behind besides the state. */
    private static SqlFragment stamps(Request.Transition transition, Instant now) {
        String stamps = switch (transition.to()) {
            case CANCELLED -> ", cancelled_at = :now";
            case REACTIVATED -> ", reactivated_at = :now";
            case ERASING -> ", erasing_since = :now";
            case ERASED -> ", erased_at = :now, reason = NULL, failure = NULL";
            case SCHEDULED, BLOCKED, FAILED -> null;
        };
        return stamps == null
                ? SqlFragment.EMPTY
                : SqlTemplate.of(stamps).bind("now", now).toFragment();
    }

    private static List<Request> byStrength(List<Request> requests) {
        return requests.stream().sorted(Comparator.comparing(Request::flow)).toList();
    }

    private List<Request> list(SqlFragment sql) throws SQLException {
        return SqlRunner.list(connection, sql, RequestRow::read);
    }
}
