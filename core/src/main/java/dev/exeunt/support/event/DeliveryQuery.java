package dev.exeunt.support.event;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.request.RequestTransaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads for staff what external systems were told, and what they answered. In one transaction. */
final class DeliveryQuery {

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

    /** The events that tell of request {@code r}: its own, and that of a request which the same erasure carried out. */
    private static final String TELLS_OF = """
            (o.request = r.id OR o.at = r.erased_at
                AND o.details @> pg_catalog.jsonb_build_object('also', pg_catalog.jsonb_build_array(r.id)))""";

    private static final String OF_REQUEST = """
            EXISTS (SELECT FROM exeunt.request AS r WHERE r.id = :request AND {tellsOf})
            """;

    private static final String OPEN = """
            SELECT r.id AS wanted, d.system, d.state, d.answer_by, d.answer, d.answer_by < :now AS overdue
            FROM exeunt.request AS r JOIN exeunt.outbox AS o ON {tellsOf} JOIN exeunt.delivery AS d ON d.event = o.id
            WHERE r.id = ANY (:requests) AND d.answer_by IS NOT NULL AND coalesce(d.answer = 'refused', TRUE)
            ORDER BY d.answer_by, d.system
            """;

    private final RequestTransaction transaction;

    DeliveryQuery(RequestTransaction transaction) {
        this.transaction = transaction;
    }

    /** @param named the systems that the map names, which are listed in any case */
    List<SystemStatus> status(List<String> named) throws SQLException {
        SqlFragment select = SqlTemplate.of(STATUS)
                .bind("now", transaction.now())
                .bind("systems", named.toArray(String[]::new))
                .toFragment();
        return SqlRunner.list(transaction.connection(), select, row -> status(row, named));
    }

    private static SystemStatus status(ResultSet row, List<String> named) throws SQLException {
        String system = row.getString("system");
        return new SystemStatus(
                system,
                named.contains(system),
                row.getLong("waiting"),
                SqlRunner.moment(row, "oldest"),
                row.getLong("failed"),
                row.getLong("unanswered"),
                row.getLong("overdue"),
                row.getLong("refused"),
                row.getString("paused"));
    }

    List<DeliveryEntry> ofRequest(UUID request) throws SQLException {
        return list(
                SqlTemplate.of(OF_REQUEST)
                        .bind("request", request)
                        .fragment("tellsOf", TELLS_OF)
                        .toFragment(),
                1_000);
    }

    /** @param which a condition on delivery {@code d} and its event {@code o} */
    List<DeliveryEntry> list(SqlFragment which, int most) throws SQLException {
        SqlFragment select = SqlTemplate.of(ENTRIES)
                .bind("kind", transaction.context().kind().text())
                .fragment("which", which)
                .bind("most", most)
                .toFragment();
        return SqlRunner.list(transaction.connection(), select, DeliveryQuery::entry);
    }

    private static DeliveryEntry entry(ResultSet row) throws SQLException {
        String state = row.getString("state");
        return new DeliveryEntry(
                row.getObject("event", UUID.class),
                row.getLong("position"),
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

    /** Returns an entry for each request about which a system has not answered, or has refused. */
    Map<UUID, OpenAnswers> open(Collection<UUID> requests) throws SQLException {
        Map<UUID, List<OpenDelivery>> found = new LinkedHashMap<>();
        SqlRunner.forEach(
                transaction.connection(),
                SqlTemplate.of(OPEN)
                        .fragment("tellsOf", TELLS_OF)
                        .bind("requests", requests)
                        .bind("now", transaction.now())
                        .toFragment(),
                0,
                row -> found.computeIfAbsent(row.getObject("wanted", UUID.class), id -> new ArrayList<>())
                        .add(OpenDelivery.read(row)));
        Map<UUID, OpenAnswers> open = new LinkedHashMap<>();
        found.forEach((request, deliveries) -> open.put(request, OpenDelivery.answers(request, deliveries)));
        return open;
    }

    /** An answer that is not there, or is a refusal. */
    private record OpenDelivery(String system, boolean refused, boolean overdue, boolean givenUp, Instant answerBy) {

        static OpenDelivery read(ResultSet row) throws SQLException {
            return new OpenDelivery(
                    row.getString("system"),
                    row.getString("answer") != null,
                    row.getBoolean("overdue"),
                    row.getString("state").equals("failed"),
                    row.getObject("answer_by", OffsetDateTime.class).toInstant());
        }

        static OpenAnswers answers(UUID request, List<OpenDelivery> all) {
            List<OpenDelivery> waiting = all.stream().filter(d -> !d.refused()).toList();
            @Nullable
            Instant until =
                    waiting.isEmpty() ? null : waiting.get(waiting.size() - 1).answerBy();
            return new OpenAnswers(
                    request,
                    systems(waiting),
                    until,
                    systems(waiting.stream().filter(OpenDelivery::overdue).toList()),
                    systems(all.stream().filter(OpenDelivery::refused).toList()),
                    systems(waiting.stream().filter(OpenDelivery::givenUp).toList()));
        }

        /** A system that is waited for twice, such as after data and account were erased, is named once. */
        private static List<String> systems(List<OpenDelivery> deliveries) {
            return deliveries.stream().map(OpenDelivery::system).distinct().toList();
        }
    }
}
