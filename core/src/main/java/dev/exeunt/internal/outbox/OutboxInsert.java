package dev.exeunt.internal.outbox;

import dev.exeunt.HashKey;
import dev.exeunt.internal.map.LifecycleSettings.ExternalSystem;
import dev.exeunt.internal.map.SubjectKind;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.support.security.ContentCipher;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes events and their deliveries: two statements for any number of people. */
final class OutboxInsert {

    /** Until the transaction ends, no other writes events of these people. Locked in one order, so that two never wait for each other. */
    private static final String LOCK = """
            SELECT pg_catalog.pg_advisory_xact_lock(person)
            FROM (SELECT DISTINCT p AS person FROM pg_catalog.unnest(:people::pg_catalog.int8[]) AS p ORDER BY p) AS exeunt_p
            """;

    /** What is on record of these people under former keys goes on under the present one: the order of events, disabled accounts. */
    private static final String RENAME = """
            WITH exeunt_person AS (
                SELECT pg_catalog.decode(p.former, 'hex') AS former, pg_catalog.decode(p.present, 'hex') AS present
                FROM ROWS FROM (pg_catalog.unnest(:formers::pg_catalog.text[]), pg_catalog.unnest(:presents::pg_catalog.text[]))
                    AS p(former, present)),
            exeunt_delivery AS (
                UPDATE exeunt.delivery AS d SET person = p.present FROM exeunt_person AS p
                WHERE d.person = p.former AND d.state = 'waiting'),
            exeunt_account AS (
                DELETE FROM exeunt.disabled_account AS a USING exeunt_person AS p WHERE a.person = p.former
                RETURNING a.system, p.present, a.account, a.content, a.disabled_at)
            INSERT INTO exeunt.disabled_account (system, person, account, content, disabled_at)
            SELECT a.system, a.present, a.account, a.content, a.disabled_at FROM exeunt_account AS a
            ON CONFLICT DO NOTHING
            """;

    private static final String INSERT = """
            WITH exeunt_event AS (
                INSERT INTO exeunt.outbox (id, name, at, request, subject_kind, person, details, content)
                SELECT e.id, e.name, e.at, e.request, :kind, pg_catalog.decode(e.person, 'hex'),
                    pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(
                        'flow', coalesce(r.kind, 'delete-account'), 'actor', e.actor, 'dueAt', {due},
                        'loginBlockedUntil', {blocked}, 'also', e.also::pg_catalog.jsonb)),
                    pg_catalog.decode(e.content, 'hex')
                FROM ROWS FROM (
                    pg_catalog.unnest(:ids), pg_catalog.unnest(:names::pg_catalog.text[]),
                    pg_catalog.unnest(:ats::pg_catalog.timestamptz[]), pg_catalog.unnest(:requests::pg_catalog.uuid[]),
                    pg_catalog.unnest(:persons::pg_catalog.text[]), pg_catalog.unnest(:actors::pg_catalog.text[]),
                    pg_catalog.unnest(:contents::pg_catalog.text[]), pg_catalog.unnest(:alsos::pg_catalog.text[]))
                    WITH ORDINALITY AS e(id, name, at, request, person, actor, content, also, number)
                LEFT JOIN exeunt.request AS r ON r.id = e.request
                ORDER BY e.number
                RETURNING id, at, person, position)
            INSERT INTO exeunt.delivery (event, system, person, position, attempt_at, answer_by)
            SELECT e.id, d.system, e.person, e.position, e.at, d.answer_by
            FROM exeunt_event AS e JOIN ROWS FROM (
                pg_catalog.unnest(:deliveries), pg_catalog.unnest(:systems::pg_catalog.text[]),
                pg_catalog.unnest(:answers::pg_catalog.timestamptz[])) AS d(event, system, answer_by) ON d.event = e.id
            """;

    private static final String MOMENT = """
            pg_catalog.to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')""";

    private final Connection connection;
    private final SubjectKind kind;
    private final HashKey key;
    private final List<ExternalSystem> systems;

    OutboxInsert(Connection connection, SubjectKind kind, HashKey key, List<ExternalSystem> systems) {
        this.connection = connection;
        this.kind = kind;
        this.key = key;
        this.systems = systems;
    }

