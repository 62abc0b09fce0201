package dev.exeunt.map;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a map says of a role's rows besides their fate: which flows they take part in, and what happens to them between request
 * and erasure.
 *
 * @param hide by flow; a flow without one hides nothing
 * @param created the column that says when a row was made; null where the map leaves it out
 * @param fates by flow, each of them; for what the account keeps under {@link Flow#DELETE_DATA} it is {@link Fate.Untouched}
 */
public record Handling(
        Scope scope,
        Map<Flow, Hide> hide,
        @Nullable Word created,
        NewRows newRows,
        Reads reads,
        Map<Flow, Fate> fates) {

    public Handling {
        hide = Map.copyOf(hide);
        fates = Map.copyOf(fates);
        if (fates.size() != Flow.values().length) {
            throw new IllegalArgumentException("each flow has a fate: " + fates.keySet());
        }
    }

    /** What happens at the request of a flow; empty where nothing does. */
    public Optional<Hide> hide(Flow flow) {
        return Optional.ofNullable(hide.get(flow));
    }

    /** What becomes of the rows when the flow is due. */
    public Fate fate(Flow flow) {
        return Objects.requireNonNull(fates.get(flow));
    }

    /** Whether <em>delete my data</em> takes the rows along. */
    public enum Scope {
        /** what the person made */
        DATA,
        /** what the account is: <em>delete my data</em> leaves it alone */
        ACCOUNT
    }

    /** Whether a person who has asked to leave may still make rows. */
    public enum NewRows {
        ALLOW,
        REFUSE
    }

    /** Whether the application still sees rows that are hidden. */
    public enum Reads {
        ABSENT,
        SHOWN
    }
}
