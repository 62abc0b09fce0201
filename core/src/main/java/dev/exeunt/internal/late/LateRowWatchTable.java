package dev.exeunt.internal.late;

import dev.exeunt.HashKey;
import dev.exeunt.internal.map.LifecycleSettings.LateRowWatch;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.map.AccountFlow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads and writes exeunt.late_row_watch, with a compare-and-set for each change of a claimed row. */
public final class LateRowWatchTable {

    /** How long staff can see to rows that were found, before the key is forgotten. */
    static final Duration LONGEST = Duration.ofDays(90);

    private static final String ENTER = """
            INSERT INTO exeunt.late_row_watch (request, subject_kind, flow, subject, erased_at, look_at)
            SELECT w.request, :kind, :flow, pg_catalog.decode(w.subject, 'hex'), :now, :look
            FROM ROWS FROM (pg_catalog.unnest(:requests), pg_catalog.unnest(:subjects::pg_catalog.text[])) AS w(request, subject)
            """;

    private static final String CLAIM = """
            WITH exeunt_due AS (
                SELECT w.request FROM exeunt.late_row_watch AS w
                WHERE w.subject_kind = :kind AND {due} AND coalesce(w.worker_until <= :now, TRUE)
                ORDER BY w.look_at LIMIT :most FOR UPDATE SKIP LOCKED)
            UPDATE exeunt.late_row_watch AS w SET worker_until = :until, fence = w.fence + 1
            FROM exeunt_due AS d WHERE w.request = d.request
            RETURNING w.request, w.flow, w.subject, w.erased_at, w.fence
            """;

    private static final String GO_ON = """
            UPDATE exeunt.late_row_watch AS w
            SET look_at = n.look_at, worker_until = NULL, found_at = NULL, found = NULL, same_key = FALSE, failure = NULL
            FROM ROWS FROM (
                pg_catalog.unnest(:requests), pg_catalog.unnest(:fences::pg_catalog.int8[]),
                pg_catalog.unnest(:looks::pg_catalog.timestamptz[])) AS n(request, fence, look_at)
            WHERE w.request = n.request AND w.fence = n.fence AND w.subject_kind = :kind
            """;

    private static final String FOUND = """
            UPDATE exeunt.late_row_watch
            SET look_at = :look, worker_until = NULL, found_at = :now, found = CAST(:found AS pg_catalog.jsonb), same_key = :sameKey,
                failure = :failure
            WHERE request = :request AND fence = :fence AND subject_kind = :kind
            """;

    private static final String RELEASE = """
            UPDATE exeunt.late_row_watch SET worker_until = NULL, failure = :failure
            WHERE request = :request AND fence = :fence AND subject_kind = :kind
            """;

    private static final String DISMISS = """
            DELETE FROM exeunt.late_row_watch WHERE request = :request AND found_at IS NOT NULL AND subject_kind = :kind
            """;

    private static final String FORGET_OVER = """
            DELETE FROM exeunt.late_row_watch
            WHERE subject_kind = :kind AND (look_at IS NULL AND found_at IS NULL OR erased_at < :long)
            """;

    private final RequestTransaction transaction;
    private final WatchedKeyCipher cipher;

    public LateRowWatchTable(RequestTransaction transaction, HashKey key) {
        this.transaction = transaction;
        this.cipher = new WatchedKeyCipher(key);
    }

    private SqlTemplate sql(String template) {
        return SqlTemplate.of(template).bind("kind", kind());
    }

    private String kind() {
        return transaction.context().kind().text();
    }

    public void enter(List<WatchedPerson> people, AccountFlow flow, Instant look) throws SQLException {
        SqlRunner.update(
                transaction.connection(),
                sql(ENTER)
                        .bind("now", transaction.now())
                        .bind("flow", flow.word())
                        .bind("look", look)
                        .bind("requests", requests(people))
                        .bind(
                                "subjects",
                                texts(people, p -> HexFormat.of().formatHex(cipher.encrypt(p.subject(), p.request()))))
                        .toFragment());
    }

