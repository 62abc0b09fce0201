package dev.exeunt.spring.provider;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.proc.SecurityContext;
import dev.exeunt.spring.provider.ProviderException.ProviderFailureKind;
import java.net.URI;
import java.text.ParseException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the JSON Web Keys of an issuer, found by its metadata or at a given address. */
final class JwksReader implements JWKSetSource<SecurityContext> {

    private final @Nullable IssuerMetadata metadata;
    private final ProviderHttp http;
    private final Consumer<@Nullable ProviderException> outcome;

    /** Once found it stays: an issuer that moves its keys says so in the same document as before. */
    private volatile @Nullable URI keys;

    /**
     * @param metadata of the issuer; null where the address of the keys is set
     * @param keys null where the issuer tells
     * @param outcome hears of each reading: null where it went well
     */
    JwksReader(
            @Nullable IssuerMetadata metadata,
            @Nullable URI keys,
            ProviderHttp http,
            Consumer<@Nullable ProviderException> outcome) {
        this.metadata = metadata;
        this.keys = keys;
        this.http = http;
        this.outcome = outcome;
    }

    @Override
    public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refresh, long now, @Nullable SecurityContext context)
            throws JWKSetUnavailableException {
        try {
            JWKSet read = read();
            outcome.accept(null);
            return read;
        } catch (ProviderException e) {
            outcome.accept(e);
            throw new JWKSetUnavailableException(e.sentence(), e);
        }
    }

    /** Reads the keys apart from any cache, and returns whether that went well. */
    boolean check() {
        try {
            read();
            outcome.accept(null);
            return true;
        } catch (ProviderException e) {
            outcome.accept(e);
            return false;
        }
    }

    private JWKSet read() throws ProviderException {
        URI address = address();
        try {
            JWKSet read = JWKSet.parse(http.read(address));
            if (read.isEmpty()) {
                throw new ProviderException(ProviderFailureKind.DOCUMENT, address + " publishes no key.");
            }
            return read;
        } catch (ParseException e) {
            throw new ProviderException(ProviderFailureKind.DOCUMENT, address + " is no JWK set (RFC 7517).");
        }
    }

    private URI address() throws ProviderException {
        URI address = keys;
        if (address == null) {
            address = java.util.Objects.requireNonNull(metadata).keys();
            keys = address;
        }
        return address;
    }

    @Override
    public void close() {
        // every document is read whole
    }
}
