package dev.exeunt.spring.token;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** Which tokens hold: those whose decoder says so, and whose times make sense, whoever has made the decoder. */
public final class TokenReader {

    /** So long before its end Spring says that a token began which does not say so itself. */
    private static final Duration MADE_UP = Duration.ofSeconds(1);

    private final JwtDecoder decoder;
    private final Clock clock;

    public TokenReader(JwtDecoder decoder, Clock clock) {
        this.decoder = decoder;
        this.clock = clock;
    }

    /**
     * Holds the claims and times of a verified token.
     *
     * @param issued when it was made, which is not in the future
     * @param signedInAt when its person last showed who they are; null where it does not say
     */
    public record VerifiedToken(
            Map<String, Object> claims,
            Instant issued,
            Instant until,
            @Nullable Instant signedInAt) {
        @Override
        public String toString() {
            return "VerifiedToken[hidden]";
        }
    }

    /**
     * Without a beginning nobody knows whether it is from before the person was erased, and one that is yet to come would be from
     * after any erasure; without an end it has none.
     *
     * @throws NotSignedInException where it does not hold
     */
    public VerifiedToken read(String text) {
        Jwt jwt = decoded(text);
        String kind = TokenKind.fault(jwt.getHeaders(), jwt.getClaims());
        if (kind != null) {
            throw NotSignedInException.token(kind);
        }
        Instant issued = jwt.getIssuedAt();
        Instant until = jwt.getExpiresAt();
        if (until == null) {
            throw NotSignedInException.token("it has no exp");
        }
        if (issued == null || issued.equals(until.minus(MADE_UP))) {
            throw NotSignedInException.token("it has no iat");
        }
        Instant signedInAt = moment(jwt.getClaims().get("auth_time"));
        notToCome("iat", issued);
        notToCome("auth_time", signedInAt);
        return new VerifiedToken(jwt.getClaims(), issued, until, signedInAt);
    }

    private Jwt decoded(String text) {
        if (!CompactToken.isCanonical(text)) {
            throw NotSignedInException.token("it is no JWT as issuers write it (base64url without padding, RFC 7515)");
        }
        try {
            return decoder.decode(text);
        } catch (BadJwtException e) {
            throw NotSignedInException.token(TokenRejection.of(e));
        }
    }

    private void notToCome(String claim, @Nullable Instant moment) {
        if (moment != null && moment.isAfter(clock.instant().plus(TokenDecoder.LEEWAY))) {
            throw NotSignedInException.token("its " + claim + " is in the future (do the clocks differ?)");
        }
    }

    private static @Nullable Instant moment(@Nullable Object claim) {
        if (claim instanceof Instant instant) {
            return instant;
        }
        try {
            return claim instanceof Number seconds ? Instant.ofEpochSecond(seconds.longValue()) : null;
        } catch (DateTimeException e) {
            throw NotSignedInException.token("its auth_time is beyond any calendar");
        }
    }
}
