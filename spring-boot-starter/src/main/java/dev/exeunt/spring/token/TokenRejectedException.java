package dev.exeunt.spring.token;

import org.springframework.security.oauth2.jwt.BadJwtException;

/** A token does not hold. Its message is for the operator, follows "a token:", and repeats nothing that the token says of a person. */
final class TokenRejectedException extends BadJwtException {
    private static final long serialVersionUID = 1L;

    TokenRejectedException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
