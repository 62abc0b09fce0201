package dev.exeunt.spring.signin;

import dev.exeunt.lifecycle.Departures;
import dev.exeunt.lifecycle.Gate;
import dev.exeunt.map.DataMap;
import dev.exeunt.reach.Subjects.UnknownSubjectException;
import dev.exeunt.spring.settings.Settings;
import dev.exeunt.spring.signin.TokenReader.Token;
import java.time.Instant;
import java.util.Collection;
import java.util.regex.Pattern;

/** From a bearer token to who calls. */
public final class Tokens {

    private static final Pattern KEY = Pattern.compile("[^\\p{Cntrl}]{1,500}");

    private final TokenReader reader;
    private final Departures departures;
    private final Settings settings;
    private final DataMap map;

    public Tokens(TokenReader reader, Departures departures, Settings settings, DataMap map) {
        this.reader = reader;
        this.departures = departures;
        this.settings = settings;
        this.map = map;
    }

    /** @throws NotSignedInException where the token is not good, or its person is erased */
    Caller person(String token) {
        return person(reader.read(token));
    }

    Caller person(Token token) {
        String key = key(token);
        return new Caller(key, token.signedInAt(), false, gate(key, token.issued()));
    }

    /** Somebody whom the application has handed over is never staff. */
    Caller person(Sessions.Session session) {
        return new Caller(session.key(), session.signedInAt(), false, gate(session.key(), session.from()));
    }

    /** Staff who are people of the data map must not be erased either; {@link Caller#away()} tells whether they are away. */
    Caller staff(String token) {
        Token good = reader.read(token);
        String key = key(good);
        boolean staff = isStaff(good);
        Gate.State gate = staff && settings.admin().outside() ? null : gate(key, good.issued());
        return new Caller(key, good.signedInAt(), staff, gate);
    }

    /** By the key alone: a person's key of the form {@code email:…} would be looked up as somebody's address. */
    private String key(Token token) {
        Object claim = token.claims().get(settings.jwt().subjectClaim());
        String key = claim instanceof String || claim instanceof Number ? String.valueOf(claim) : "";
        boolean identifier = map.subject().identifiers().stream().anyMatch(i -> key.startsWith(i.text() + ":"));
        if (!KEY.matcher(key).matches() || key.isBlank() || identifier) {
            throw NotSignedInException.token(
                    "its claim " + settings.jwt().subjectClaim() + " is missing, or is no key that a person may have");
        }
        return key;
    }

    private Gate.State gate(String key, Instant from) {
        try {
            Gate gate = departures
                    .gateForSignIn(key, from)
                    .orElseThrow(() -> NotSignedInException.token(
                            "its key is not written as the row of the subject's table has it, such as 01001 for 1001"));
            if (gate.state() == Gate.State.ERASED) {
                throw NotSignedInException.token(
                        "its person is not in the subject's table, or was erased since it was issued");
            }
            return gate.state();
        } catch (UnknownSubjectException e) {
            throw NotSignedInException.token("its person is not in the subject's table");
        }
    }

    private boolean isStaff(Token token) {
        String name = settings.admin().claim();
        Object claim = name == null ? null : token.claims().get(name);
        String value = settings.admin().value();
        return claim instanceof Collection<?> several
                ? several.stream().anyMatch(v -> value.equals(String.valueOf(v)))
                : claim != null && value.equals(String.valueOf(claim));
    }
}
