package dev.exeunt.spring.provider;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import dev.exeunt.spring.settings.ExeuntSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The keys that an identity provider publishes. They are read at the start, every few minutes as tokens come, and for a key that is
 * not known. However many tokens strangers make up, they are read at most twice in ten seconds, and a call waits for a few seconds at
 * most. While the provider is away, the last keys hold for four hours.
 */
public final class PublishedKeys implements JWKSource<SecurityContext> {

    private static final long PAUSE = Duration.ofSeconds(10).toMillis();
    private static final long FRESH = Duration.ofMinutes(5).toMillis();
    private static final long WAIT = Duration.ofSeconds(6).toMillis();
    private static final Duration GOOD_WHILE_AWAY = Duration.ofHours(4);

    private final JwksReader document;
    private final JWKSource<SecurityContext> source;
    private final Consumer<@Nullable String> changes;
    private @Nullable String fault = "they were not asked for yet.";
    private boolean had;
    private long readAt;

    /** @param changes hears of each change of the fault: null where keys are read again */
    private PublishedKeys(
            @Nullable IssuerMetadata metadata,
            @Nullable URI keys,
            ProviderHttp http,
            Consumer<@Nullable String> changes) {
        this.changes = changes;
        this.document = new JwksReader(metadata, keys, http, this::read);
        this.source = JWKSourceBuilder.create(document)
                .cache(FRESH, WAIT)
                .refreshAheadCache(false)
                .rateLimited(PAUSE)
                .outageTolerant(GOOD_WHILE_AWAY.toMillis())
                .build();
    }

    static PublishedKeys of(ExeuntSettings.JwtSettings settings, Consumer<@Nullable String> changes) {
        ProviderHttp http = new ProviderHttp();
        URI keys = settings.jwksUri();
        IssuerMetadata metadata = keys != null
                ? null
                : new IssuerMetadata(
                        URI.create(Objects.requireNonNull(settings.issuer())),
                        "exeunt.jwt.issuer",
                        settings.insecureIssuer(),
                        http);
        return new PublishedKeys(metadata, keys, http, changes);
    }

    /** Of an issuer by its metadata. */
    static PublishedKeys of(IssuerMetadata metadata, ProviderHttp http, Consumer<@Nullable String> changes) {
        return new PublishedKeys(metadata, null, http, changes);
    }

    private synchronized void read(@Nullable ProviderException failure) {
        String now = failure == null ? null : failure.sentence();
        if (failure == null) {
            had = true;
            readAt = System.nanoTime();
        }
        if (!Objects.equals(fault, now)) {
            fault = now;
            changes.accept(now);
        }
    }

    /** What went wrong when keys were last read; null where nothing did. */
    synchronized @Nullable String lastFault() {
        return fault;
    }

    public String fault() {
        String last = lastFault();
        return last == null ? "there are none that hold." : last;
    }

    /** Whether tokens can be verified, if by keys that were read before the provider went away. */
    synchronized boolean usable() {
        return had && (fault == null || System.nanoTime() - readAt < GOOD_WHILE_AWAY.toNanos());
    }

    /** Reads the keys now, apart from what calls may read, and returns whether tokens can be verified. */
    boolean check() {
        return document.check() || usable();
    }

    /** Skipping a reading is safe: keys read seconds ago verify every valid token. */
    @Override
    public List<JWK> get(JWKSelector wanted, @Nullable SecurityContext context) throws KeySourceException {
        try {
            return source.get(wanted, context);
        } catch (RateLimitReachedException e) {
            if (usable()) {
                return List.of();
            }
            throw e;
        }
    }
}
