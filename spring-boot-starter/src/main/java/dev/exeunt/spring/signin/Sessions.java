package dev.exeunt.spring.signin;

import dev.exeunt.ledger.HashKey;
import dev.exeunt.ledger.SigningKey;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of people who came by a link of the application's. They live in a signed cookie and nowhere else; a page that wants to
 * change something hands back a token of the same session, which another site's page cannot read.
 */
public final class Sessions {

    /** The cookie. */
    public static final String COOKIE = "exeunt_session";

    /** The header that a page sends {@link #csrf} in. */
    public static final String CSRF = "X-Exeunt-Csrf";

    private static final Duration LONG = Duration.ofMinutes(30);
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final int LONGEST = 2000;

    /** All of it: a part would do to be signed, but nobody has been given a part. */
    private static final int SIGNATURE = 32;

    private final SigningKey sessions;
    private final SigningKey forms;
    private final Clock clock;

    public Sessions(HashKey key, Clock clock) {
        this.sessions = key.signingKey("sessions");
        this.forms = key.signingKey("forms of sessions");
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

    String begin(String key, Instant from, @Nullable Instant signedInAt) {
        Instant until = clock.instant().plus(LONG);
        String text = from.getEpochSecond() + " " + until.getEpochSecond() + " "
                + (signedInAt == null ? "-" : signedInAt.getEpochSecond()) + " " + key;
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return BASE64.encodeToString(bytes) + "." + BASE64.encodeToString(sessions.sign(bytes));
    }

    /** @throws NotSignedInException where it is not ours, or over */
    Session read(String cookie) {
        String[] parts = cookie.length() > LONGEST ? new String[0] : cookie.split("\\.", -1);
        byte[] text = parts.length == 2 ? decoded(parts[0]) : new byte[0];
        byte[] signature = parts.length == 2 ? decoded(parts[1]) : new byte[0];
        if (signature.length != SIGNATURE || !sessions.signed(text, signature)) {
            throw NotSignedInException.refused();
        }
        String[] fields = new String(text, StandardCharsets.UTF_8).split(" ", 4);
        Instant until = Instant.ofEpochSecond(Long.parseLong(fields[1]));
        if (!clock.instant().isBefore(until)) {
            throw NotSignedInException.refused();
        }
        Instant signedInAt = fields[2].equals("-") ? null : Instant.ofEpochSecond(Long.parseLong(fields[2]));
        return new Session(fields[3], Instant.ofEpochSecond(Long.parseLong(fields[0])), until, signedInAt);
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
