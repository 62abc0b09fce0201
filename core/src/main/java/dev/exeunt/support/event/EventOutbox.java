package dev.exeunt.support.event;

import dev.exeunt.HashKey;
import dev.exeunt.database.Database;
import dev.exeunt.internal.facade.CallContext;
import dev.exeunt.internal.map.LifecycleSettings.EventName;
import dev.exeunt.internal.outbox.EventContent;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.map.DataMap;
import dev.exeunt.support.security.ContentCipher;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Hands out the events that wait for other systems, and records what became of them. Any number of instances share it; each delivery is
 * claimed by one worker at a time. Each call is one transaction. No exception quotes a key.
 */
public final class EventOutbox {

    /** How long a system may be away before its events are given up. Staff can send them again. */
    public static final Duration GIVE_UP = Duration.ofDays(3);

    /** Longer than the time limits of all attempts of a batch, together. */
    private static final Duration LEASE = Duration.ofMinutes(5);

    private final ProvenContext context;
    private final ContentCipher cipher;

    private EventOutbox(ProvenContext context, HashKey key) {
        this.context = context;
        this.cipher = EventContent.cipher(key);
    }

    /**
     * Opens the outbox of a map's subjects. The map is proven when the outbox is first used.
     *
     * @param clock as of the requests
     */
    public static EventOutbox open(Database database, Clock clock, HashKey key, DataMap map) {
        return new EventOutbox(new ProvenContext(database, clock, key, map), key);
    }

    /** Returns the names of the systems that the map names, in its order. */
    public static List<String> systems(DataMap map) {
        return CallContext.definition(map).lifecycle().external().stream()
                .map(s -> s.name().text())
                .toList();
    }

    /** Whether the map has a query for where a person's data is in the system. */
    public static boolean hasLocators(DataMap map, String system) {
        return CallContext.definition(map).lifecycle().external().stream()
                .anyMatch(s -> s.name().text().equals(system) && s.locators() != null);
    }

    /** Returns how many columns the key of the map's subjects has. */
    public static int keyColumns(DataMap map) {
        return CallContext.definition(map).subject().key().size();
    }

    /** Whether the map names a system that erasures wait for. */
    public static boolean isAnyAwaited(DataMap map) {
        return CallContext.definition(map).lifecycle().external().stream().anyMatch(s -> s.beforeErasure() != null);
    }

    /**
     * Whether a system of the map gets an event.
     *
     * @param event as the map names it: {@code erased}
     */
    public static boolean gets(DataMap map, String system, String event) {
        return CallContext.definition(map).lifecycle().external().stream()
                .anyMatch(s ->
                        s.name().text().equals(system) && s.wants(EventName.valueOf(event.toUpperCase(Locale.ROOT))));
    }

    /**
     * Claims events for a system: of each person the first that waits, the longest waiting first.
     *
     * @param worker a name that no other worker has at the same time
     */
    public List<OutgoingEvent> claim(String system, String worker, int most) {
        return RequestTransaction.runAndCommit(
                context.get(),
                "claiming events",
                transaction -> new DeliveryTable(transaction).claim(system, worker, LEASE, most, cipher));
    }

    /** An event that a system has taken, and what it said about it; null where it said nothing yet. */
    public record Delivered(OutgoingEvent event, @Nullable SystemAnswer answer) {}

    /** Records that the system has taken these events. */
    public void markDelivered(String system, List<Delivered> delivered) {
        if (delivered.isEmpty()) {
            return;
        }
        RequestTransaction.runAndCommit(context.get(), "recording events as delivered", transaction -> {
            new DeliveryTable(transaction).markDelivered(system, delivered);
            return true;
        });
    }

    /**
     * Records that an attempt failed. The event is tried again after the pause, or given up once the change is {@link #GIVE_UP} ago.
     *
     * @param failure a word or status code, never a text of the system
     * @return whether the event was given up
     */
    public boolean markFailed(OutgoingEvent event, String failure, Duration pause) {
        return RequestTransaction.runAndCommit(
                context.get(), "recording that an event was not delivered", transaction -> {
                    Instant now = transaction.now();
                    boolean last = event.at().plus(GIVE_UP).isBefore(now);
                    new DeliveryTable(transaction).putOff(event, last ? null : now.plus(pause), failure);
                    return last;
                });
    }

    /** Gives claimed events back, such as those behind one that failed since the system is away. They count no attempt. */
    public void release(String system, List<OutgoingEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        RequestTransaction.runAndCommit(context.get(), "giving events back", transaction -> {
            new DeliveryTable(transaction).release(system, events);
            return true;
        });
    }

    /**
     * Records what a system says that it did about an erasure.
     *
     * @return false where no answer to this event is due from this system, or there is one already
     */
    public boolean answer(UUID event, String system, SystemAnswer answer) {
        return RequestTransaction.runAndCommit(
                context.get(),
                "recording an answer",
                transaction -> new DeliveryTable(transaction).answer(event, system, answer));
    }

    /** Writes events that time causes, and forgets the events that are over. */
    public void maintain() {
        boolean more = true;
        while (more) {
            more = RequestTransaction.runAndCommit(
                    context.get(),
                    "telling what is due soon",
                    transaction -> new OutboxMaintenance(transaction).writeDueSoon());
        }
        RequestTransaction.runAndCommit(context.get(), "forgetting events", transaction -> {
            new OutboxMaintenance(transaction).forgetOver();
            return true;
        });
    }
}
