package dev.exeunt.spring.signin;

import dev.exeunt.spring.settings.Hashed;
import dev.exeunt.spring.settings.Settings;
import jakarta.servlet.http.HttpServletRequest;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets a call in, or does not. */
public final class Doorkeeper {

    private static final String BEARER = "bearer ";

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final Tokens tokens;
    private final Sessions sessions;
    private final SessionCookie cookie;
    private final SignInRecency recency;
    private final Settings settings;

    public Doorkeeper(
            Tokens tokens, Sessions sessions, SessionCookie cookie, SignInRecency recency, Settings settings) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.cookie = cookie;
        this.recency = recency;
        this.settings = settings;
    }

    /** What came of it. */
    public enum Answer {
        IN,
        FORBIDDEN,
        AWAY
    }

    /**
     * Remembers with the request who it is.
     *
     * @param door of the call; null where it has none
     * @throws NotSignedInException where they have not shown who they are, or not lately enough
     */
    public Answer ask(@Nullable Door door, HttpServletRequest request) {
        if (door == null) {
            return Answer.FORBIDDEN;
        }
        try {
            return switch (door.value()) {
                case ANYONE -> Answer.IN;
                case SERVICE -> service(bearer(request));
                case PERSON -> judged(caller(door, request), door, request);
                case STAFF -> staff(door, request);
            };
        } catch (NotSignedInException e) {
            throw e.logged();
        }
    }

    private Answer judged(Caller caller, Door door, HttpServletRequest request) {
        request.setAttribute(Caller.ATTRIBUTE, caller);
        if (caller.away() && !door.whileAway()) {
            return Answer.AWAY;
        }
        recency.require(caller, door.recent(), session(request) == null);
        return Answer.IN;
    }

    /** By a token where there is one; a cookie, which browsers send by themselves, has to be meant. */
    private Caller caller(Door door, HttpServletRequest request) {
        String text = session(request);
        if (text == null) {
            return tokens.person(bearer(request));
        }
        Sessions.Session session = sessions.current(text);
        if (door.counts() || !SAFE.contains(request.getMethod())) {
            sessions.requireCsrf(session, request.getHeader(Sessions.CSRF));
        }
        return tokens.person(sessions.requireOpen(session));
    }

    /**
     * The session by which the person is in; null where it is by a token, or not at all.
     *
     * @throws NotSignedInException where several cookies are sent
     */
    public @Nullable String session(HttpServletRequest request) {
        return request.getHeader("Authorization") == null ? cookie.read(request) : null;
    }

    /** Whoever is away acts for nobody, whatever the call. */
    private Answer staff(Door door, HttpServletRequest request) {
        Caller caller = tokens.staff(bearer(request));
        return caller.away() ? Answer.AWAY : judged(caller, door, request);
    }

    /** Each of them is compared, as long as it takes: how near a guess was does not show. */
    private Answer service(String token) {
        byte[] hash = Hashed.sha256(token);
        boolean known = false;
        for (byte[] each : settings.gate().tokens()) {
            known |= MessageDigest.isEqual(each, hash);
        }
        if (!known) {
            throw NotSignedInException.other(
                    "a call of the application's", "its credential is none of exeunt.gate.tokens");
        }
        return Answer.IN;
    }

    private static String bearer(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            throw NotSignedInException.missing();
        }
        return header.substring(BEARER.length()).strip();
    }
}
