package dev.exeunt.spring.signin;

import dev.exeunt.lifecycle.Departures;
import dev.exeunt.spring.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * The link by which the application hands somebody over who has signed in with it: a JWT signed with a secret it shares with us,
 * for us alone ({@code aud}), good once, and for five minutes at most.
 */
public final class HandOff {

    /** {@code aud} of such a token, so that no other token of the application's is one. */
    public static final String AUDIENCE = "exeunt-enter";

    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final @Nullable JwtDecoder decoder;
    private final Departures departures;
    private final Tokens tokens;
    private final Sessions sessions;

    public HandOff(Settings settings, Departures departures, Tokens tokens, Sessions sessions, Clock clock) {
        Settings.Secret secret = settings.handOffSecret();
        this.decoder = secret == null
                ? null
                : TokenDecoder.of(
                        new Settings.Jwt(
                                null, null, secret, AUDIENCE, settings.jwt().subjectClaim()),
                        clock);
        this.departures = departures;
        this.tokens = tokens;
        this.sessions = sessions;
    }

    /**
     * The cookie of a new session, or of the one that there is: a browser that follows the link once more is not shut out of what
     * it has opened by it.
     *
     * @param cookie of the session that there is; null where there is none
     * @throws NotSignedInException where the token is not good, is good for too long, was used before, or its person is erased
     */
    public String enter(String token, @Nullable String cookie) {
        if (decoder == null) {
            throw NotSignedInException.refused();
        }
        Jwt jwt = Tokens.decoded(decoder, token);
        Instant from = Tokens.issued(jwt);
        Instant until = jwt.getExpiresAt();
        if (until == null || Duration.between(from, until).compareTo(LONGEST) > 0) {
            throw NotSignedInException.refused();
        }
        Caller caller = tokens.person(jwt);
        if (departures.useUp(token, until)) {
            return sessions.begin(caller.key(), from, caller.signedInAt());
        }
        if (cookie == null || !sessions.read(cookie).key().equals(caller.key())) {
            throw NotSignedInException.refused();
        }
        return cookie;
    }
}
