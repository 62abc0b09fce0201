package dev.exeunt.support.event;

import dev.exeunt.HashKey;
import dev.exeunt.database.Database;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.Actor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Shows staff what external systems still have to get and to answer, and lets them send again, pause and close. */
public final class ExternalSystems {

    private static final String STATUS = """
            SELECT s.system, count(*) FILTER (WHERE d.state = 'waiting') AS waiting,
                min(o.at) FILTER (WHERE d.state = 'waiting') AS oldest,
                count(*) FILTER (WHERE d.state = 'failed') AS failed,
                count(*) FILTER (WHERE d.answer_by IS NOT NULL AND d.answer IS NULL) AS unanswered,
                count(*) FILTER (WHERE d.answer_by < :now AND d.answer IS NULL) AS overdue,
                count(*) FILTER (WHERE d.answer = 'refused') AS refused,
                (SELECT p.reason FROM exeunt.paused_system AS p WHERE p.system = s.system) AS paused
            FROM (
                SELECT system FROM exeunt.delivery UNION SELECT pg_catalog.unnest(:systems::pg_catalog.text[])) AS s
            LEFT JOIN exeunt.delivery AS d ON d.system = s.system
                AND (d.state <> 'delivered' OR d.answer_by IS NOT NULL)
            LEFT JOIN exeunt.outbox AS o ON o.id = d.event
            GROUP BY s.system ORDER BY s.system
            """;

    private static final String ENTRIES = """
            SELECT d.*, o.name, o.at, o.request
            FROM exeunt.delivery AS d JOIN exeunt.outbox AS o ON o.id = d.event
            WHERE o.subject_kind = :kind AND {which}
            ORDER BY d.position DESC, d.system LIMIT :most
            """;

    private static final String RESEND = """
            UPDATE exeunt.delivery AS d
            SET state = 'waiting', attempt_at = :now, attempts = 0, failure = NULL, over_at = NULL
            FROM exeunt.outbox AS o
            WHERE o.id = d.event AND o.content IS NOT NULL AND d.state <> 'waiting' AND {which}
            """;

    private static final String PAUSE = """
            INSERT INTO exeunt.paused_system (system, paused_at, paused_by, reason) VALUES (:system, :now, :by, :reason)
            ON CONFLICT DO NOTHING
            """;

    private final ProvenContext context;
    private final List<String> systems;
    private final boolean answering;

    private ExternalSystems(ProvenContext context, DataMap map) {
        this.context = context;
        this.systems = EventOutbox.systems(map);
        this.answering = EventOutbox.anyAnswers(map);
    }

    /**
     * Opens the systems of a map. The map is proven when it is first needed.
     *
     * @param key null where nothing is to be sent
     */
    public static ExternalSystems open(Database database, Clock clock, @Nullable HashKey key, DataMap map) {
        return new ExternalSystems(new ProvenContext(database, clock, key, map), map);
    }

    /** Says which deliveries a list has. */
    public enum DeliveryFilter {
        /** neither delivered nor given up */
        WAITING("d.state = 'waiting'"),
        /** given up; staff can send them again */
        FAILED("d.state = 'failed'"),
        /** the system has not said what it erased */
        UNANSWERED("d.answer_by IS NOT NULL AND d.answer IS NULL"),
        /** the system has refused to erase */
        REFUSED("d.answer = 'refused'"),
        ALL("TRUE");

        private final String condition;

        DeliveryFilter(String condition) {
            this.condition = condition;
        }
    }

    public List<SystemStatus> status() {
        return RequestTransaction.runReadOnly(context.get(), "counting events", transaction -> {
            SqlFragment select = SqlTemplate.of(STATUS)
                    .bind("now", transaction.now())
                    .bind("systems", systems.toArray(String[]::new))
                    .toFragment();
            return SqlRunner.list(transaction.connection(), select, this::status);
        });
    }

    private SystemStatus status(ResultSet row) throws SQLException {
        String system = row.getString("system");
        return new SystemStatus(
                system,
                systems.contains(system),
                row.getLong("waiting"),
                SqlRunner.moment(row, "oldest"),
                row.getLong("failed"),
                row.getLong("unanswered"),
                row.getLong("overdue"),
                row.getLong("refused"),
                row.getString("paused"));
    }

