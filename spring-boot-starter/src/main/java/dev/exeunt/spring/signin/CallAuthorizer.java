package dev.exeunt.spring.signin;

import dev.exeunt.spring.settings.CredentialHash;
import dev.exeunt.spring.settings.ExeuntSettings;
import dev.exeunt.spring.token.NotSignedInException;
import jakarta.servlet.http.HttpServletRequest;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Authenticates the caller of a request and decides whether the call is allowed. */
public final class CallAuthorizer {

    private static final String BEARER = "bearer ";

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final CallerResolver tokens;
    private final BrowserSessions sessions;
    private final SessionCookie cookie;
    private final SignInRecency recency;
    private final ExeuntSettings settings;

    public CallAuthorizer(
            CallerResolver tokens, CookieSessions sessions, SignInRecency recency, ExeuntSettings settings) {
        this.tokens = tokens;
        this.sessions = sessions.sessions();
        this.cookie = sessions.cookie();
        this.recency = recency;
        this.settings = settings;
    }

    /** Lists the outcomes of an authorization: allowed, forbidden or away. */
    public enum AccessDecision {
        IN,
        FORBIDDEN,
        AWAY
    }

    /**
     * Decides whether the caller may make the call. Stores the caller in the request.
     *
     * @param access the annotation of the call; null where it has none
     * @throws NotSignedInException where the caller has not signed in, or not recently enough
     */
    public AccessDecision authorize(@Nullable CallAccess access, HttpServletRequest request) {
        if (access == null) {
            return AccessDecision.FORBIDDEN;
        }
        try {
            return switch (access.value()) {
                case PUBLIC -> AccessDecision.IN;
                case SERVICE -> service(bearer(request));
                case PERSON -> judged(caller(access, request), access, request);
                case STAFF -> staff(access, request);
            };
        } catch (NotSignedInException e) {
            throw e.logged();
        }
    }

    private AccessDecision judged(Caller caller, CallAccess access, HttpServletRequest request) {
        request.setAttribute(Caller.ATTRIBUTE, caller);
        if (caller.away() && !access.whileAway()) {
            return AccessDecision.AWAY;
        }
        recency.require(caller, access.recent(), session(request) == null);
        return AccessDecision.IN;
    }

    /** Takes the token where there is one, else the session. Browsers send cookies unasked, so changes need the CSRF header, too. */
    private Caller caller(CallAccess access, HttpServletRequest request) {
        String text = session(request);
        if (text == null) {
            return tokens.person(bearer(request));
        }
        BrowserSessions.BrowserSession session = sessions.current(text);
        if (access.counts() || !SAFE.contains(request.getMethod())) {
            sessions.requireCsrf(session, request.getHeader(BrowserSessions.CSRF));
        }
        return tokens.person(sessions.requireOpen(session));
    }

    /**
     * Returns the session that signs the person in; null where a token does, or nothing does.
     *
     * @throws NotSignedInException where several cookies are sent
     */
    public @Nullable String session(HttpServletRequest request) {
        return request.getHeader("Authorization") == null ? cookie.read(request) : null;
    }

    /** Staff whose own account is blocked or deactivated may make no call of staff. */
    private AccessDecision staff(CallAccess access, HttpServletRequest request) {
        Caller caller = tokens.staff(bearer(request));
        return caller.away() ? AccessDecision.AWAY : judged(caller, access, request);
    }

    /** Compares with every credential in constant time, so that the time taken does not help an attacker to guess. */
    private AccessDecision service(String token) {
        byte[] hash = CredentialHash.sha256(token);
        boolean known = false;
        for (byte[] each : settings.gate().tokens()) {
            known |= MessageDigest.isEqual(each, hash);
        }
        if (!known) {
            throw NotSignedInException.other(
                    "a call of the application's", "its credential is none of exeunt.gate.tokens");
        }
        return AccessDecision.IN;
    }

    private static String bearer(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            throw NotSignedInException.missing();
        }
        return header.substring(BEARER.length()).strip();
    }
}
