package dev.exeunt.spring.token;

import dev.exeunt.ExeuntException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whoever called has not shown who they are, or not lately enough. */
public final class NotSignedInException extends ExeuntException {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(NotSignedInException.class);

    private static final String REFUSED = "This sign-in does not hold, or no longer. Sign in again.";

    private final @Nullable String why;
    private final @Nullable Duration recent;

    private NotSignedInException(String message, @Nullable String why, @Nullable Duration recent) {
        super(message);
        this.why = why;
        this.recent = recent;
    }

    public static NotSignedInException missing() {
        return new NotSignedInException("Sign in first.", null, null);
    }

    /**
     * One sentence for whatever is wrong with it: which, a stranger need not know.
     *
     * @param why for the operator, without anything that it says
     */
    public static NotSignedInException token(String why) {
        return new NotSignedInException(REFUSED, "a token: " + why, null);
    }

    /** The same for what is sent instead of a token. */
    public static NotSignedInException other(String what, String why) {
        return new NotSignedInException(REFUSED, what + ": " + why, null);
    }

    /** @param known whether the token says when somebody signed in */
    public static NotSignedInException old(Duration recent, boolean known) {
        return new NotSignedInException(
                "For this you must have signed in within the last " + recent.toMinutes()
                        + " minutes. Sign in again, then ask again.",
                known ? "a token: its auth_time is too long ago for this call" : "a token: it has no auth_time",
                recent);
    }

    /** Tells the operator, who would not find out from the answer. */
    public NotSignedInException logged() {
        if (why != null) {
            LOG.info("Refused {}.", why);
        }
        return this;
    }

    /** How long ago it may be at most; null where it is not about that. */
    public @Nullable Duration recent() {
        return recent;
    }
}
