package dev.exeunt.internal.map;

import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.Finding.Position;
import dev.exeunt.map.TimeSpan;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds what the map says of the time between request and erasure: offered flows, guards, warnings, external systems,
 * database roles, and who may call the functions in SQL.
 *
 * @param offers the flows that people may ask for, in the map's order; empty where the map has no {@code flows}
 */
public record LifecycleSettings(
        List<OfferedFlow> offers,
        List<Guard> guards,
        List<FlowWarning> warnings,
        List<ExternalSystem> external,
        DatabaseRoles roles,
        SqlEntryPoints sql) {

    /** What a map that says nothing gets. */
    public static final LifecycleSettings NONE = new LifecycleSettings(
            List.of(),
            List.of(),
            List.of(),
            List.of(),
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
        return new LifecycleSettings(changed, guards, warnings, external, roles, sql);
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
     * Names an external system that holds data of the person, with the query that finds its locators.
     *
     * @param locators the query that finds where, before the rows that know it are gone
     */
    public record ExternalSystem(LocatedText name, LocatedText locators) {}

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
