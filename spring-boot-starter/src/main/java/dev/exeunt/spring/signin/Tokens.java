package dev.exeunt.spring.signin;

import dev.exeunt.lifecycle.Departures;
import dev.exeunt.lifecycle.Gate;
import dev.exeunt.map.DataMap;
import dev.exeunt.reach.Subjects.UnknownSubjectException;
import dev.exeunt.spring.settings.Settings;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** From a bearer token to who calls. */
public final class Tokens {

    private static final Pattern KEY = Pattern.compile("[^\\p{Cntrl}]{1,500}");

    /** So long before its end Spring says that a token began which does not say so itself. */
    private static final Duration MADE_UP = Duration.ofSeconds(1);

    private final JwtDecoder decoder;
    private final Departures departures;
    private final Settings settings;
    private final DataMap map;

    public Tokens(JwtDecoder decoder, Departures departures, Settings settings, DataMap map) {
        this.decoder = decoder;
        this.departures = departures;
        this.settings = settings;
        this.map = map;
    }

    /** @throws NotSignedInException where the token is not good, or its person is erased */
    Caller person(String token) {
        return person(decoded(decoder, token));
    }

    Caller person(Jwt jwt) {
        String key = key(jwt);
        return new Caller(key, moment(jwt, "auth_time"), false, gate(key, issued(jwt)));
    }

    /** Somebody whom the application has handed over is never staff. */
    Caller person(Sessions.Session session) {
        return new Caller(session.key(), session.signedInAt(), false, gate(session.key(), session.from()));
    }

    /** Staff who are people of the data map must not be erased either. */
    Caller staff(String token) {
        Jwt jwt = decoded(decoder, token);
        String key = key(jwt);
        boolean staff = isStaff(jwt);
        Gate.State gate = staff && settings.admin().outside() ? null : gate(key, issued(jwt));
        return new Caller(key, moment(jwt, "auth_time"), staff, gate);
    }

    /** Without a beginning nobody knows whether it is from before the person was erased; without an end it has none. */
    static Jwt decoded(JwtDecoder decoder, String token) {
        try {
            Jwt jwt = decoder.decode(token);
            Instant from = jwt.getIssuedAt();
            Instant until = jwt.getExpiresAt();
            if (from == null || until == null || from.equals(until.minus(MADE_UP))) {
                throw NotSignedInException.refused();
            }
            return jwt;
        } catch (BadJwtException e) {
            throw NotSignedInException.refused();
        }
    }

    static Instant issued(Jwt jwt) {
        Instant at = jwt.getIssuedAt();
        if (at == null) {
            throw NotSignedInException.refused();
        }
        return at;
    }

    /** By the key alone: a person's key of the form {@code email:…} would be looked up as somebody's address. */
    private String key(Jwt jwt) {
        Object claim = jwt.getClaims().get(settings.jwt().subjectClaim());
        String key = claim instanceof String || claim instanceof Number ? String.valueOf(claim) : "";
        boolean identifier = map.subject().identifiers().stream().anyMatch(i -> key.startsWith(i.text() + ":"));
        if (!KEY.matcher(key).matches() || key.isBlank() || identifier) {
            throw NotSignedInException.refused();
        }
        return key;
    }

    private Gate.State gate(String key, Instant from) {
        try {
            Gate gate = departures.gate(key, from);
            if (gate.state() == Gate.State.ERASED) {
                throw NotSignedInException.refused();
            }
            return gate.state();
        } catch (UnknownSubjectException e) {
            throw NotSignedInException.refused();
        }
    }

    private boolean isStaff(Jwt jwt) {
        String name = settings.admin().claim();
        Object claim = name == null ? null : jwt.getClaims().get(name);
        String value = settings.admin().value();
        return claim instanceof Collection<?> several
                ? several.stream().anyMatch(v -> value.equals(String.valueOf(v)))
                : claim != null && value.equals(String.valueOf(claim));
    }

    private static @Nullable Instant moment(Jwt jwt, String name) {
        Object claim = jwt.getClaims().get(name);
        if (claim instanceof Instant instant) {
            return instant;
        }
        try {
            return claim instanceof Number seconds ? Instant.ofEpochSecond(seconds.longValue()) : null;
        } catch (DateTimeException e) {
            throw NotSignedInException.refused(); // beyond any calendar
        }
    }
}
