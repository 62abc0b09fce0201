package dev.exeunt.map;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a map says of the way from a request to the erasure: which flows the application offers, what stands in their way, whom
 * else to tell.
 *
 * @param offers the flows that people may ask for, in the map's order; empty where the map has no {@code flows}
 */
public record Lifecycle(
        List<Offer> offers, List<Guard> guards, List<Notice> warnings, List<External> external, DatabaseRoles roles) {

    /** What a map that says nothing gets. */
    public static final Lifecycle NONE =
            new Lifecycle(List.of(), List.of(), List.of(), List.of(), new DatabaseRoles(List.of(), List.of()));

    public Lifecycle {
        offers = List.copyOf(offers);
        guards = List.copyOf(guards);
        warnings = List.copyOf(warnings);
        external = List.copyOf(external);
    }

    public Optional<Offer> offer(Flow flow) {
        return offers.stream().filter(o -> o.flow() == flow).findFirst();
    }

    /**
     * A flow that people may ask for.
     *
     * @param grace how long they may change their mind; {@code 0d} is due at once, by the reaper; null is {@code none}: the
     *     erasure is part of the request's own transaction
     * @param loginBlock how long they cannot sign in; null for not at all
     * @param confirm the identifier they have to type; null for none
     */
    public record Offer(
            Flow flow,
            @Nullable Span grace,
            @Nullable Span loginBlock,
            @Nullable Word confirm,
            Position at) {

        /** What a flow gets that says nothing of it. */
        public static final Span GRACE = Span.days(30);
    }

    /**
     * A query each of whose rows forbids the flows.
     *
     * @param message with {@code {column}} of the row
     * @param link with {@code {column}} of the row: where the person can put it right; null for nowhere
     * @param override whether an administrator may pass it over
     */
    public record Guard(
            Word name,
            List<Flow> flows,
            Word sql,
            Word message,
            @Nullable Word link,
            Override override) {
        public Guard {
            flows = List.copyOf(flows);
        }

        public enum Override {
            NEVER,
            ADMIN
        }
    }

    /**
     * A query each of whose rows is a warning that people acknowledge before a flow begins.
     *
     * @param message with {@code {column}} of the row; null where the row's own values are the message
     */
    public record Notice(
            Word name, List<Flow> flows, Word sql, @Nullable Word message) {
        public Notice {
            flows = List.copyOf(flows);
        }
    }

    /**
     * What lives elsewhere.
     *
     * @param locators the query that finds where, before the rows that know it are gone
     */
    public record External(Word name, Word locators) {}

    /**
     * Roles of the database.
     *
     * @param application those that no longer see who is hidden
     * @param exempt those that still do
     */
    public record DatabaseRoles(List<Word> application, List<Word> exempt) {
        public DatabaseRoles {
            application = List.copyOf(application);
            exempt = List.copyOf(exempt);
        }
    }
}
