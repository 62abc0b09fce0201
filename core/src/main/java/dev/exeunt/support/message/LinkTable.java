package dev.exeunt.support.message;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.map.ExportSettings.RateLimit;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/** Reads and writes the rows of exeunt.one_time_link. A worker that has lost its claim changes nothing. */
final class LinkTable {

    /**
     * Does the same work for every identifier. Calls that arrive at the same moment do not see each other, so a limit may be passed by as many
     * as there are connections.
     */
    private static final String ASK = """
            WITH recent AS (
                SELECT count(*) FILTER (WHERE asked_at > :sinceAll) AS of_all,
                    min(asked_at) FILTER (WHERE asked_at > :sinceAll) + :allPer::interval AS all_again,
                    count(*) FILTER (WHERE asked_at > :sinceClient AND client = decode(:client, 'hex')) AS of_client,
                    min(asked_at) FILTER (WHERE asked_at > :sinceClient AND client = decode(:client, 'hex')) + :clientPer::interval AS client_again
                FROM exeunt.one_time_link
                WHERE asked_at > least(:sinceAll::timestamptz, :sinceClient::timestamptz)),
            judged AS (
                SELECT greatest(
                    CASE WHEN of_all >= :mostInAll THEN all_again END,
                    CASE WHEN of_client >= :mostOfClient THEN client_again END) AS again
                FROM recent),
            taken AS (
                INSERT INTO exeunt.one_time_link (id, subject_kind, asked_at, client, asked)
                SELECT :id, :kind, :now, decode(:client, 'hex'), decode(:asked, 'hex') FROM judged WHERE again IS NULL)
            SELECT again FROM judged
            """;

    private static final String CLAIM = """
            WITH due AS (
                SELECT id FROM exeunt.one_time_link
                WHERE asked IS NOT NULL AND subject_kind = :kind
                    AND coalesce(attempt_at <= :now, TRUE) AND coalesce(worker_until <= :now, TRUE)
                ORDER BY asked_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
            UPDATE exeunt.one_time_link AS l
            SET worker = :worker, worker_until = :until, attempts = attempts + 1, attempt_at = NULL, fence = fence + 1
            FROM due WHERE l.id = due.id
            RETURNING l.id, l.fence, l.attempts, l.asked_at
            """;

    private static final String READ_ASKED =
            "SELECT asked FROM exeunt.one_time_link WHERE id = :id AND fence = :fence AND asked IS NOT NULL FOR UPDATE";

    private static final String COUNT_MADE = """
            SELECT count(*) FROM exeunt.one_time_link
            WHERE subject = decode(:subject, 'hex') AND id <> :id AND made_at > :since
            """;

    private static final String MAKE = """
            UPDATE exeunt.one_time_link
            SET person = decode(:person, 'hex'), subject = decode(:subject, 'hex'), address = decode(:address, 'hex'), made_at = :now
            WHERE id = :id
            """;

    private static final String SENT = """
            UPDATE exeunt.one_time_link SET asked = NULL, worker = NULL, worker_until = NULL WHERE id = :id AND fence = :fence
            """;

    /** Of what was not sent nothing counts: neither for the limit of the person, nor as a newer link. */
    private static final String FORGET = """
            UPDATE exeunt.one_time_link
            SET asked = NULL, person = NULL, subject = NULL, address = NULL, made_at = NULL, worker = NULL, worker_until = NULL
            """;

    private static final String DROP = "{forget} WHERE id = :id AND fence = :fence";

    private static final String PUT_OFF = """
            UPDATE exeunt.one_time_link SET attempt_at = :again, worker = NULL, worker_until = NULL
            WHERE id = :id AND fence = :fence AND asked IS NOT NULL
            """;

    /** The newest link of a person alone works. */
    private static final String OPEN = """
            SELECT l.person, l.made_at, encode(l.subject, 'hex') AS subject, encode(l.address, 'hex') AS address
            FROM exeunt.one_time_link AS l
            WHERE l.id = :id AND l.subject_kind = :kind AND l.person IS NOT NULL AND l.made_at > :madeSince
                AND NOT EXISTS (
                    SELECT FROM exeunt.one_time_link AS newer
                    WHERE newer.subject = l.subject AND newer.made_at IS NOT NULL
                        AND (newer.asked_at, newer.id) > (l.asked_at, l.id))
            """;

    private static final String DROP_LATE = "{forget} WHERE asked IS NOT NULL AND asked_at <= :askedSince";

    private static final String EXPIRE = """
            UPDATE exeunt.one_time_link SET person = NULL WHERE person IS NOT NULL AND asked IS NULL AND made_at <= :madeSince
            """;

    private static final String DELETE = "DELETE FROM exeunt.one_time_link WHERE asked_at <= :since";

    private final RequestTransaction transaction;
    private final LinkSettings settings;

    LinkTable(RequestTransaction transaction, LinkSettings settings) {
        this.transaction = transaction;
        this.settings = settings;
    }

