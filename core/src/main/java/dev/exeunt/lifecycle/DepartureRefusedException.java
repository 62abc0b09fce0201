package dev.exeunt.lifecycle;

import dev.exeunt.ExeuntException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody cannot leave, or come back, as things stand; nothing was changed. The message holds nothing of anybody and may be
 * logged; obstacles and warnings are for the person alone.
 */
public final class DepartureRefusedException extends ExeuntException {
    private static final long serialVersionUID = 1L;

    private final Why why;
    private final transient List<Obstacle> obstacles;
    private final transient @Nullable Warnings warnings;

    private DepartureRefusedException(Why why, String message, List<Obstacle> obstacles, @Nullable Warnings warnings) {
        super(message);
        this.why = why;
        this.obstacles = List.copyOf(obstacles);
        this.warnings = warnings;
    }

    /** What stands in the way. */
    public enum Why {
        /** the map does not offer the flow */
        NOT_OFFERED,
        /** a guard forbids it */
        GUARDED,
        /** there are warnings that were not acknowledged as they stand now */
        UNACKNOWLEDGED,
        /** what was to be typed was not, or was not theirs */
        UNCONFIRMED,
        /** there is nothing to take back */
        NOTHING_OPEN,
        /** the erasure has begun */
        TOO_LATE,
        /** the call is known by a key that another wish is known by */
        ANOTHER_WISH
    }

    static DepartureRefusedException of(Why why, String message) {
        return new DepartureRefusedException(why, message, List.of(), null);
    }

    static DepartureRefusedException guarded(List<Obstacle> obstacles) {
        return new DepartureRefusedException(
                Why.GUARDED,
                "You cannot leave yet: something has to be put right first. Nothing was changed.",
                obstacles,
                null);
    }

    static DepartureRefusedException unacknowledged(Warnings warnings) {
        return new DepartureRefusedException(
                Why.UNACKNOWLEDGED,
                "Nothing was changed: there is something to be read and acknowledged first.",
                List.of(),
                warnings);
    }

    public Why why() {
        return why;
    }

    /** Of {@link Why#GUARDED}. */
    public List<Obstacle> obstacles() {
        return obstacles;
    }

    /** Of {@link Why#UNACKNOWLEDGED}. */
    public @Nullable Warnings warnings() {
        return warnings;
    }
}
