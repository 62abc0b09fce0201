package dev.exeunt.spring.token;

import dev.exeunt.ExeuntException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports that the caller has not signed in, or not recently enough. */
public final class NotSignedInException extends ExeuntException {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(NotSignedInException.class);

    private static final String REFUSED = "This sign-in is not valid, or has expired. Sign in again.";

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
     * Refuses a token. Its message is the same for every reason, so that an attacker learns nothing from it.
     *
     * @param why the reason, for the operator's log; without any value of the token
     */
    public static NotSignedInException token(String why) {
        return new NotSignedInException(REFUSED, "a token: " + why, null);
    }

    /** Refuses another credential, such as a link or a cookie, with the same message. */
    public static NotSignedInException other(String what, String why) {
        return new NotSignedInException(REFUSED, what + ": " + why, null);
    }

    /** @param known whether the token says when its person signed in */
    public static NotSignedInException old(Duration recent, boolean known) {
        return new NotSignedInException(
                "For this you must have signed in within the last " + recent.toMinutes()
                        + " minutes. Sign in again, then ask again.",
                known ? "a token: its auth_time is too long ago for this call" : "a token: it has no auth_time",
                recent);
    }

    /** Logs the reason for the operator, since the message does not tell it. */
    public NotSignedInException logged() {
        if (why != null) {
            LOG.info("Refused {}.", why);
        }
        return this;
    }

    /** Returns how long ago the sign-in may be at most; null where the call was refused for another reason. */
    public @Nullable Duration recent() {
        return recent;
    }
}
