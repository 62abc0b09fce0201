package dev.exeunt.spring.token;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * What a token with a good signature has to say.
 *
 * @param issuer what {@code iss} has to be; null for any
 * @param issuerSetting where the operator finds the issuer
 * @param audiences one of which {@code aud} has to hold; empty for any
 * @param audienceSetting where the operator finds the audiences
 */
public record TokenClaimRules(
        @Nullable String issuer, String issuerSetting, List<String> audiences, String audienceSetting) {

    OAuth2TokenValidator<Jwt> validator(Clock clock) {
        return jwt -> {
            String fault = fault(jwt, clock.instant());
            return fault == null
                    ? OAuth2TokenValidatorResult.success()
                    : OAuth2TokenValidatorResult.failure(new TokenRejection(fault));
        };
    }

    private @Nullable String fault(Jwt jwt, Instant now) {
        Instant end = jwt.getExpiresAt();
        if (end != null && now.minus(TokenDecoder.LEEWAY).isAfter(end)) {
            return "it is over: its exp has passed";
        }
        Instant begin = jwt.getNotBefore();
        if (begin != null && now.plus(TokenDecoder.LEEWAY).isBefore(begin)) {
            return "its nbf is in the future (do the clocks differ?)";
        }
        String iss = fault(jwt.getClaims().get("iss"));
        return iss == null ? audienceFault(jwt.getAudience()) : iss;
    }

    private @Nullable String fault(@Nullable Object iss) {
        if (issuer == null || issuer.equals(Objects.toString(iss, null))) {
            return null;
        }
        return iss == null
                ? "it has no iss, and " + issuerSetting + " is set"
                : "its iss is not what " + issuerSetting + " says";
    }

    private @Nullable String audienceFault(@Nullable List<String> aud) {
        if (audiences.isEmpty()) {
            return null;
        }
        if (aud == null || aud.isEmpty()) {
            return "it has no aud, and " + audienceSetting + " asks for one";
        }
        return aud.stream().anyMatch(audiences::contains) ? null : "its aud is not what " + audienceSetting + " says";
    }
}