    /** Writes down that a link was asked for; returns when to ask again where there were too many calls. */
    Optional<Instant> ask(UUID id, String client, String asked) throws SQLException {
        SqlFragment ask = SqlTemplate.of(ASK)
                .bind("sinceAll", since(settings.inAll()))
                .bind("allPer", settings.inAll().per().longest().toString())
                .bind("mostInAll", settings.inAll().requests())
                .bind("sinceClient", since(settings.ofClient()))
                .bind("clientPer", settings.ofClient().per().longest().toString())
                .bind("mostOfClient", settings.ofClient().requests())
                .bind("client", client)
                .bind("id", id)
                .bind("kind", kind())
                .bind("now", transaction.now())
                .bind("asked", asked)
                .toFragment();
        return SqlRunner.one(transaction.connection(), ask, row -> Optional.ofNullable(SqlRunner.moment(row, "again")));
    }

    private Instant since(RateLimit limit) {
        return transaction.now().minus(limit.per().longest());
    }

    private String kind() {
        return transaction.context().kind().text();
    }

    Optional<ClaimedLink> claim(String worker, Duration lease) throws SQLException {
        SqlFragment claim = SqlTemplate.of(CLAIM)
                .bind("kind", kind())
                .bind("now", transaction.now())
                .bind("worker", worker)
                .bind("until", transaction.now().plus(lease))
                .toFragment();
        return SqlRunner.first(
                transaction.connection(),
                claim,
                row -> new ClaimedLink(
                        row.getObject("id", UUID.class),
                        row.getLong("fence"),
                        row.getInt("attempts"),
                        row.getObject("asked_at", OffsetDateTime.class).toInstant()));
    }

    /** Returns what was asked, encrypted; empty where another worker has claimed the row since. */
    Optional<byte[]> readAsked(ClaimedLink claimed) throws SQLException {
        return SqlRunner.first(
                transaction.connection(), ofClaim(READ_ASKED, claimed).toFragment(), row -> row.getBytes("asked"));
    }

    /** Whether the person was sent as many links lately as a person may have. */
    boolean hasEnough(UUID id, String subject) throws SQLException {
        SqlFragment count = SqlTemplate.of(COUNT_MADE)
                .bind("subject", subject)
                .bind("id", id)
                .bind("since", since(settings.ofPerson()))
                .toFragment();
        return SqlRunner.count(transaction.connection(), count)
                >= settings.ofPerson().requests();
    }

    void make(UUID id, String person, String subject, String address) throws SQLException {
        SqlFragment make = SqlTemplate.of(MAKE)
                .bind("person", person)
                .bind("subject", subject)
                .bind("address", address)
                .bind("now", transaction.now())
                .bind("id", id)
                .toFragment();
        SqlRunner.update(transaction.connection(), make);
    }

    /** Forgets what was asked. */
    void markSent(ClaimedLink claimed) throws SQLException {
        SqlRunner.update(transaction.connection(), ofClaim(SENT, claimed).toFragment());
    }

    /** Forgets what was asked, and the person. */
    void drop(ClaimedLink claimed) throws SQLException {
        SqlRunner.update(
                transaction.connection(),
                ofClaim(DROP, claimed).fragment("forget", FORGET).toFragment());
    }

    void putOff(ClaimedLink claimed, Instant again) throws SQLException {
        SqlRunner.update(
                transaction.connection(),
                ofClaim(PUT_OFF, claimed).bind("again", again).toFragment());
    }

    private static SqlTemplate ofClaim(String sql, ClaimedLink claimed) {
        return SqlTemplate.of(sql).bind("id", claimed.id()).bind("fence", claimed.fence());
    }

    /**
     * Holds a link that has not expired.
     *
     * @param person encrypted
     * @param subject keyed hash of the person
     * @param address keyed hash of the address that it was sent to
     */
    record StoredLink(byte[] person, String subject, String address, Instant madeAt) {}

    /** Returns the link of this id, unless it has expired or the person has a newer one. */
    Optional<StoredLink> open(UUID id) throws SQLException {
        SqlFragment open = SqlTemplate.of(OPEN)
                .bind("id", id)
                .bind("kind", kind())
                .bind("madeSince", transaction.now().minus(settings.valid()))
                .toFragment();
        return SqlRunner.first(
                transaction.connection(),
                open,
                row -> new StoredLink(
                        row.getBytes("person"),
                        row.getString("subject"),
                        row.getString("address"),
                        row.getObject("made_at", OffsetDateTime.class).toInstant()));
    }

    /** Forgets what was asked too long ago and people whose links have expired, and deletes rows that count no more. */
    void sweep() throws SQLException {
        Instant now = transaction.now();
        SqlFragment drop = SqlTemplate.of(DROP_LATE)
                .fragment("forget", FORGET)
                .bind("askedSince", now.minus(LinkSettings.PATIENCE))
                .toFragment();
        SqlRunner.update(transaction.connection(), drop);
        SqlFragment expire = SqlTemplate.of(EXPIRE)
                .bind("madeSince", now.minus(settings.valid()))
                .toFragment();
        SqlRunner.update(transaction.connection(), expire);
        SqlFragment delete = SqlTemplate.of(DELETE)
                .bind("since", now.minus(settings.retention()))
                .toFragment();
        SqlRunner.update(transaction.connection(), delete);
    }
}
