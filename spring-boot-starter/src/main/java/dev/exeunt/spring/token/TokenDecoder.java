package dev.exeunt.spring.token;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.exeunt.spring.provider.IdentityProvider;
import dev.exeunt.spring.provider.KeysUnavailableException;
import dev.exeunt.spring.provider.PublishedKeys;
import dev.exeunt.spring.settings.ExeuntSettings;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** Verifies tokens by the settings, and says why one does not hold. */
public final class TokenDecoder implements JwtDecoder {

    /** Asymmetric ones only: a public key must never pass for a secret. */
    private static final Set<JWSAlgorithm> ASYMMETRIC = Arrays.stream(SignatureAlgorithm.values())
            .map(a -> JWSAlgorithm.parse(a.getName()))
            .collect(Collectors.toUnmodifiableSet());

    /** By so much the clocks of those may differ who issue tokens. */
    static final Duration LEEWAY = Duration.ofSeconds(60);

    private final NimbusJwtDecoder decoder;
    private final Set<JWSAlgorithm> algorithms;
    private final @Nullable PublishedKeys keys;

    private TokenDecoder(NimbusJwtDecoder decoder, Set<JWSAlgorithm> algorithms, @Nullable PublishedKeys keys) {
        this.decoder = decoder;
        this.algorithms = algorithms;
        this.keys = keys;
    }

    /** Reads no keys yet, so that the program starts also while the provider is away. */
    public static TokenDecoder of(ExeuntSettings.JwtSettings settings, IdentityProvider provider, Clock clock) {
        TokenClaimRules rules = new TokenClaimRules(
                settings.issuer(), "exeunt.jwt.issuer", settings.audiences(), "exeunt.jwt.audience");
        ExeuntSettings.SecretValue secret = settings.secret();
        return secret == null
                ? published(Objects.requireNonNull(provider.keys(), "whose keys are read"), rules, clock)
                : shared(secret, rules, clock);
    }

    public static TokenDecoder shared(ExeuntSettings.SecretValue secret, TokenClaimRules rules, Clock clock) {
        SecretKeySpec key = new SecretKeySpec(secret.value().getBytes(StandardCharsets.UTF_8), "HmacSHA256");
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withSecretKey(key)
                .macAlgorithm(MacAlgorithm.HS256)
                .validateType(false) // TokenKind does, also for the application's own decoder
                .build();
        decoder.setJwtValidator(rules.validator(clock));
        return new TokenDecoder(decoder, Set.of(JWSAlgorithm.HS256), null);
    }

    static TokenDecoder published(PublishedKeys keys, TokenClaimRules rules, Clock clock) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier((type, context) -> {}); // as above
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ASYMMETRIC, keys));
        processor.setJWTClaimsSetVerifier((claims, context) -> {}); // by our rules, whose clock is injected
        NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(rules.validator(clock));
        return new TokenDecoder(decoder, ASYMMETRIC, keys);
    }

    /**
     * @throws TokenRejectedException where the token does not hold
     * @throws KeysUnavailableException where the provider's keys cannot be read
     */
    @Override
    public Jwt decode(String token) {
        try {
            return decoder.decode(token);
        } catch (BadJwtException e) {
            throw new TokenRejectedException(TokenRejection.of(e, token, algorithms), e);
        } catch (JwtException e) {
            if (keys == null) {
                throw e;
            }
            throw new KeysUnavailableException(keys.fault(), e);
        }
    }
}
