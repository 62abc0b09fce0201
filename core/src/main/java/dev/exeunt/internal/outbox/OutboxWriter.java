package dev.exeunt.internal.outbox;

import dev.exeunt.HashKey;
import dev.exeunt.internal.ledger.AuditEventType;
import dev.exeunt.internal.ledger.AuditLog;
import dev.exeunt.internal.map.LifecycleSettings.EventName;
import dev.exeunt.internal.map.LifecycleSettings.ExternalSystem;
import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.Actor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Collects the events of a transaction and writes them at its end, so that they are committed with the change that they tell of, or not at
 * all. Where the map names no external system, it does nothing.
 *
 * <p>Events of one person are written by one transaction at a time, until it commits. Their positions are therefore in the order of
 * their commits.
 */
public final class OutboxWriter implements AuditLog.AuditListener {

    private static final String SUBJECTS =
            "SELECT id, kind, subject FROM exeunt.request WHERE id = ANY (:ids) AND subject IS NOT NULL";

    private final Connection connection;
    private final PlannedSubject person;
    private final @Nullable HashKey key;
    private final List<ExternalSystem> systems;
    private final List<PendingEvent> pending = new ArrayList<>();
    private final Map<SubjectKey, Map<String, String>> locators = new HashMap<>();

    /** @param key that encrypts contents; null only where no event can occur, or there is no system */
    public OutboxWriter(
            Connection connection, PlannedSubject person, @Nullable HashKey key, List<ExternalSystem> systems) {
        this.connection = connection;
        this.person = person;
        this.key = key;
        this.systems = List.copyOf(systems);
    }

    /** Says whether the outbox's table is there. */
    public static boolean inUse(Connection connection) throws SQLException {
        return SqlRunner.isTrue(
                connection, SqlFragment.of("SELECT pg_catalog.to_regclass('exeunt.outbox') IS NOT NULL"));
    }

    /** Whether the map has a query for where data of people is in any system. */
    public boolean hasLocators() {
        return systems.stream().anyMatch(s -> s.locators() != null);
    }

    /** Reads where the data of these people is in other systems, for the events of this transaction. Call it while their rows are there. */
    public void readLocators(List<SubjectKey> people) throws SQLException {
        locators.putAll(new LocatorQuery(connection, person).run(systems, people));
    }

    @Override
    public void appended(AuditEventType type, Instant at, List<UUID> requests, Actor actor) throws SQLException {
        if (systems.isEmpty() || requests.isEmpty() || OutboxEventTypes.of(type, false) == null) {
            return;
        }
        SqlRunner.forEach(
                connection, SqlTemplate.of(SUBJECTS).bind("ids", requests).toFragment(), 0, row -> {
                    boolean dataOnly = row.getString("kind").equals(AccountFlow.DELETE_DATA.word());
                    EventName name = OutboxEventTypes.of(type, dataOnly);
                    if (name != null) {
                        SubjectKey subject = new SubjectKey(SqlRunner.texts(row, "subject"));
                        add(new PendingEvent(name, at, row.getObject("id", UUID.class), subject, actor));
                    }
                });
    }

    /** Whether any system gets such events. */
    public boolean isWanted(EventName name) {
        return systems.stream().anyMatch(s -> s.wants(name));
    }

    /** Adds the event of an erasure without a request. */
    public void addErased(List<SubjectKey> people, Instant at) {
        people.forEach(subject -> add(new PendingEvent(EventName.ERASED, at, null, subject, Actor.EXEUNT)));
    }

    /** Adds the event of a request. */
    public void add(EventName name, Instant at, UUID request, SubjectKey subject) {
        add(new PendingEvent(name, at, request, subject, Actor.EXEUNT));
    }

    /** Of several requests that one erasure carries out, systems are told once. Each request can be found by the event. */
    private void add(PendingEvent event) {
        UUID request = event.request();
        for (int i = 0; event.name().isErasure() && i < pending.size(); i++) {
            PendingEvent told = pending.get(i);
            if (told.name() == event.name() && told.subject().equals(event.subject())) {
                pending.set(i, request == null ? told : told.with(request));
                return;
            }
        }
        if (systems.stream().anyMatch(event::isFor)) {
            pending.add(event);
        }
    }

    /** Writes what was collected. Call it as the last statement before the commit. */
    public void write() throws SQLException {
        if (pending.isEmpty()) {
            return;
        }
        if (key == null) {
            throw new MissingEventKeyException();
        }
        new OutboxInsert(connection, person.kind(), key, systems).insert(pending, locators);
        pending.clear();
    }
}
