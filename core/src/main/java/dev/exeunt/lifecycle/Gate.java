package dev.exeunt.lifecycle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody may use the application now: one answer for every client of it.
 *
 * @param state the strongest that holds
 * @param until {@link State#BLOCKED}: when they may sign in again; {@link State#DEACTIVATED} and {@link State#SCHEDULED}: when
 *     the erasure is due; else null
 */
public record Gate(State state, @Nullable Instant until) {

    public enum State {
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

    static final Gate ALLOWED = new Gate(State.ALLOWED, null);
    static final Gate ERASED = new Gate(State.ERASED, null);
}
