package dev.exeunt.spring.token;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJWSException;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.Set;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtValidationException;

/** What is wrong with a token, for the operator: in words of ours, since others quote what it says. */
final class TokenRejection extends OAuth2Error {
    private static final long serialVersionUID = 1L;

    TokenRejection(String sentence) {
        super(OAuth2ErrorCodes.INVALID_TOKEN, sentence, null);
    }

    /**
     * The reason why our own decoder has refused a token.
     *
     * @param algorithms that the decoder takes
     */
    static String of(BadJwtException e, String token, Set<JWSAlgorithm> algorithms) {
        if (e instanceof JwtValidationException invalid) {
            return of(invalid);
        }
        try {
            return of(e, JWTParser.parse(token), algorithms);
        } catch (ParseException broken) {
            return "it is no JWT that makes sense";
        }
    }

    /** The reason that one of our rules gives; else that it was not ours. */
    static String of(BadJwtException e) {
        if (e instanceof TokenRejectedException ours) {
            return String.valueOf(ours.getMessage());
        }
        return e instanceof JwtValidationException invalid ? of(invalid) : "the application's own decoder refuses it";
    }

    private static String of(JwtValidationException invalid) {
        return invalid.getErrors().stream()
                .filter(TokenRejection.class::isInstance)
                .map(OAuth2Error::getDescription)
                .findFirst()
                .orElse("the application's own decoder refuses it");
    }

    private static String of(BadJwtException e, JWT token, Set<JWSAlgorithm> algorithms) {
        if (!(token instanceof SignedJWT signed)) {
            return token instanceof EncryptedJWT ? "it is encrypted" : "it is not signed (its alg is none)";
        }
        JWSAlgorithm algorithm = signed.getHeader().getAlgorithm();
        if (!algorithms.contains(algorithm)) {
            return "its alg is " + (isKnown(algorithm) ? algorithm.getName() : "unknown") + ", and the keys are for "
                    + String.join(
                            ", ",
                            algorithms.stream()
                                    .map(JWSAlgorithm::getName)
                                    .sorted()
                                    .toList());
        }
        if (e.getCause() instanceof BadJWSException) {
            return "its signature is not ours";
        }
        return e.getCause() instanceof com.nimbusds.jose.proc.BadJOSEException
                ? "its kid is none of the keys that are published, or its crit is not understood"
                : "one of iss, sub, aud, exp, nbf and iat is not of its type";
    }

    private static boolean isKnown(JWSAlgorithm algorithm) {
        return JWSAlgorithm.Family.SIGNATURE.contains(algorithm) || JWSAlgorithm.Family.HMAC_SHA.contains(algorithm);
    }
}
