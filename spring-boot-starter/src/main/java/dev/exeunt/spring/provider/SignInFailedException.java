package dev.exeunt.spring.provider;

import dev.exeunt.ExeuntException;
import java.util.Locale;

/**
 * Reports that a person could not be signed in. The message is for the operator's log, and holds no code, token, state or value of a
 * person. The page has a sentence of its own for each kind.
 */
public final class SignInFailedException extends ExeuntException {
    private static final long serialVersionUID = 1L;

    /** The kinds of failures, as the page tells them apart. */
    public enum SignInFailureKind {
        /** the person, or the provider in their name, has declined */
        DENIED,
        /** the sign-in was used before, has expired, or began in another browser */
        OVER,
        /** the provider does not answer */
        AWAY,
        /** the provider's answer cannot be accepted: settings or the provider have to be mended */
        FAILED,
        /** the person is known to the provider, and not to the application */
        UNKNOWN;

        /** {@code denied} */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final SignInFailureKind kind;

    public SignInFailedException(SignInFailureKind kind, String sentence) {
        super(sentence);
        this.kind = kind;
    }

    public SignInFailureKind kind() {
        return kind;
    }
}
