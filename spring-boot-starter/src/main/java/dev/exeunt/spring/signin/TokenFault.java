package dev.exeunt.spring.signin;

import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.BadJWSException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtValidationException;

/** What is wrong with a token, for the operator: in words of ours, since others quote what it says. */
final class TokenFault extends OAuth2Error {
    private static final long serialVersionUID = 1L;

    private TokenFault(String sentence) {
        super(OAuth2ErrorCodes.INVALID_TOKEN, sentence, null);
    }

    /** The same judgement, told as this sentence. */
    static OAuth2TokenValidator<Jwt> told(String sentence, OAuth2TokenValidator<Jwt> judge) {
        return jwt -> judge.validate(jwt).hasErrors()
                ? OAuth2TokenValidatorResult.failure(new TokenFault(sentence))
                : OAuth2TokenValidatorResult.success();
    }

    static String of(BadJwtException e) {
        if (e instanceof JwtValidationException invalid) {
            return invalid.getErrors().stream()
                    .filter(TokenFault.class::isInstance)
                    .map(OAuth2Error::getDescription)
                    .findFirst()
                    .orElse("the application's own decoder refuses it");
        }
        Throwable cause = e.getCause();
        if (cause instanceof BadJWSException) {
            return "its signature is not ours";
        }
        return cause instanceof BadJOSEException
                ? "it is signed with no key, or no algorithm, of ours"
                : "it is no JWT that makes sense";
    }
}
