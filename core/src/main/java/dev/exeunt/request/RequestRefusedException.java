package dev.exeunt.request;

import dev.exeunt.ExeuntException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a request, a cancellation or a reactivation is refused; nothing was changed. The message names no
 * person and may be logged. Obstacles and warnings are for the person alone.
 */
public final class RequestRefusedException extends ExeuntException {
    private static final long serialVersionUID = 1L;

    private final RequestRefusalReason why;
    private final transient List<GuardObstacle> obstacles;
    private final transient @Nullable RequestWarnings warnings;

    private RequestRefusedException(
            RequestRefusalReason why,
            String message,
            List<GuardObstacle> obstacles,
            @Nullable RequestWarnings warnings) {
        super(message);
        this.why = why;
        this.obstacles = List.copyOf(obstacles);
        this.warnings = warnings;
    }

    /** Names the reason why a request is refused. */
    public enum RequestRefusalReason {
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

    public static RequestRefusedException of(RequestRefusalReason why, String message) {
        return new RequestRefusedException(why, message, List.of(), null);
    }

    public static RequestRefusedException guarded(List<GuardObstacle> obstacles) {
        return new RequestRefusedException(
                RequestRefusalReason.GUARDED,
                "You cannot leave yet: something has to be put right first. Nothing was changed.",
                obstacles,
                null);
    }

    public static RequestRefusedException unacknowledged(RequestWarnings warnings) {
        return new RequestRefusedException(
                RequestRefusalReason.UNACKNOWLEDGED,
                "Nothing was changed: there is something to be read and acknowledged first.",
                List.of(),
                warnings);
    }

    public RequestRefusalReason why() {
        return why;
    }

    /** Of {@link RequestRefusalReason#GUARDED}. */
    public List<GuardObstacle> obstacles() {
        return obstacles;
    }

    /** Of {@link RequestRefusalReason#UNACKNOWLEDGED}. */
    public @Nullable RequestWarnings warnings() {
        return warnings;
    }
}
