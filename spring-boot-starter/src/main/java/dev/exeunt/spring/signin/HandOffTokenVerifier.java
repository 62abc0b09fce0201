package dev.exeunt.spring.signin;

import dev.exeunt.spring.settings.ExeuntSettings;
import dev.exeunt.spring.token.NotSignedInException;
import dev.exeunt.spring.token.TokenClaimRules;
import dev.exeunt.spring.token.TokenDecoder;
import dev.exeunt.spring.token.TokenReader;
import dev.exeunt.spring.token.TokenReader.VerifiedToken;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and verifies the token of a hand-off link, which the application has signed. */
public final class HandOffTokenVerifier {

    /** {@code aud} of such a token, so that no other token of the application's is one. */
    public static final String AUDIENCE = "exeunt-enter";

    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final @Nullable TokenReader reader;

    public HandOffTokenVerifier(ExeuntSettings settings, Clock clock) {
        ExeuntSettings.SecretValue secret = settings.handOffSecret();
        this.reader = secret == null
                ? null
                : new TokenReader(
                        TokenDecoder.shared(
                                secret,
                                new TokenClaimRules(
                                        null, "the hand-off", List.of(AUDIENCE), "the hand-off (" + AUDIENCE + ")"),
                                clock),
                        clock);
    }

    /** @throws NotSignedInException where the token is not good, is good for too long, or has no {@code jti} */
    VerifiedToken read(String text) {
        if (reader == null) {
            throw refused("exeunt.hand-off.secret is not set");
        }
        VerifiedToken token = reader.read(text);
        if (Duration.between(token.issued(), token.until()).compareTo(LONGEST) > 0) {
            throw refused("it is good for more than five minutes");
        }
        if (!(token.claims().get("jti") instanceof String id) || id.isBlank()) {
            throw refused("it has no jti: the application has to give each link one of its own");
        }
        return token;
    }

    static NotSignedInException refused(String why) {
        return NotSignedInException.other("a link", why);
    }
}