    /** Claims people whose next look is due, the longest due first. */
    public List<WatchedPerson> claimDue(Duration lease, int most) throws SQLException {
        return claim(
                SqlTemplate.of("w.look_at <= :now")
                        .bind("now", transaction.now())
                        .toFragment(),
                lease,
                most);
    }

    /** Claims the person of a request, where rows were found. */
    public Optional<WatchedPerson> claimFound(UUID request, Duration lease) throws SQLException {
        SqlFragment one = SqlTemplate.of("w.request = :request AND w.found_at IS NOT NULL")
                .bind("request", request)
                .toFragment();
        return claim(one, lease, 1).stream().findFirst();
    }

    private List<WatchedPerson> claim(SqlFragment due, Duration lease, int most) throws SQLException {
        SqlFragment claim = sql(CLAIM)
                .bind("now", transaction.now())
                .fragment("due", due)
                .bind("most", most)
                .bind("until", transaction.now().plus(lease))
                .toFragment();
        return SqlRunner.list(transaction.connection(), claim, this::person);
    }

    private WatchedPerson person(ResultSet row) throws SQLException {
        UUID request = row.getObject("request", UUID.class);
        return new WatchedPerson(
                request,
                AccountFlow.of(row.getString("flow")).orElseThrow(),
                cipher.decrypt(row.getBytes("subject"), request),
                row.getObject("erased_at", OffsetDateTime.class).toInstant(),
                row.getLong("fence"));
    }

    /**
     * Records that nothing of these people was found, or nothing is left of what was found.
     *
     * @return how many claims were still held
     */
    public long goOn(List<WatchedPerson> people, LateRowWatch watch) throws SQLException {
        return SqlRunner.update(
                transaction.connection(),
                sql(GO_ON)
                        .bind("requests", requests(people))
                        .bind("fences", texts(people, p -> Long.toString(p.fence())))
                        .bind("looks", texts(people, p -> {
                            Instant next = watch.next(p.erasedAt(), transaction.now());
                            return next == null ? null : next.toString();
                        }))
                        .toFragment());
    }

    /**
     * Records what a look found.
     *
     * @return whether the claim was still held
     */
    public boolean found(WatchedPerson person, FoundRows found, @Nullable String failure, LateRowWatch watch)
            throws SQLException {
        return SqlRunner.update(
                        transaction.connection(),
                        sql(FOUND)
                                .bind("now", transaction.now())
                                .bind("look", watch.next(person.erasedAt(), transaction.now()))
                                .bind("found", found.json())
                                .bind("sameKey", found.sameKey())
                                .bind("failure", failure)
                                .bind("request", person.request())
                                .bind("fence", person.fence())
                                .toFragment())
                == 1;
    }

    /** Gives a claim back. */
    public void release(WatchedPerson person, String failure) throws SQLException {
        SqlRunner.update(
                transaction.connection(),
                sql(RELEASE)
                        .bind("failure", failure)
                        .bind("request", person.request())
                        .bind("fence", person.fence())
                        .toFragment());
    }

    /** Ends the watch for a person. Returns false where no rows of the request's person are listed. */
    public boolean dismiss(UUID request) throws SQLException {
        return SqlRunner.update(
                        transaction.connection(),
                        sql(DISMISS).bind("request", request).toFragment())
                == 1;
    }

    /** Forgets people after their last look, and all of whom the erasure is long ago. */
    public void forgetOver() throws SQLException {
        SqlRunner.update(
                transaction.connection(),
                sql(FORGET_OVER).bind("long", transaction.now().minus(LONGEST)).toFragment());
    }

    private static List<UUID> requests(List<WatchedPerson> people) {
        return people.stream().map(WatchedPerson::request).toList();
    }

    private static @Nullable String[] texts(
            List<WatchedPerson> people, Function<WatchedPerson, @Nullable String> text) {
        return people.stream().map(text).toArray(String[]::new);
    }
}
