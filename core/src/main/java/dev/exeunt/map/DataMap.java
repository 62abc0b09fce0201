package dev.exeunt.map;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A data map that was read: for every table which rows belong to a person, and what becomes of them.
 *
 * <p>{@code Exeunt.readMap} makes it. Other implementations are refused. The map is well formed; {@code Exeunt.check} proves it against
 * the live schema.
 */
public interface DataMap {

    /** The file's name as the user gave it. */
    String file();

    /** How exports are made, limited and kept. */
    ExportSettings export();

    /** Returns the flows that people may ask for, in the map's order; empty where the map has no {@code flows}. */
    List<Offer> offers();

    /** Returns what the map offers for a flow; empty where it does not offer the flow. */
    default Optional<Offer> offer(AccountFlow flow) {
        return offers().stream().filter(offer -> offer.flow() == flow).findFirst();
    }

    /**
     * Returns the same map with this grace period for every flow that has one, so that a test or a staging system need not wait for
     * weeks. A flow with {@code grace: none} stays as it is.
     *
     * <pre>{@code
     * DataMap map = Exeunt.readMap(Path.of("exeunt.yaml")).withGrace(TimeSpan.days(0)); // due at once
     * }</pre>
     */
    DataMap withGrace(TimeSpan grace);

    /** The columns of the subject's table that tell a person as its key does, such as {@code email}. */
    List<String> identifiers();

    /** Returns the tables that the map names, as mapped or as not personal, each as the map writes it. */
    List<String> namedTables();

    /**
     * Describes an account flow that the application offers, with its grace period and confirmation.
     *
     * @param grace how long people may change their mind; {@code 0d} is due at once, by the reaper; null for {@code none}: the erasure
     *     is part of the request's own transaction
     * @param loginBlock how long they cannot sign in, counted from the request; null for not at all
     * @param blockEndsWithRequest whether taking the request back ends the login block ({@code lifted-by}); else it holds to its end
     * @param confirm the identifier that they have to type; null for none
     */
    record Offer(
            AccountFlow flow,
            @Nullable TimeSpan grace,
            @Nullable TimeSpan loginBlock,
            boolean blockEndsWithRequest,
            @Nullable String confirm) {}
}
