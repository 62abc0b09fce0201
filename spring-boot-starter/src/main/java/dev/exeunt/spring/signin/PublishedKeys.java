package dev.exeunt.spring.signin;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import dev.exeunt.spring.settings.Settings;
import java.time.Duration;
import java.util.List;

/**
 * The keys that an identity provider publishes. It is asked when the first token comes, every few minutes, and for a key that is not
 * known; but however many tokens strangers make up, not more than twice in ten seconds, and nobody waits for it for long. While it
 * is away, the keys hold that it had.
 */
final class PublishedKeys implements JWKSource<SecurityContext> {

    private static final int CONNECT_MILLIS = 2_000;
    private static final int READ_MILLIS = 3_000;
    private static final int MOST_BYTES = 200_000;
    private static final long PAUSE = Duration.ofSeconds(10).toMillis();
    private static final long FRESH = Duration.ofMinutes(5).toMillis();
    private static final long WAIT = Duration.ofSeconds(6).toMillis();
    private static final long GOOD_WHILE_AWAY = Duration.ofHours(4).toMillis();

    private final JWKSource<SecurityContext> source;
    private volatile boolean had;

    private PublishedKeys(JWKSource<SecurityContext> source) {
        this.source = source;
    }

    static PublishedKeys of(Settings.Jwt settings) {
        DefaultResourceRetriever http = new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, MOST_BYTES);
        return new PublishedKeys(JWKSourceBuilder.create(new KeysDocument(settings.issuer(), settings.jwksUri(), http))
                .cache(FRESH, WAIT)
                .refreshAheadCache(false)
                .rateLimited(PAUSE)
                .outageTolerant(GOOD_WHILE_AWAY)
                .build());
    }

    /** Not to ask again so soon does no harm to whoever has a good token: what was had a moment ago has its key. */
    @Override
    public List<JWK> get(JWKSelector wanted, SecurityContext context) throws KeySourceException {
        try {
            List<JWK> keys = source.get(wanted, context);
            had = true;
            return keys;
        } catch (RateLimitReachedException e) {
            if (had) {
                return List.of();
            }
            throw e;
        }
    }
}
