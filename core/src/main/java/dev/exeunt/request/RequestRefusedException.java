package dev.exeunt.request;

import dev.exeunt.ExeuntException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a request, a cancellation or a reactivation is refused; nothing was changed. The message names no
 * person and may be logged. Obstacles and warnings are for the person alone.
 *
 * <pre>{@code
 * try {
 *     requests.submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, "42"));
 * } catch (RequestRefusedException refused) {
 *     refused.obstacles().forEach(obstacle -> System.out.println(obstacle.message())); // why() is GUARDED
 * }
 * }</pre>
 */
public final class RequestRefusedException extends ExeuntException {
    private static final long serialVersionUID = 1L;

    private final RequestRefusalReason why;
    private final transient List<RequestPreview.Obstacle> obstacles;
    private final transient RequestPreview.@Nullable Warnings warnings;

    private RequestRefusedException(
            RequestRefusalReason why,
            String message,
            List<RequestPreview.Obstacle> obstacles,
            RequestPreview.@Nullable Warnings warnings) {
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
        /** the confirmation was not typed, or is not the person's own */
        UNCONFIRMED,
        /** there is nothing to take back */
        NOTHING_OPEN,
        /** the erasure has begun */
        TOO_LATE,
        /** the idempotency key belongs to another request */
        ANOTHER_WISH,
        /** a legal hold ends in the past, or names a table or receipt that there is not */
        UNFIT_HOLD
    }

    public static RequestRefusedException of(RequestRefusalReason why, String message) {
        return new RequestRefusedException(why, message, List.of(), null);
    }

    public static RequestRefusedException guarded(List<RequestPreview.Obstacle> obstacles) {
        return new RequestRefusedException(
                RequestRefusalReason.GUARDED,
                "You cannot leave yet: something has to be put right first. Nothing was changed.",
                obstacles,
                null);
    }

    public static RequestRefusedException unacknowledged(RequestPreview.Warnings warnings) {
        return new RequestRefusedException(
                RequestRefusalReason.UNACKNOWLEDGED,
                "Nothing was changed: there is something to be read and acknowledged first.",
                List.of(),
                warnings);
    }

    public RequestRefusalReason why() {
        return why;
    }

    /** Returns the obstacles of {@link RequestRefusalReason#GUARDED}; empty for other reasons. */
    public List<RequestPreview.Obstacle> obstacles() {
        return obstacles;
    }

    /** Returns the warnings of {@link RequestRefusalReason#UNACKNOWLEDGED}; null for other reasons. */
    public RequestPreview.@Nullable Warnings warnings() {
        return warnings;
    }
}
