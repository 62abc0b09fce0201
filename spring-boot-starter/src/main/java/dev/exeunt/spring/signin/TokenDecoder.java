package dev.exeunt.spring.signin;

import dev.exeunt.spring.settings.Settings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;

/** Which tokens are good, by the settings. */
public final class TokenDecoder {

    /** Asymmetric ones only: a public key must never pass for a secret. */
    private static final Set<SignatureAlgorithm> ALGORITHMS = Set.of(SignatureAlgorithm.values());

    private static final Duration LEEWAY = Duration.ofSeconds(60);

    private TokenDecoder() {}

    /** An issuer is asked for its keys with the first token, so that the program starts also while it is away. */
    public static JwtDecoder of(Settings.Jwt settings, Clock clock) {
        OAuth2TokenValidator<Jwt> validator = validator(settings, clock);
        Settings.Secret secret = settings.secret();
        if (secret != null) {
            SecretKeySpec key = new SecretKeySpec(secret.value().getBytes(StandardCharsets.UTF_8), "HmacSHA256");
            return validated(
                    NimbusJwtDecoder.withSecretKey(key)
                            .macAlgorithm(MacAlgorithm.HS256)
                            .validateType(false)
                            .build(),
                    validator);
        }
        return new SupplierJwtDecoder(() -> validated(published(settings.jwksUri(), settings.issuer()), validator));
    }

    private static NimbusJwtDecoder published(@Nullable URI jwks, @Nullable URI issuer) {
        NimbusJwtDecoder.JwkSetUriJwtDecoderBuilder builder = jwks == null
                ? NimbusJwtDecoder.withIssuerLocation(String.valueOf(issuer))
                : NimbusJwtDecoder.withJwkSetUri(jwks.toString());
        return builder.jwsAlgorithms(all -> all.addAll(ALGORITHMS))
                .validateType(false)
                .build();
    }

    private static NimbusJwtDecoder validated(NimbusJwtDecoder decoder, OAuth2TokenValidator<Jwt> validator) {
        decoder.setJwtValidator(validator);
        return decoder;
    }

    private static OAuth2TokenValidator<Jwt> validator(Settings.Jwt settings, Clock clock) {
        JwtTimestampValidator times = new JwtTimestampValidator(LEEWAY);
        times.setClock(clock);
        List<OAuth2TokenValidator<Jwt>> validators = new ArrayList<>();
        validators.add(times);
        if (settings.issuer() != null) {
            validators.add(new JwtIssuerValidator(settings.issuer().toString()));
        }
        if (settings.audience() != null) {
            validators.add(new JwtAudienceValidator(settings.audience()));
        }
        return new DelegatingOAuth2TokenValidator<>(validators);
    }
}
