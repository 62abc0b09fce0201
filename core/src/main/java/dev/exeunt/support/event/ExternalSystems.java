package dev.exeunt.support.event;

import dev.exeunt.HashKey;
import dev.exeunt.database.Database;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.Actor;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Shows staff what external systems still have to get and to answer, and lets them send again, pause and close. Nothing that it returns
 * holds a key or a locator. The audit log says who did what.
 */
public final class ExternalSystems {

    private final ProvenContext context;
    private final List<String> systems;

    private ExternalSystems(ProvenContext context, DataMap map) {
        this.context = context;
        this.systems = EventOutbox.systems(map);
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

    /** Counts what each system of the map, or of an event, still has to get and to answer. */
    public List<SystemStatus> status() {
        return RequestTransaction.runReadOnly(
                context.get(), "counting events", transaction -> new DeliveryQuery(transaction).status(systems));
    }

    /** Returns the names of systems that the map or an event names. */
    public List<String> names() {
        return status().stream().map(SystemStatus::system).toList();
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

    /**
     * Lists deliveries of a system in pages, the latest event first.
     *
     * @param after {@link DeliveryPage#next} of the page before; null for the first page
     * @param size of the page, from 1 on
     */
    public DeliveryPage page(String system, DeliveryFilter filter, @Nullable Long after, int size) {
        SqlFragment which = SqlTemplate.of("d.system = :system AND d.position < :after AND {filter}")
                .bind("system", system)
                .bind("after", after == null ? Long.MAX_VALUE : after)
                .fragment("filter", filter.condition)
                .toFragment();
        List<DeliveryEntry> entries = list(which, size + 1);
        return entries.size() <= size
                ? new DeliveryPage(entries, null)
                : new DeliveryPage(
                        entries.subList(0, size), entries.get(size - 1).position());
    }

    /** Lists the deliveries of one event: one for each system that it goes to. */
    public List<DeliveryEntry> ofEvent(UUID event) {
        return list(SqlTemplate.of("d.event = :event").bind("event", event).toFragment(), 1_000);
    }

    private List<DeliveryEntry> list(SqlFragment which, int most) {
        return RequestTransaction.runReadOnly(
                context.get(), "listing events", transaction -> new DeliveryQuery(transaction).list(which, most));
    }

    /**
     * Lists the deliveries of a request: what each system was told, and what it answered. If another request of the person was carried
     * out by the same erasure, its events are among them.
     */
    public List<DeliveryEntry> ofRequest(UUID request) {
        return RequestTransaction.runReadOnly(
                context.get(), "listing events", transaction -> new DeliveryQuery(transaction).ofRequest(request));
    }

    /**
     * Says for each of these requests what systems still have to answer about its erasure.
     *
     * @return an entry for each request about which a system has not answered, or has refused
     */
    public Map<UUID, OpenAnswers> openAnswers(Collection<UUID> requests) {
        return requests.isEmpty()
                ? Map.of()
                : RequestTransaction.runReadOnly(
                        context.get(),
                        "looking for open answers",
                        transaction -> new DeliveryQuery(transaction).open(requests));
    }

    /**
     * Sends one event to a system again, whether it was delivered or given up.
     *
     * @param staff who wants it; {@link Actor#EXEUNT} where a command was given no name
     * @param reason null where none was given
     * @return false where there is no such event, where it waits already, or where its content is forgotten
     */
    public boolean resend(UUID event, String system, Actor staff, @Nullable String reason) {
        return RequestTransaction.runAndCommit(
                context.get(),
                "sending events again",
                transaction -> new DeliveryActions(transaction, staff, reason).resend(event, system));
    }

    /** Sends all events to a system again that were given up. Returns how many. The others are as of {@link #resend}. */
    public long resendFailed(String system, Actor staff, @Nullable String reason) {
        return RequestTransaction.runAndCommit(
                context.get(),
                "sending events again",
                transaction -> new DeliveryActions(transaction, staff, reason).resendFailed(system));
    }

    /** Lets the events of a system wait until {@link #resume}. Returns false where it is paused already. */
    public boolean pause(String system, Actor staff, String reason) {
        staff.requireReason(reason);
        return RequestTransaction.runAndCommit(
                context.get(),
                "pausing a system",
                transaction -> new DeliveryActions(transaction, staff, reason).pause(system));
    }

    /** Returns false where the system is not paused. The others are as of {@link #resend}. */
    public boolean resume(String system, Actor staff, @Nullable String reason) {
        return RequestTransaction.runAndCommit(
                context.get(),
                "resuming a system",
                transaction -> new DeliveryActions(transaction, staff, reason).resume(system));
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
                transaction -> new DeliveryActions(transaction, staff, reason).close(event, system, reason));
    }
}
