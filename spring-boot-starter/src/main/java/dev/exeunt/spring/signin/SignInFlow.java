package dev.exeunt.spring.signin;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.exeunt.spring.provider.AuthorizationRequest;
import dev.exeunt.support.security.CanonicalBase64;
import dev.exeunt.support.security.Sha256;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * One sign-in at the provider, from the redirect to the answer. Its browser keeps it in a sealed cookie, and no other browser has it.
 *
 * @param state by which the answer is known to be for this sign-in
 * @param nonce that the ID token has to repeat
 * @param verifier of PKCE, which only the token endpoint gets (RFC 7636, section 4.1)
 * @param again how long ago the sign-in may be; null where any sign-in is good
 */
record SignInFlow(
        String state,
        String nonce,
        String verifier,
        @Nullable Duration again,
        Instant until) {

    private static final int BYTES = 32;

    /** Makes one of its own, 256 bits each (RFC 9700, section 4.7). */
    static SignInFlow random(SecureRandom random, @Nullable Duration again, Instant until) {
        return new SignInFlow(text(random), text(random), text(random), again, until);
    }

    private static String text(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return CanonicalBase64.encode(bytes);
    }

    AuthorizationRequest request() {
        return new AuthorizationRequest(state, nonce, CanonicalBase64.encode(Sha256.digest(verifier)), again);
    }

    JWTClaimsSet claims() {
        return new JWTClaimsSet.Builder()
                .claim("state", state)
                .claim("nonce", nonce)
                .claim("verifier", verifier)
                .claim("again", again == null ? null : again.toSeconds())
                .expirationTime(Date.from(until))
                .build();
    }

    /** @param claims as {@link #claims} made them: a sealed cookie holds nothing else */
    static SignInFlow of(JWTClaimsSet claims) {
        Object again = claims.getClaim("again");
        return new SignInFlow(
                String.valueOf(claims.getClaim("state")),
                String.valueOf(claims.getClaim("nonce")),
                String.valueOf(claims.getClaim("verifier")),
                again instanceof Number seconds ? Duration.ofSeconds(seconds.longValue()) : null,
                claims.getExpirationTime().toInstant());
    }

    @Override
    public String toString() {
        return "SignInFlow[hidden]";
    }
}
