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

/** Reads tokens. Checks their times after the decoder has accepted them, since the application may bring its own decoder. */
public final class TokenReader {

    /** Spring makes up the {@code iat} of a token without one: this long before its {@code exp}. */
    private static final Duration MADE_UP = Duration.ofSeconds(1);

    private final JwtDecoder decoder;
    private final TokenKind kind;
    private final Clock clock;

    /** Reads access tokens. */
    public TokenReader(JwtDecoder decoder, Clock clock) {
        this(decoder, TokenKind.ACCESS, clock);
    }

    TokenReader(JwtDecoder decoder, TokenKind kind, Clock clock) {
        this.decoder = decoder;
        this.kind = kind;
        this.clock = clock;
    }

    /**
     * Holds the claims and times of a verified token.
     *
     * @param issued when it was issued, which is not in the future
     * @param signedInAt when its person last signed in; null where the token does not say
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
     * Verifies a token. {@code iat} must be present and not in the future: otherwise a token from before the erasure of its person
     * could pass for a new one. {@code exp} is required, so that every token ends.
     *
     * @throws NotSignedInException where the token is not valid
     */
    public VerifiedToken read(String text) {
        Jwt jwt = decoded(text);
        String fault = kind.fault(jwt.getHeaders(), jwt.getClaims());
        if (fault != null) {
            throw NotSignedInException.token(fault);
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
