package dev.exeunt.spring.signin;

import dev.exeunt.internal.flow.AccountRequests;
import dev.exeunt.security.CanonicalBase64;
import dev.exeunt.spring.settings.ExeuntSettings;
import dev.exeunt.spring.signin.BrowserSessions.BrowserSession;
import dev.exeunt.spring.token.CompactToken;
import dev.exeunt.spring.token.NotSignedInException;
import dev.exeunt.spring.token.TokenDecoder;
import dev.exeunt.spring.token.TokenReader;
import dev.exeunt.spring.token.TokenReader.VerifiedToken;
import dev.exeunt.spring.token.TokenRules;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Signs people in by a short-lived link that the application has signed. */
public final class HandOffSignIn {

    /** {@code aud} of such a token, so that no other token of the application's is one. */
    public static final String AUDIENCE = "exeunt-enter";

    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final @Nullable TokenReader reader;
    private final AccountRequests departures;
    private final CallerResolver tokens;
    private final BrowserSessions sessions;

    public HandOffSignIn(
            ExeuntSettings settings,
            AccountRequests departures,
            CallerResolver tokens,
            BrowserSessions sessions,
            Clock clock) {
        ExeuntSettings.SecretValue secret = settings.handOffSecret();
        this.reader = secret == null
                ? null
                : new TokenReader(
                        TokenDecoder.shared(
                                secret,
                                new TokenRules(null, List.of(AUDIENCE), "the hand-off (" + AUDIENCE + ")"),
                                clock),
                        clock);
        this.departures = departures;
        this.tokens = tokens;
        this.sessions = sessions;
    }

    /**
     * How a person comes in.
     *
     * @param token of the link
     * @param cookie of the session that the browser has; null where it has none
     * @param replace whether the person has agreed that the session of another person ends
     */
    public record SignInAttempt(String token, @Nullable String cookie, boolean replace) {
        @Override
        public String toString() {
            return "SignInAttempt[hidden]";
        }
    }

    /**
     * The cookie of a new session, or of the one that there is: a browser that follows the link once more is not shut out of what
     * it has opened by it. A new session ends the one that there is.
     *
     * @throws NotSignedInException where the token is not good, is good for too long, was used before, or its person is erased
     * @throws SessionOpenException where the link is for another person than the session, and the person has not agreed
     */
    public String enter(SignInAttempt entry) {
        try {
            return entered(entry);
        } catch (NotSignedInException e) {
            throw e.logged();
        }
    }

    private String entered(SignInAttempt entry) {
        VerifiedToken token = read(entry.token());
        Caller caller = tokens.handedOver(token);
        byte[] hash = CompactToken.signingInputHash(entry.token());
        String id = "link " + CanonicalBase64.encode(hash);
        String cookie = entry.cookie();
        BrowserSession open = cookie == null ? null : open(cookie);
        boolean another = open != null && !open.key().equals(caller.key());
        if (another && !entry.replace() && !departures.isUsed(id)) {
            throw new SessionOpenException();
        }
        if (departures.markUsed(id, token.until())) {
            if (open != null) {
                sessions.end(open);
            }
            return sessions.begin(hash, caller, token.issued());
        }
        if (cookie == null || open == null || another) {
            throw refused("it was used before");
        }
        return cookie;
    }

    private VerifiedToken read(String text) {
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

    /** Null where the cookie lets nobody in: then there is no session to be asked about. */
    private @Nullable BrowserSession open(String cookie) {
        try {
            BrowserSession session = sessions.read(cookie);
            tokens.person(session);
            return session;
        } catch (NotSignedInException e) {
            return null;
        }
    }

    private static NotSignedInException refused(String why) {
        return NotSignedInException.other("a link", why);
    }
}
