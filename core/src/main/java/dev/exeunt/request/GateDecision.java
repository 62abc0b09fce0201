package dev.exeunt.request;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a person may use the application now, with the end of a login block or the erasure date.
 *
 * @param state the strongest that holds
 * @param until {@link GateState#BLOCKED}: when they may sign in again; {@link GateState#DEACTIVATED} and
 *     {@link GateState#SCHEDULED}: when the erasure is due; else null
 */
public record GateDecision(GateState state, @Nullable Instant until) {

    /** Lists the answers of the gate, from allowed to erased. */
    public enum GateState {
        ALLOWED,
        /** cannot sign in yet; may ask for their data and take the request back all the same */
        BLOCKED,
        /** the account is out of sight; they may take it up again */
        DEACTIVATED,
        /** everything works, and a banner says what is due when */
        SCHEDULED,
        /** gone, or a token from before; nothing of theirs is to be let in */
        ERASED;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public static final GateDecision ALLOWED = new GateDecision(GateState.ALLOWED, null);
    public static final GateDecision ERASED = new GateDecision(GateState.ERASED, null);
}
