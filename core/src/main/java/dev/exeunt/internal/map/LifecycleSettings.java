package dev.exeunt.internal.map;

import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.Finding.Position;
import dev.exeunt.map.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds what the map says of the time around an erasure: offered flows, guards, warnings, external systems, the watch for late rows,
 * database roles, and who may call the functions in SQL.
 *
 * @param offers the flows that people may ask for, in the map's order; empty where the map has no {@code flows}
 */
public record LifecycleSettings(
        List<OfferedFlow> offers,
        List<Guard> guards,
        List<FlowWarning> warnings,
        List<ExternalSystem> external,
        LateRowWatch lateRows,
        DatabaseRoles roles,
        SqlEntryPoints sql) {

    /** What a map that says nothing gets. */
    public static final LifecycleSettings NONE = new LifecycleSettings(
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            LateRowWatch.USUAL,
            new DatabaseRoles(List.of(), List.of(), false),
            new SqlEntryPoints(List.of(), List.of(), List.of()));

    public LifecycleSettings {
        offers = List.copyOf(offers);
        guards = List.copyOf(guards);
        warnings = List.copyOf(warnings);
        external = List.copyOf(external);
    }

    public Optional<OfferedFlow> offer(AccountFlow flow) {
        return offers.stream().filter(o -> o.flow() == flow).findFirst();
    }

    /** The same settings with another grace period for every flow that has one. */
    public LifecycleSettings withGrace(TimeSpan grace) {
        List<OfferedFlow> changed = offers.stream()
                .map(o -> o.grace() == null
                        ? o
                        : new OfferedFlow(
                                o.flow(), grace, o.loginBlock(), o.blockEndsWithRequest(), o.confirm(), o.at()))
                .toList();
        return new LifecycleSettings(changed, guards, warnings, external, lateRows, roles, sql);
    }

    /**
     * Describes an account flow that the application offers, with its grace period and confirmation.
     *
     * @param grace how long they may change their mind; {@code 0d} is due at once, by the reaper; null is {@code none}: the
     *     erasure is part of the request's own transaction
     * @param loginBlock how long they cannot sign in, counted from the request; null for not at all
     * @param blockEndsWithRequest whether taking the request back ends the login block ({@code lifted-by}); else it holds to its end
     * @param confirm the identifier they have to type; null for none
     */
    public record OfferedFlow(
            AccountFlow flow,
            @Nullable TimeSpan grace,
            @Nullable TimeSpan loginBlock,
            boolean blockEndsWithRequest,
            @Nullable LocatedText confirm,
            Position at) {

        /** What a flow gets that says nothing of it. */
        public static final TimeSpan GRACE = TimeSpan.days(30);

        /** The same without places in the map. */
        DataMap.Offer offer() {
            return new DataMap.Offer(
                    flow, grace, loginBlock, blockEndsWithRequest, confirm == null ? null : confirm.text());
        }
    }

    /**
     * A query each of whose rows forbids the flows.
     *
     * @param message with {@code {column}} of the row
     * @param link with {@code {column}} of the row: where the person can put it right; null for nowhere
     * @param override whether an administrator may pass it over
     */
    public record Guard(
            LocatedText name,
            List<AccountFlow> flows,
            LocatedText sql,
            LocatedText message,
            @Nullable LocatedText link,
            GuardOverride override) {
        public Guard {
            flows = List.copyOf(flows);
        }

        /** Says whether an administrator may override the guard. */
        public enum GuardOverride {
            NEVER,
            ADMIN
        }
    }

    /**
     * Defines a query whose rows are warnings that the person must acknowledge before the flow begins.
     *
     * @param message with {@code {column}} of the row; null where the row's own values are the message
     */
    public record FlowWarning(
            LocatedText name,
            List<AccountFlow> flows,
            LocatedText sql,
            @Nullable LocatedText message) {
        public FlowWarning {
            flows = List.copyOf(flows);
        }
    }

    /**
     * Names the events that external systems are told of. A map writes {@link #word}, such as {@code erased}; the event itself has {@link
     * #type}, such as {@code user.erased}.
     */
    public enum EventName {
        DATA_EXPORT_REQUESTED,
        DATA_EXPORT_READY,
        DATA_EXPORT_FETCHED,
        DATA_EXPORT_FAILED,
        DATA_EXPORT_CANCELLED,
        DATA_EXPORT_EXPIRED,
        DATA_DELETION_REQUESTED,
        ACCOUNT_DELETION_REQUESTED,
        DEACTIVATED,
        REACTIVATED,
        /** a request to delete data or the account was taken back */
        CANCELLED,
        /** staff passed a guard over */
        GUARD_OVERRIDDEN,
        ERASURE_DUE_SOON,
        /** the account is about to be erased; systems can be waited for */
        ERASURE_STARTING,
        ERASURE_BLOCKED,
        /** the erasure is due, and a legal hold keeps it from being done */
        ERASURE_HELD,
        /** the legal hold is over, and the erasure goes on */
        ERASURE_RESUMED,
        ERASURE_FAILED,
        /** staff had a failed erasure tried again */
        ERASURE_RETRIED,
        /** what <em>delete my data</em> deletes is gone; the account stays */
        DATA_ERASED,
        /** the account is gone */
        ERASED,
        /** rows of a person came after the erasure of the account */
        LATE_ROWS_FOUND;

        /** As a map names it: {@code erased}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** As systems read it: {@code user.erased}. */
        public String type() {
            return "user." + word();
        }

        /** Whether rows of the person are gone, so that other systems have to erase theirs. */
        public boolean isErasure() {
            return this == ERASED || this == DATA_ERASED;
        }

        /** Whether systems that hold data of the person may have to act, and so need to know where it is. */
        public boolean hasLocators() {
            return switch (this) {
                case DATA_DELETION_REQUESTED,
                        ACCOUNT_DELETION_REQUESTED,
                        DEACTIVATED,
                        REACTIVATED,
                        CANCELLED,
                        ERASURE_STARTING,
                        ERASURE_BLOCKED,
                        ERASURE_HELD,
                        DATA_ERASED,
                        ERASED -> true;
                case DATA_EXPORT_REQUESTED,
                        DATA_EXPORT_READY,
                        DATA_EXPORT_FETCHED,
                        DATA_EXPORT_FAILED,
                        DATA_EXPORT_CANCELLED,
                        DATA_EXPORT_EXPIRED,
                        GUARD_OVERRIDDEN,
                        ERASURE_DUE_SOON,
                        ERASURE_FAILED,
                        ERASURE_RESUMED,
                        ERASURE_RETRIED,
                        LATE_ROWS_FOUND -> false;
            };
        }

        /** Whether a system that acts before an erasure has to hear of it, to act or to undo what it did. */
        public boolean concernsStart() {
            return switch (this) {
                case ERASURE_STARTING, ERASURE_BLOCKED, ERASURE_HELD, ERASURE_FAILED, CANCELLED, REACTIVATED -> true;
                case DATA_EXPORT_REQUESTED,
                        DATA_EXPORT_READY,
                        DATA_EXPORT_FETCHED,
                        DATA_EXPORT_FAILED,
                        DATA_EXPORT_CANCELLED,
                        DATA_EXPORT_EXPIRED,
                        DATA_DELETION_REQUESTED,
                        ACCOUNT_DELETION_REQUESTED,
                        DEACTIVATED,
                        GUARD_OVERRIDDEN,
                        ERASURE_DUE_SOON,
                        ERASURE_RESUMED,
                        ERASURE_RETRIED,
                        DATA_ERASED,
                        ERASED,
                        LATE_ROWS_FOUND -> false;
            };
        }

        public static List<String> words() {
            return Arrays.stream(values()).map(EventName::word).toList();
        }
    }

    /**
     * Names an external system that gets events. A system that holds data of the person has to answer what it erased.
     *
     * @param events names of the events it gets, such as {@code erased}; empty for all
     * @param locators the query that finds the person's data there, before the rows that know it are gone; null where the key is enough
     * @param deadline how long the system may take to answer after an erasure; null where it is only told
     * @param beforeErasure how long an erasure of the account waits at most until the system has acted; null where it does not wait
     */
    public record ExternalSystem(
            LocatedText name,
            List<String> events,
            @Nullable LocatedText locators,
            @Nullable TimeSpan deadline,
            @Nullable TimeSpan beforeErasure) {

        /** What a system gets that names locators and no deadline: a month, as GDPR Art. 12(3) gives for the whole request. */
        public static final TimeSpan DEADLINE = TimeSpan.days(30);

        public ExternalSystem {
            events = List.copyOf(events);
        }

        /** Whether the system gets an event. One that has to answer gets every erasure; one that is waited for, what concerns the start. */
        public boolean wants(EventName event) {
            return events.isEmpty()
                    || events.contains(event.word())
                    || event.isErasure() && deadline != null
                    || event.concernsStart() && beforeErasure != null;
        }
    }

    /**
     * Says when an erased person's links are looked at again, for rows that came after the erasure.
     *
     * @param looks how long after the erasure, in ascending order; empty for no look
     * @param erase whether rows that are found are erased; else they are only reported
     */
    public record LateRowWatch(List<Duration> looks, boolean erase) {

        /** What a map gets that says nothing: a cache writes within minutes, a nightly import within a day. */
        public static final LateRowWatch USUAL =
                new LateRowWatch(List.of(Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofDays(1)), false);

        public static final LateRowWatch NONE = new LateRowWatch(List.of(), false);

        public LateRowWatch {
            looks = looks.stream().distinct().sorted().toList();
        }

        /**
         * Returns when the next look is.
         *
         * @return null where none is left
         */
        public @Nullable Instant next(Instant erasedAt, Instant now) {
            return looks.stream()
                    .map(erasedAt::plus)
                    .filter(look -> look.isAfter(now))
                    .findFirst()
                    .orElse(null);
        }
    }

    /**
     * Roles of the database.
     *
     * @param application those that no longer see who is hidden
     * @param exempt those that still do
     * @param force whether row security binds the owner of a table, too
     */
    public record DatabaseRoles(List<LocatedText> application, List<LocatedText> exempt, boolean force) {
        public DatabaseRoles {
            application = List.copyOf(application);
            exempt = List.copyOf(exempt);
        }
    }

    /**
     * Names the roles that may call the functions in SQL, and how a function tells whose call it is.
     *
     * @param callers roles that may call the functions; empty where the map offers none
     * @param gateway login roles that change to one of these roles with {@code SET ROLE} and say who calls
     * @param caller an SQL expression for each column of the person's key; empty for the claim {@code sub} of the request
     */
    public record SqlEntryPoints(List<LocatedText> callers, List<LocatedText> gateway, List<LocatedText> caller) {
        public SqlEntryPoints {
            callers = List.copyOf(callers);
            gateway = List.copyOf(gateway);
            caller = List.copyOf(caller);
        }

        /** Whether the map offers the functions. */
        public boolean offered() {
            return !callers.isEmpty();
        }
    }
}