    /**
     * Lists deliveries, the latest event first.
     *
     * @param system null for all systems
     * @param most how many at most
     */
    public List<DeliveryEntry> list(@Nullable String system, DeliveryFilter filter, int most) {
        SqlFragment which = SqlTemplate.of("(:any OR d.system = :system) AND {filter}")
                .bind("any", system == null)
                .bind("system", system == null ? "" : system)
                .fragment("filter", filter.condition)
                .toFragment();
        return list(which, most);
    }

    /** Whether a system of the map has to answer what it erased. */
    public boolean answering() {
        return answering;
    }

    /** Lists the deliveries of a request: what each system was told, and what it answered. */
    public List<DeliveryEntry> ofRequest(UUID request) {
        return list(
                SqlTemplate.of("o.request = :request").bind("request", request).toFragment(), 1_000);
    }

    private List<DeliveryEntry> list(SqlFragment which, int most) {
        return RequestTransaction.runReadOnly(context.get(), "listing events", transaction -> {
            SqlFragment select = SqlTemplate.of(ENTRIES)
                    .bind("kind", context.get().kind().text())
                    .fragment("which", which)
                    .bind("most", most)
                    .toFragment();
            return SqlRunner.list(transaction.connection(), select, ExternalSystems::entry);
        });
    }

    private static DeliveryEntry entry(ResultSet row) throws SQLException {
        String state = row.getString("state");
        return new DeliveryEntry(
                row.getObject("event", UUID.class),
                row.getString("system"),
                row.getString("name"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getObject("request", UUID.class),
                state,
                row.getInt("attempts"),
                state.equals("waiting") ? SqlRunner.moment(row, "attempt_at") : null,
                row.getString("failure"),
                SqlRunner.moment(row, "answer_by"),
                row.getString("answer"),
                row.getString("reason"));
    }

    /**
     * Sends one event to a system again, whether it was delivered or given up.
     *
     * @return false where there is no such event, where it waits already, or where its content is forgotten
     */
    public boolean resend(UUID event, String system) {
        SqlFragment which = SqlTemplate.of("d.event = :event AND d.system = :system")
                .bind("event", event)
                .bind("system", system)
                .toFragment();
        return resend(which) > 0;
    }

    /** Sends all events to a system again that were given up. Returns how many. */
    public long resendFailed(String system) {
        return resend(SqlTemplate.of("d.system = :system AND d.state = 'failed'")
                .bind("system", system)
                .toFragment());
    }

    private long resend(SqlFragment which) {
        return RequestTransaction.runAndCommit(
                context.get(),
                "sending events again",
                transaction -> SqlRunner.update(
                        transaction.connection(),
                        SqlTemplate.of(RESEND)
                                .bind("now", transaction.now())
                                .fragment("which", which)
                                .toFragment()));
    }

    /** Lets the events of a system wait until {@link #resume}. Returns false where it is paused already. */
    public boolean pause(String system, Actor staff, String reason) {
        staff.requireReason(reason);
        return RequestTransaction.runAndCommit(
                context.get(),
                "pausing a system",
                transaction -> SqlRunner.update(
                                transaction.connection(),
                                SqlTemplate.of(PAUSE)
                                        .bind("system", system)
                                        .bind("now", transaction.now())
                                        .bind("by", staff.text())
                                        .bind("reason", reason)
                                        .toFragment())
                        > 0);
    }

    /** Returns false where the system is not paused. */
    public boolean resume(String system) {
        SqlFragment delete = SqlTemplate.of("DELETE FROM exeunt.paused_system WHERE system = :system")
                .bind("system", system)
                .toFragment();
        return RequestTransaction.runAndCommit(
                context.get(),
                "resuming a system",
                transaction -> SqlRunner.update(transaction.connection(), delete) > 0);
    }

    /**
     * Ends the wait for a system's answer, or settles its refusal.
     *
     * @param reason why staff do not wait for the system any longer, or what they did about the refusal
     * @return false where no answer to this event is due from this system, or it has answered otherwise
     */
    public boolean close(UUID event, String system, Actor staff, String reason) {
        staff.requireReason(reason);
        return RequestTransaction.runAndCommit(
                context.get(),
                "ending the wait for an answer",
                transaction -> new DeliveryTable(transaction).close(event, system, staff.text(), reason));
    }

    /** Returns the names of systems that the map or an event names. */
    public List<String> names() {
        return new ArrayList<>(status().stream().map(SystemStatus::system).toList());
    }
}
