package dev.exeunt.spring.signin;

import dev.exeunt.lifecycle.Departures;
import dev.exeunt.spring.settings.Settings;
import dev.exeunt.spring.signin.TokenReader.Token;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The link by which the application hands somebody over who has signed in with it: a JWT signed with a secret it shares with us,
 * for us alone ({@code aud}), good once, and for five minutes at most.
 */
public final class HandOff {

    /** {@code aud} of such a token, so that no other token of the application's is one. */
    public static final String AUDIENCE = "exeunt-enter";

    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final @Nullable TokenReader reader;
    private final Departures departures;
    private final Tokens tokens;
    private final Sessions sessions;

    public HandOff(Settings settings, Departures departures, Tokens tokens, Sessions sessions, Clock clock) {
        Settings.Secret secret = settings.handOffSecret();
        this.reader = secret == null
                ? null
                : new TokenReader(
                        TokenDecoder.of(
                                new Settings.Jwt(
                                        null,
                                        null,
                                        secret,
                                        AUDIENCE,
                                        settings.jwt().subjectClaim()),
                                clock),
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
        try {
            return entered(token, cookie);
        } catch (NotSignedInException e) {
            throw e.logged();
        }
    }

    private String entered(String text, @Nullable String cookie) {
        if (reader == null) {
            throw NotSignedInException.other("a link", "exeunt.hand-off.secret is not set");
        }
        Token token = reader.read(text);
        if (Duration.between(token.issued(), token.until()).compareTo(LONGEST) > 0) {
            throw NotSignedInException.other("a link", "it is good for more than five minutes");
        }
        Caller caller = tokens.person(token);
        if (departures.useUp(text, token.until())) {
            return sessions.begin(text, caller, token.issued());
        }
        if (cookie == null || !sessions.read(cookie).key().equals(caller.key())) {
            throw NotSignedInException.other("a link", "it was used before");
        }
        return cookie;
    }
}
