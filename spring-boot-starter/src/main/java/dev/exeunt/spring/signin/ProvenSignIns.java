package dev.exeunt.spring.signin;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.exeunt.HashKey;
import dev.exeunt.spring.signin.SessionOpener.SignInProof;
import dev.exeunt.spring.token.CookieSeal;
import dev.exeunt.spring.token.NotSignedInException;
import dev.exeunt.support.security.Sha256;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the proof that a person has signed in at the provider, until our own page opens a session by it. The answer of the provider comes
 * from another site, so the browser does not send the session that is open along ({@code SameSite=Strict}): only a call of our own page
 * can see whose session it would replace.
 */
public final class ProvenSignIns {

    /** How long a person may take to decide which account they want. */
    static final Duration LENGTH = Duration.ofMinutes(5);

    private static final String SIGNED_IN_AT = "auth_time";

    private final CookieSeal seal;
    private final CallerResolver tokens;
    private final SessionOpener opener;
    private final Clock clock;

    public ProvenSignIns(HashKey key, CallerResolver tokens, SessionOpener opener, Clock clock) {
        this.seal = new CookieSeal(key, "sign-ins proven", clock);
        this.tokens = tokens;
        this.opener = opener;
        this.clock = clock;
    }

    /**
     * Returns the proof as a sealed text.
     *
     * @param state of the sign-in, which makes the proof good once
     * @param issued when the provider said who the person is
     */
    String sealed(String state, Caller caller, Instant issued) {
        Instant signedInAt = caller.signedInAt();
        return seal.seal(new JWTClaimsSet.Builder()
                .jwtID(state)
                .subject(caller.key())
                .issueTime(Date.from(issued))
                .expirationTime(Date.from(clock.instant().plus(LENGTH)))
                .claim(SIGNED_IN_AT, signedInAt == null ? null : signedInAt.getEpochSecond())
                .build());
    }

    /**
     * Returns the cookie of a new session, as {@link SessionOpener#open} does.
     *
     * @param sealed the proof; null where the browser has none
     * @param cookie the cookie of the open session; null where there is none
     * @param replace whether the person has agreed that the session of another person ends
     * @throws NotSignedInException where the proof is not ours, is over, was used before, or its person is erased
     * @throws SignedInAsAnotherException where the proof is for another person than the session, and the person has not agreed
     */
    public String enter(@Nullable String sealed, @Nullable String cookie, boolean replace) {
        try {
            return opener.open(proof(sealed), cookie, replace);
        } catch (NotSignedInException e) {
            throw e.logged();
        }
    }

    private SignInProof proof(@Nullable String sealed) {
        if (sealed == null) {
            throw NotSignedInException.missing();
        }
        JWTClaimsSet claims = seal.open(sealed)
                .orElseThrow(() -> NotSignedInException.other("a sign-in", "it is over, or not of our making"));
        Instant issued = claims.getIssueTime().toInstant();
        Instant signedInAt = claims.getClaim(SIGNED_IN_AT) instanceof Number seconds
                ? Instant.ofEpochSecond(seconds.longValue())
                : null;
        return new SignInProof(
                "sign-in",
                Sha256.digest(claims.getJWTID()),
                tokens.person(claims.getSubject(), signedInAt, issued),
                issued,
                claims.getExpirationTime().toInstant());
    }
}
