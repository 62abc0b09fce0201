package dev.exeunt.spring.signin;

import dev.exeunt.ledger.HashKey;
import dev.exeunt.ledger.SigningKey;
import dev.exeunt.lifecycle.Departures;
import dev.exeunt.spring.settings.Hashed;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of people who came by a link of the application's. They live in a signed cookie; only that one was ended is known to the
 * database, and so to every instance. A page that wants to change something hands back a token of the same session, which another
 * site's page cannot read.
 */
public final class Sessions {

    /** The cookie. */
    public static final String COOKIE = "exeunt_session";

    /** The header that a page sends {@link #csrf} in. */
    public static final String CSRF = "X-Exeunt-Csrf";

    private static final Duration LONG = Duration.ofMinutes(30);
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final int LONGEST = 2000;
    private static final int FIELDS = 5;

    /** All of it: a part would do to be signed, but nobody has been given a part. */
    private static final int SIGNATURE = 32;

    private final SigningKey sessions;
    private final SigningKey forms;
    private final Departures departures;
    private final Clock clock;

    public Sessions(HashKey key, Departures departures, Clock clock) {
        this.sessions = key.signingKey("sessions");
        this.forms = key.signingKey("forms of sessions");
        this.departures = departures;
        this.clock = clock;
    }

    /**
     * What a cookie says.
     *
     * @param from when the application said who it is: a session from before the person's erasure does not hold
     * @param signedInAt when they last showed who they are; null where the application did not say
     */
    record Session(
            String key,
            Instant from,
            Instant until,
            @Nullable Instant signedInAt) {
        @Override
        public String toString() {
            return "Session[hidden]";
        }
    }

    /** How long a new one lasts. */
    public Duration length() {
        return LONG;
    }

    /**
     * @param link that it is begun with, which is good once: so is the session
     * @param from when the application said who it is
     */
    String begin(String link, Caller caller, Instant from) {
        Instant until = clock.instant().plus(LONG);
        Instant signedInAt = caller.signedInAt();
        String text = from.getEpochSecond() + " " + until.getEpochSecond() + " "
                + (signedInAt == null ? "-" : signedInAt.getEpochSecond()) + " "
                + BASE64.encodeToString(Hashed.sha256(link)) + " " + caller.key();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return BASE64.encodeToString(bytes) + "." + BASE64.encodeToString(sessions.sign(bytes));
    }

    /** @throws NotSignedInException where it is not ours, or over, or was ended */
    Session read(String cookie) {
        Session session = signed(cookie);
        if (!clock.instant().isBefore(session.until())) {
            throw refused("it is over");
        }
        if (departures.usedUp(use(cookie))) {
            throw refused("it was ended");
        }
        return session;
    }

    private Session signed(String cookie) {
        String[] parts = cookie.length() > LONGEST ? new String[0] : cookie.split("\\.", -1);
        byte[] text = parts.length == 2 ? decoded(parts[0]) : new byte[0];
        byte[] signature = parts.length == 2 ? decoded(parts[1]) : new byte[0];
        if (signature.length != SIGNATURE || !sessions.signed(text, signature)) {
            throw refused("it is not of our making");
        }
        String[] fields = new String(text, StandardCharsets.UTF_8).split(" ", FIELDS);
        if (fields.length < FIELDS) {
            throw refused("it is of an earlier version's making");
        }
        return new Session(
                fields[4], moment(fields[0]), moment(fields[1]), fields[2].equals("-") ? null : moment(fields[2]));
    }

    /**
     * For every instance, and whoever has a copy of the cookie.
     *
     * @throws NotSignedInException where it is not ours, or over, or was ended before
     */
    public void end(String cookie) {
        departures.useUp(use(cookie), read(cookie).until());
    }

    /** Told from every link that is used up: those have no space in them. */
    private static String use(String cookie) {
        return "session " + cookie;
    }

    private static NotSignedInException refused(String why) {
        return NotSignedInException.other("a session", why);
    }

    private static Instant moment(String seconds) {
        return Instant.ofEpochSecond(Long.parseLong(seconds));
    }

    private static byte[] decoded(String part) {
        try {
            return Base64.getUrlDecoder().decode(part);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /** For the pages of this session alone. */
    public String csrf(String cookie) {
        return HexFormat.of().formatHex(forms.sign(cookie.getBytes(StandardCharsets.UTF_8)));
    }

    /** @throws ForeignFormException where it is not this session's */
    void requireCsrf(String cookie, @Nullable String token) {
        byte[] sent;
        try {
            sent = HexFormat.of().parseHex(token == null ? "" : token);
        } catch (IllegalArgumentException e) {
            sent = new byte[0];
        }
        if (sent.length != SIGNATURE || !forms.signed(cookie.getBytes(StandardCharsets.UTF_8), sent)) {
            throw new ForeignFormException();
        }
    }

    /** A page that is not ours has sent something in a person's name. */
    public static final class ForeignFormException extends dev.exeunt.ExeuntException {
        private static final long serialVersionUID = 1L;

        ForeignFormException() {
            super("This did not come from our own page: the header " + CSRF + " is missing, or of another session.");
        }
    }
}