    /** An event by its id, and one system that it goes to. */
    private record EventDelivery(
            UUID event, String system, @Nullable Instant answerBy) {}

    void insert(List<PendingEvent> events, Map<SubjectKey, Map<String, String>> locators) throws SQLException {
        SqlRunner.call(
                connection,
                SqlTemplate.of(LOCK)
                        .bind("people", texts(events, e -> Long.toString(lockNumber(e.subject()))))
                        .toFragment());
        renameToPresentKey(events);
        List<UUID> ids = events.stream().map(e -> UUID.randomUUID()).toList();
        List<EventDelivery> deliveries = new ArrayList<>();
        List<String> contents = new ArrayList<>();
        ContentCipher cipher = EventContent.cipher(key);
        for (int i = 0; i < events.size(); i++) {
            PendingEvent event = events.get(i);
            UUID id = ids.get(i);
            systems.stream()
                    .filter(event::isFor)
                    .forEach(s -> deliveries.add(new EventDelivery(id, s.name().text(), event.answerBy(s))));
            Map<String, String> found =
                    event.name().hasLocators() ? locators.getOrDefault(event.subject(), Map.of()) : Map.of();
            EventContent content = new EventContent(event.subject().parts(), found);
            contents.add(HexFormat.of().formatHex(content.encrypt(cipher, id)));
        }
        SqlRunner.update(
                connection,
                SqlTemplate.of(INSERT)
                        .bind("kind", kind.text())
                        .fragment("due", moment("r.due_at"))
                        .fragment("blocked", moment("r.login_blocked_until"))
                        .bind("ids", ids)
                        .bind("names", texts(events, e -> e.name().type()))
                        .bind("ats", texts(events, e -> e.at().toString()))
                        .bind("requests", texts(events, e -> e.request() == null ? null : String.valueOf(e.request())))
                        .bind("persons", texts(events, e -> HexFormat.of().formatHex(hash(e.subject()))))
                        .bind("actors", texts(events, PendingEvent::actorKind))
                        .bind("contents", contents.toArray(String[]::new))
                        .bind("alsos", texts(events, e -> also(e.also())))
                        .bind(
                                "deliveries",
                                deliveries.stream().map(EventDelivery::event).toList())
                        .bind("systems", texts(deliveries, EventDelivery::system))
                        .bind(
                                "answers",
                                texts(deliveries, d -> d.answerBy() == null ? null : String.valueOf(d.answerBy())))
                        .toFragment());
    }

    private void renameToPresentKey(List<PendingEvent> events) throws SQLException {
        List<String> formers = new ArrayList<>();
        List<String> presents = new ArrayList<>();
        for (SubjectKey subject :
                events.stream().map(PendingEvent::subject).distinct().toList()) {
            List<String> hashes = key.hashesHex(kind.text(), subject.parts());
            hashes.stream().skip(1).forEach(former -> {
                formers.add(former);
                presents.add(hashes.get(0));
            });
        }
        if (!formers.isEmpty()) {
            SqlRunner.update(
                    connection,
                    SqlTemplate.of(RENAME)
                            .bind("formers", formers.toArray(String[]::new))
                            .bind("presents", presents.toArray(String[]::new))
                            .toFragment());
        }
    }

    /** The requests as an array of JSON; null where there is none. */
    private static @Nullable String also(List<UUID> requests) {
        return requests.isEmpty()
                ? null
                : requests.stream().map(r -> '"' + r.toString() + '"').collect(Collectors.joining(", ", "[", "]"));
    }

    private static String moment(String column) {
        return MOMENT.replace("{column}", column);
    }

    private byte[] hash(SubjectKey subject) {
        return key.hash(kind.text(), subject.parts());
    }

    /** Two people with the same number only wait for each other. */
    private long lockNumber(SubjectKey subject) {
        return ByteBuffer.wrap(hash(subject)).getLong();
    }

    private static <T> @Nullable String[] texts(List<T> all, Function<T, @Nullable String> text) {
        return all.stream().map(text).toArray(String[]::new);
    }
}
