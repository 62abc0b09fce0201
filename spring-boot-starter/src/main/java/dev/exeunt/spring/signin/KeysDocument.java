package dev.exeunt.spring.signin;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetParseException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where keys are published: at an address, or where an issuer's metadata say (OpenID Connect Discovery 1.0, RFC 8414). */
final class KeysDocument implements JWKSetSource<SecurityContext> {

    private static final String OPENID = "/.well-known/openid-configuration";
    private static final String OAUTH = "/.well-known/oauth-authorization-server";

    private final @Nullable URI issuer;
    private final ResourceRetriever http;

    /** Once found it stays: an issuer that moves its keys says so in the same document as before. */
    private volatile @Nullable URI keys;

    /** @param keys null where the issuer tells */
    KeysDocument(@Nullable URI issuer, @Nullable URI keys, ResourceRetriever http) {
        this.issuer = issuer;
        this.keys = keys;
        this.http = http;
    }

    @Override
    public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refresh, long now, @Nullable SecurityContext context)
            throws JWKSetUnavailableException {
        URI at = keys;
        if (at == null) {
            at = told();
            keys = at;
        }
        try {
            return JWKSet.parse(text(at));
        } catch (IOException e) {
            throw new JWKSetUnavailableException("The keys cannot be fetched.", e);
        } catch (ParseException e) {
            throw new JWKSetParseException("What is published are no keys.", e);
        }
    }

    private URI told() throws JWKSetUnavailableException {
        for (URI place : places()) {
            Map<String, Object> metadata = metadata(place);
            if (metadata != null
                    && String.valueOf(issuer).equals(metadata.get("issuer"))
                    && metadata.get("jwks_uri") instanceof String found) {
                return URI.create(found);
            }
        }
        throw new JWKSetUnavailableException("The issuer does not tell where its keys are.");
    }

    /** Null where there are none, but perhaps at the next place. */
    private @Nullable Map<String, Object> metadata(URI place) throws JWKSetUnavailableException {
        try {
            return JSONObjectUtils.parse(text(place));
        } catch (SocketException | SocketTimeoutException | UnknownHostException e) {
            throw new JWKSetUnavailableException("The issuer does not answer.", e);
        } catch (IOException | ParseException e) {
            return null;
        }
    }

    /** With a path, the one before it or behind it. */
    private List<URI> places() {
        URI base = java.util.Objects.requireNonNull(issuer);
        String path = base.getPath() == null ? "" : base.getPath().replaceFirst("/$", "");
        return List.of(at(base, path + OPENID), at(base, OPENID + path), at(base, OAUTH + path));
    }

    private static URI at(URI base, String path) {
        try {
            return new URI(base.getScheme(), null, base.getHost(), base.getPort(), path, null, null);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("an address stays one with another path", e);
        }
    }

    private String text(URI from) throws IOException {
        return http.retrieveResource(from.toURL()).getContent();
    }

    @Override
    public void close() {
        // every document is read whole
    }
}
