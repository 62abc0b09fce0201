package dev.exeunt.spring.signin;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.exeunt.spring.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.spec.SecretKeySpec;
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

/** Which tokens are good, by the settings. */
public final class TokenDecoder {

    /** Asymmetric ones only: a public key must never pass for a secret. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Arrays.stream(SignatureAlgorithm.values())
            .map(a -> JWSAlgorithm.parse(a.getName()))
            .collect(Collectors.toUnmodifiableSet());

    /** By so much the clocks of those may differ who issue tokens. */
    static final Duration LEEWAY = Duration.ofSeconds(60);

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
        return validated(published(settings), validator);
    }

    private static NimbusJwtDecoder published(Settings.Jwt settings) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier((type, context) -> {});
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, PublishedKeys.of(settings)));
        processor.setJWTClaimsSetVerifier((claims, context) -> {}); // by our validators, whose clock is injected
        return new NimbusJwtDecoder(processor);
    }

    private static NimbusJwtDecoder validated(NimbusJwtDecoder decoder, OAuth2TokenValidator<Jwt> validator) {
        decoder.setJwtValidator(validator);
        return decoder;
    }

    private static OAuth2TokenValidator<Jwt> validator(Settings.Jwt settings, Clock clock) {
        JwtTimestampValidator times = new JwtTimestampValidator(LEEWAY);
        times.setClock(clock);
        List<OAuth2TokenValidator<Jwt>> validators = new ArrayList<>();
        validators.add(TokenFault.told("it is over, or does not hold yet", times));
        if (settings.issuer() != null) {
            validators.add(TokenFault.told(
                    "its iss is not what exeunt.jwt.issuer says",
                    new JwtIssuerValidator(settings.issuer().toString())));
        }
        if (settings.audience() != null) {
            validators.add(TokenFault.told(
                    settings.audience().equals(HandOff.AUDIENCE)
                            ? "its aud is not " + HandOff.AUDIENCE
                            : "its aud is not what exeunt.jwt.audience says",
                    new JwtAudienceValidator(settings.audience())));
        }
        return new DelegatingOAuth2TokenValidator<>(validators);
    }
}
