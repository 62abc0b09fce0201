package dev.exeunt.spring.signin;

import dev.exeunt.ExeuntException;
import dev.exeunt.HashKey;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.spring.token.NotSignedInException;
import dev.exeunt.support.security.CanonicalBase64;
import dev.exeunt.support.security.SigningKey;
import dev.exeunt.support.security.TokenSigner;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Creates, verifies and ends browser sessions that live in a signed cookie. A session lives in a signed cookie; only
 * that it was ended is known to the database, and so to every instance. A page that wants to change something hands
 * back a token of the same session, which another site's page cannot read.
 */
public final class BrowserSessions {

    /** The header that a page sends {@link #csrf} in. */
    public static final String CSRF = "X-Exeunt-Csrf";

    private static final Duration LONG = Duration.ofMinutes(30);
    private static final byte VERSION = 1;
    private static final int ID = 32;
    private static final int BEFORE_KEY = 1 + ID + 3 * Long.BYTES;
    private static final int SIGNATURE = 32;
    private static final long UNKNOWN = Long.MIN_VALUE;

    private final TokenSigner sessions;
    private final SigningKey forms;
    private final AccountRequests requests;
    private final Clock clock;

    public BrowserSessions(HashKey key, AccountRequests requests, Clock clock) {
        this.sessions = new TokenSigner(key, "sessions", SIGNATURE);
        this.forms = new SigningKey(key, "forms of sessions");
        this.requests = requests;
        this.clock = clock;
    }

    /**
     * Holds what a session cookie says: subject key, begin, end and time of sign-in.
     *
     * @param id of the session, by which it is ended
     * @param from when the application said who it is: a session from before the person's erasure does not hold
     * @param signedInAt when the person last showed who they are; null where the application did not say
     */
    record BrowserSession(
            String id,
            String key,
            Instant from,
            Instant until,
            @Nullable Instant signedInAt) {
        @Override
        public String toString() {
            return "BrowserSession[hidden]";
        }
    }

    /** How long a new one lasts. */
    public Duration length() {
        return LONG;
    }

    /**
     * The cookie of a new session.
     *
     * @param linkHash of the link that it is begun with: 32 bytes. The link is good once, so no other session has this id
     * @param from when the application said who it is
     */
    String begin(byte[] linkHash, Caller caller, Instant from) {
        byte[] key = caller.key().getBytes(StandardCharsets.UTF_8);
        Instant until = clock.instant().plus(LONG);
        Instant signedInAt = caller.signedInAt();
        return sessions.token(ByteBuffer.allocate(BEFORE_KEY + key.length)
                .put(VERSION)
                .put(linkHash, 0, ID)
                .putLong(from.getEpochSecond())
                .putLong(until.getEpochSecond())
                .putLong(signedInAt == null ? UNKNOWN : signedInAt.getEpochSecond())
                .put(key)
                .array());
    }

    /** @throws NotSignedInException where it is not ours, or over, or was ended */
    BrowserSession read(String cookie) {
        return requireOpen(current(cookie));
    }

    /**
     * What the cookie says, without a look at the database.
     *
     * @throws NotSignedInException where it is not ours, or over
     */
    BrowserSession current(String cookie) {
        BrowserSession session = sessions.payload(cookie)
                .filter(p -> p.length > BEFORE_KEY && p[0] == VERSION)
                .map(BrowserSessions::session)
                .orElseThrow(() -> refused("it is not of our making, or of an earlier version's"));
        if (!clock.instant().isBefore(session.until())) {
            throw refused("it is over");
        }
        return session;
    }

    private static BrowserSession session(byte[] payload) {
        ByteBuffer read = ByteBuffer.wrap(payload, 1 + ID, payload.length - 1 - ID);
        Instant from = Instant.ofEpochSecond(read.getLong());
        Instant until = Instant.ofEpochSecond(read.getLong());
        long signedInAt = read.getLong();
        return new BrowserSession(
                CanonicalBase64.encode(Arrays.copyOfRange(payload, 1, 1 + ID)),
                new String(payload, BEFORE_KEY, payload.length - BEFORE_KEY, StandardCharsets.UTF_8),
                from,
                until,
                signedInAt == UNKNOWN ? null : Instant.ofEpochSecond(signedInAt));
    }

    /** @throws NotSignedInException where it was ended, at any instance */
    BrowserSession requireOpen(BrowserSession session) {
        if (requests.isUsed(usedId(session))) {
            throw refused("it was ended");
        }
        return session;
    }

    /**
     * Ends it at every instance, also for those who have a copy of the cookie.
     *
     * @throws NotSignedInException where it is not ours, or over, or was ended before
     */
    public void end(String cookie) {
        end(read(cookie));
    }

    void end(BrowserSession session) {
        requests.markUsed(usedId(session), session.until());
    }

    /** Told from every link that is used: their ids begin otherwise. */
    private static String usedId(BrowserSession session) {
        return "session " + session.id();
    }

    private static NotSignedInException refused(String why) {
        return NotSignedInException.other("a session", why);
    }

    /**
     * Returns whose session it is.
     *
     * @throws NotSignedInException where it is not ours, or over
     */
    public String key(String cookie) {
        return current(cookie).key();
    }

    /**
     * For the pages of this session alone.
     *
     * @throws NotSignedInException where it is not ours, or over
     */
    public String csrf(String cookie) {
        return csrf(current(cookie));
    }

    private String csrf(BrowserSession session) {
        return forms.signHex(session.id());
    }

    /** @throws CsrfMismatchException where it is not this session's */
    void requireCsrf(BrowserSession session, @Nullable String token) {
        byte[] sent = (token == null ? "" : token).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(csrf(session).getBytes(StandardCharsets.UTF_8), sent)) {
            throw new CsrfMismatchException();
        }
    }

    /** Thrown when the CSRF token of a call does not belong to the session. */
    public static final class CsrfMismatchException extends ExeuntException {
        private static final long serialVersionUID = 1L;

        CsrfMismatchException() {
            super("This did not come from our own page: the header " + CSRF + " is missing, or of another session.");
        }
    }
}
