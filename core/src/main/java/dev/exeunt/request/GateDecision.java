package dev.exeunt.request;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a person may use the application now, with the end of a login block or the erasure date.
 *
 * <pre>{@code
 * boolean in = switch (requests.gate("42", issuedAt).state()) {
 *     case ALLOWED, SCHEDULED -> true; // SCHEDULED: show when the erasure is due
 *     case BLOCKED, DEACTIVATED, ERASED -> false;
 * };
 * }</pre>
 *
 * @param state the strongest that holds
 * @param until {@link GateState#BLOCKED}: when they may sign in again; {@link GateState#DEACTIVATED} and
 *     {@link GateState#SCHEDULED}: when the erasure is due; else null
 */
public record GateDecision(GateState state, @Nullable Instant until) {

    /** Lists the answers of the gate, from allowed to erased. */
    public enum GateState {
        ALLOWED,
        /** may not sign in yet; may still request an export and take the request back */
        BLOCKED,
        /** the account is hidden; the person may reactivate it */
        DEACTIVATED,
        /** may use everything; a banner says what is due when */
        SCHEDULED,
        /** the account is erased, or the token is older than the erasure; let no call pass */
        ERASED;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public static final GateDecision ALLOWED = new GateDecision(GateState.ALLOWED, null);
    public static final GateDecision ERASED = new GateDecision(GateState.ERASED, null);
}
