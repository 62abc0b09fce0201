package dev.exeunt.spring.signin;

import dev.exeunt.ExeuntException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whoever called has not shown who they are, or not lately enough. */
public final class NotSignedInException extends ExeuntException {
    private static final long serialVersionUID = 1L;

    private final @Nullable Duration recent;

    private NotSignedInException(String message, @Nullable Duration recent) {
        super(message);
        this.recent = recent;
    }

    static NotSignedInException missing() {
        return new NotSignedInException("Sign in first.", null);
    }

    /** One sentence for whatever is wrong with it: which, a stranger need not know. */
    static NotSignedInException refused() {
        return new NotSignedInException("This sign-in does not hold, or no longer. Sign in again.", null);
    }

    static NotSignedInException old(Duration recent) {
        return new NotSignedInException(
                "For this you must have signed in within the last " + recent.toMinutes()
                        + " minutes. Sign in again, then ask again.",
                recent);
    }

    /** How long ago it may be at most; null where it is not about that. */
    public @Nullable Duration recent() {
        return recent;
    }
}
