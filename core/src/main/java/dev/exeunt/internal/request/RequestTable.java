package dev.exeunt.internal.request;

import dev.exeunt.ExeuntException;
import dev.exeunt.internal.map.SubjectKind;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.store.Migrations;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.Request;
import dev.exeunt.request.RequestState;
import dev.exeunt.request.RequestTransition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the rows of exeunt.request, with a compare-and-set for each change of state. Every change of state
 * is a compare-and-set.
 */
public final class RequestTable {

    /** What {@link #read} reads. */
    static final String COLUMNS = """
            id, kind, state, requested_at, requested_by, soft_deleted_at, login_blocked_until, due_at, cancelled_at,
            reactivated_at, erased_at, attempts, failure""";

    /** The states of a request that is not over, as a list of SQL. */
    public static final String OPEN = Arrays.stream(RequestState.values())
            .filter(RequestState::isOpen)
            .map(s -> "'" + s.word() + "'")
            .collect(Collectors.joining(", ", "(", ")"));

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
        SqlFragment insert = SqlFragment.of(
                        "INSERT INTO exeunt.request (kind, state, subject_kind, subject, requested_at, requested_by, reason,"
                                + " soft_deleted_at, login_blocked_until, due_at) VALUES (?, ?, ?, ",
                        asked.flow().word(),
                        RequestState.SCHEDULED.word(),
                        kind.text())
                .plus(key(asked.subject()))
                .plus(", ")
                .plus(moment(asked.at()))
                .plus(SqlFragment.of(", ?, ", asked.by()))
                .plus(text(asked.reason()))
                .plus(", ")
                .plus(moment(asked.softDeletedAt()))
                .plus(", ")
                .plus(moment(asked.loginBlockedUntil()))
                .plus(", ")
                .plus(moment(asked.dueAt()))
                .plus(") RETURNING " + COLUMNS);
        return one(insert).orElseThrow();
    }

    /** Open requests of a person, the weakest flow first, locked against being claimed, cancelled or asked for again. */
    public List<Request> findOpenForUpdate(SubjectKey subject) throws SQLException {
        return byStrength(all(SqlFragment.of("SELECT " + COLUMNS + " FROM exeunt.request WHERE ")
                .plus(isSubject(subject))
                .plus(" AND kind <> 'export' AND state IN " + OPEN + " ORDER BY id FOR UPDATE")));
    }

    /** Whether anybody of them has an open request to leave. */
    public boolean anyOpen(List<SubjectKey> people) throws SQLException {
        return !all(SqlFragment.of("SELECT " + COLUMNS + " FROM exeunt.request WHERE kind <> 'export' AND state IN "
                                + OPEN + " AND ")
                        .plus(isOneOf(people))
                        .plus(" LIMIT 1"))
                .isEmpty();
    }

    /** Requests of a person to leave, the latest first: all that are open, and of those that are over the latest hundred. */
    public List<Request> findBySubject(SubjectKey subject) throws SQLException {
        List<Request> all = new ArrayList<>(findOpen(subject));
        all.addAll(
                all(theirs(subject).plus(" AND state NOT IN " + OPEN + " ORDER BY requested_at DESC, id LIMIT 100")));
        all.sort(Comparator.comparing(Request::requestedAt).reversed().thenComparing(Request::id));
        return all;
    }

    /** Open requests of a person to leave, the latest first. */
    public List<Request> findOpen(SubjectKey subject) throws SQLException {
        return all(theirs(subject).plus(" AND state IN " + OPEN + " ORDER BY requested_at DESC, id"));
    }

    private SqlFragment theirs(SubjectKey subject) {
        return SqlFragment.of("SELECT " + COLUMNS + " FROM exeunt.request WHERE ")
                .plus(isSubject(subject))
                .plus(" AND kind <> 'export'");
    }

    public Optional<Request> find(UUID id) throws SQLException {
        return one(SqlFragment.of(
                "SELECT " + COLUMNS + " FROM exeunt.request WHERE kind <> 'export' AND id = ?::uuid", "" + id));
    }

    /**
     * @return the request as it is now; empty where it was in no state that allows it, and nothing was changed
     */
    public Optional<Request> change(UUID id, RequestTransition transition, Instant now) throws SQLException {
        return one(SqlFragment.of(
                        "UPDATE exeunt.request SET state = ?", transition.to().word())
                .plus(stamps(transition, now))
                .plus(SqlFragment.of(
                        " WHERE id = ?::uuid AND state = ANY (?) RETURNING " + COLUMNS, "" + id, from(transition))));
    }

    /** Every failed request of a person is due again, as if it had never been tried. */
    public List<Request> retry(SubjectKey subject) throws SQLException {
        return byStrength(all(SqlFragment.of(
                        "UPDATE exeunt.request SET state = ?, attempts = 0, attempt_at = NULL, failure = NULL WHERE ",
                        RequestTransition.RETRY.to().word())
                .plus(isSubject(subject))
                .plus(SqlFragment.of(" AND kind <> 'export' AND state = ANY (?) RETURNING " + COLUMNS, (Object)
                        from(RequestTransition.RETRY)))));
    }

    /**
     * Whether the tables are there at all: an erasure or an export by itself needs none.
     *
     * @throws ExeuntException where they are there, and not those this program knows
     */
    public static boolean inUse(Connection connection) throws SQLException {
        boolean there = exists(connection);
        if (there) {
            Migrations.require(connection);
        }
        return there;
    }

    private static boolean exists(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT to_regclass('exeunt.request') IS NOT NULL");
                ResultSet row = statement.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** Everybody with an open request to leave. */
    public List<SubjectKey> leaving() throws SQLException {
        return leaving(new SubjectKey(List.of()), SqlFragment.EMPTY);
    }

    /** People with an open request to leave, but for this one: those who do not count any more. */
    public List<SubjectKey> leaving(SubjectKey subject) throws SQLException {
        return leaving(subject, SqlFragment.EMPTY);
    }

    /** Those of them who asked before: whoever asked later is counted on until they are gone. */
    public List<SubjectKey> leavingBefore(DueRequest due) throws SQLException {
        Request request = due.request();
        return leaving(
                due.subject(),
                SqlFragment.of(" AND (requested_at, id) < (")
                        .plus(moment(request.requestedAt()))
                        .plus(SqlFragment.of(", ?::uuid)", request.id().toString())));
    }

    private List<SubjectKey> leaving(SubjectKey subject, SqlFragment when) throws SQLException {
        SqlFragment select = SqlFragment.of(
                        "SELECT DISTINCT subject FROM exeunt.request WHERE subject_kind = ? AND subject <> ",
                        kind.text())
                .plus(key(subject))
                .plus(" AND kind IN ('deactivate', 'delete-account') AND state IN " + OPEN)
                .plus(when);
        List<SubjectKey> leaving = new ArrayList<>();
        try (PreparedStatement statement = select.prepare(connection);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                leaving.add(new SubjectKey(List.of((String[]) row.getArray(1).getArray())));
            }
        }
        return leaving;
    }

    public void cancellation(UUID id, Instant at, String by, @Nullable String reason) throws SQLException {
        execute(SqlFragment.of(
                        "INSERT INTO exeunt.cancellation (request, cancelled_at, cancelled_by, reason) VALUES (?::uuid, ",
                        "" + id)
                .plus(moment(at))
                .plus(SqlFragment.of(", ?, ", by))
                .plus(text(reason))
                .plus(")"));
    }

    /** All of them, or none: whoever has lost one must not finish. */
    public void markErased(List<UUID> ids, RequestTransition transition, Instant now, String receipt)
            throws SQLException {
        String[] all = ids.stream().map(UUID::toString).toArray(String[]::new);
        int changed = execute(SqlFragment.of(
                        "UPDATE exeunt.request SET state = ?, receipt = (SELECT ?::jsonb)",
                        transition.to().word(),
                        receipt)
                .plus(stamps(transition, now))
                .plus(SqlFragment.of(" WHERE id = ANY (?::uuid[]) AND state = ANY (?)", all, from(transition))));
        if (changed != ids.size()) {
            throw new RequestLostException();
        }
    }

    /** What these people can fetch, or is being made for them, is theirs no more; the clean-up removes it. */
    public void endExports(List<SubjectKey> people, Instant now) throws SQLException {
        execute(SqlFragment.of(
                        "UPDATE exeunt.request SET state = CASE state WHEN 'ready' THEN 'expired' ELSE 'cancelled' END,"
                                + " cancelled_at = CASE state WHEN 'ready' THEN NULL ELSE ")
                .plus(moment(now))
                .plus(" END, worker = NULL, fence = fence + 1"
                        + " WHERE kind = 'export' AND state IN ('pending', 'running', 'ready') AND ")
                .plus(isOneOf(people)));
    }

    /** Every request these people ever made no longer says whose it was, nor what they said. */
    public void forget(List<SubjectKey> people) throws SQLException {
        execute(
                SqlFragment.of("WITH exeunt_f AS (UPDATE exeunt.request SET subject = NULL, reason = NULL WHERE ")
                        .plus(isOneOf(people))
                        .plus(
                                " RETURNING id), exeunt_i AS (DELETE FROM exeunt.idempotency WHERE request IN (SELECT id FROM exeunt_f))"
                                        + " UPDATE exeunt.cancellation SET reason = NULL WHERE request IN (SELECT id FROM exeunt_f)"));
    }

    /** Thrown when another worker or call has changed the request meanwhile. */
    public static final class RequestLostException extends ExeuntException {
        private static final long serialVersionUID = 1L;

        public RequestLostException() {
            super("Nothing was erased: another worker has taken the request over.");
        }
    }

    private int execute(SqlFragment sql) throws SQLException {
        try (PreparedStatement statement = sql.prepare(connection)) {
            return statement.executeUpdate();
        }
    }

    public static String[] from(RequestTransition transition) {
        return transition.from().stream().map(RequestState::word).toArray(String[]::new);
    }

    /** What a change of state leaves behind besides the state. */
    private static SqlFragment stamps(RequestTransition transition, Instant now) {
        String column = switch (transition.to()) {
            case CANCELLED -> "cancelled_at";
            case REACTIVATED -> "reactivated_at";
            case ERASING -> "erasing_since";
            case ERASED -> "erased_at";
            case SCHEDULED, BLOCKED, HELD, FAILED -> null;
        };
        SqlFragment stamp = column == null
                ? SqlFragment.EMPTY
                : SqlFragment.of(", " + column + " = ").plus(moment(now));
        return transition.to() == RequestState.ERASED ? stamp.plus(", reason = NULL, failure = NULL") : stamp;
    }

    private static List<Request> byStrength(List<Request> requests) {
        return requests.stream().sorted((a, b) -> a.flow().compareTo(b.flow())).toList();
    }

    private SqlFragment isSubject(SubjectKey subject) {
        return SqlFragment.of("subject = ").plus(key(subject)).plus(isKind());
    }

    private SqlFragment isOneOf(List<SubjectKey> subjects) {
        return SqlFragment.of("subject IN ").plus(keys(subjects)).plus(isKind());
    }

    private SqlFragment isKind() {
        return SqlFragment.of(" AND subject_kind = ?", kind.text());
    }

    private static SqlFragment key(SubjectKey subject) {
        return SqlFragment.of("?::text[]", (Object) subject.parts().toArray(String[]::new));
    }

    /** Each key an array again: an array of arrays is one of texts to PostgreSQL. */
    private static SqlFragment keys(List<SubjectKey> subjects) {
        List<SqlFragment> columns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < subjects.get(0).parts().size(); i++) {
            int part = i;
            columns.add(SqlFragment.of("?::text[]", (Object)
                    subjects.stream().map(s -> s.parts().get(part)).toArray(String[]::new)));
            names.add("exeunt_" + i);
        }
        String all = String.join(", ", names);
        return SqlFragment.of("(SELECT ARRAY[" + all + "] FROM unnest(")
                .plus(SqlFragment.join(", ", columns))
                .plus(") AS exeunt_k(" + all + "))");
    }

    private static SqlFragment moment(@Nullable Instant at) {
        return at == null ? SqlFragment.of("NULL") : SqlFragment.of("CAST(? AS timestamptz)", at.toString());
    }

    private static SqlFragment text(@Nullable String value) {
        return value == null ? SqlFragment.of("NULL") : SqlFragment.of("?", value);
    }

    private Optional<Request> one(SqlFragment sql) throws SQLException {
        List<Request> found = all(sql);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0));
    }

    private List<Request> all(SqlFragment sql) throws SQLException {
        List<Request> requests = new ArrayList<>();
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                requests.add(read(row));
            }
        }
        return requests;
    }

    public static Request read(ResultSet row) throws SQLException {
        return new Request(
                row.getObject("id", UUID.class),
                AccountFlow.of(row.getString("kind")).orElseThrow(),
                RequestState.of(row.getString("state")).orElseThrow(),
                required(row, "requested_at"),
                row.getString("requested_by"),
                moment(row, "soft_deleted_at"),
                moment(row, "login_blocked_until"),
                required(row, "due_at"),
                moment(row, "cancelled_at"),
                moment(row, "reactivated_at"),
                moment(row, "erased_at"),
                row.getInt("attempts"),
                row.getString("failure"));
    }

    private static Instant required(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
