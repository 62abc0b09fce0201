package dev.exeunt.spring.provider;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.exeunt.spring.provider.ProviderException.ProviderFailureKind;
import dev.exeunt.spring.settings.WebAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.text.ParseException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what an issuer says of itself (OpenID Connect Discovery 1.0, RFC 8414). */
final class IssuerMetadata {

    private static final String OPENID = "/.well-known/openid-configuration";
    private static final String OAUTH = "/.well-known/oauth-authorization-server";

    private final URI issuer;
    private final String setting;
    private final boolean insecure;
    private final ProviderHttp http;

    /**
     * @param setting that names the issuer, for messages
     * @param insecure whether its addresses may be plain HTTP on other machines
     */
    IssuerMetadata(URI issuer, String setting, boolean insecure, ProviderHttp http) {
        this.issuer = issuer;
        this.setting = setting;
        this.insecure = insecure;
        this.http = http;
    }

    /**
     * Where its keys are, by the first document that can be used.
     *
     * @throws ProviderException the most telling one, where no document can be used
     */
    URI keys() throws ProviderException {
        return first(place -> address(place, checked(place), "jwks_uri", "keys"));
    }

    /**
     * Where people sign in and where codes are exchanged, by the first document that can be used.
     *
     * @throws ProviderException the most telling one, where no document can be used
     */
    SignInEndpoints endpoints() throws ProviderException {
        return first(place -> {
            Map<String, Object> metadata = checked(place);
            return new SignInEndpoints(
                    address(place, metadata, "authorization_endpoint", "authorization endpoint"),
                    address(place, metadata, "token_endpoint", "token endpoint"),
                    Boolean.TRUE.equals(metadata.get("authorization_response_iss_parameter_supported")),
                    takesSecretInBodyOnly(metadata.get("token_endpoint_auth_methods_supported")));
        });
    }

    /** A provider that names no method takes the secret in a header (OpenID Connect Discovery 1.0, section 3). */
    private static boolean takesSecretInBodyOnly(@Nullable Object methods) {
        return methods instanceof Collection<?> named
                && named.contains("client_secret_post")
                && !named.contains("client_secret_basic");
    }

    /** Reads one document of the provider. */
    private interface DocumentReader<T> {
        T read(URI place) throws ProviderException;
    }

    private <T> T first(DocumentReader<T> reader) throws ProviderException {
        ProviderException telling = null;
        for (URI place : places()) {
            try {
                return reader.read(place);
            } catch (ProviderException e) {
                telling = telling == null || e.kind().compareTo(telling.kind()) > 0 ? e : telling;
                if (e.kind() == ProviderFailureKind.AWAY) {
                    break;
                }
            }
        }
        throw java.util.Objects.requireNonNull(telling);
    }

    private Map<String, Object> checked(URI place) throws ProviderException {
        Map<String, Object> metadata = parsed(place);
        if (!issuer.toString().equals(metadata.get("issuer"))) {
            throw new ProviderException(
                    ProviderFailureKind.DOCUMENT,
                    "the issuer differs: " + place + " names " + shown(metadata.get("issuer")) + ", and " + setting
                            + " is " + issuer + ". They have to be the same, character by character.");
        }
        return metadata;
    }

    /** @param name of what is at the address, for messages */
    private URI address(URI place, Map<String, Object> metadata, String field, String name) throws ProviderException {
        URI address = uri(metadata.get(field));
        if (address == null) {
            throw new ProviderException(
                    ProviderFailureKind.DOCUMENT,
                    place + " does not name its " + name + " (" + field + " is missing, or no address).");
        }
        if (!insecure && !WebAddress.isProtected(address)) {
            throw new ProviderException(
                    ProviderFailureKind.DOCUMENT,
                    place + " names " + name + " at " + address
                            + ", which is not https. Where you trust every machine on the"
                            + " way, set exeunt.jwt.insecure-issuer=true.");
        }
        return address;
    }

    private Map<String, Object> parsed(URI place) throws ProviderException {
        try {
            return JSONObjectUtils.parse(http.read(place));
        } catch (ParseException e) {
            throw new ProviderException(ProviderFailureKind.DOCUMENT, place + " is no JSON object.");
        }
    }

    private static @Nullable URI uri(@Nullable Object text) {
        try {
            return text instanceof String address ? new URI(address) : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static String shown(@Nullable Object issuer) {
        String plain = String.valueOf(issuer).replaceAll("[^\\x21-\\x7e]", "?");
        return issuer == null ? "none" : plain.substring(0, Math.min(200, plain.length()));
    }

    /** With a path, the document may be before it or behind it. */
    private List<URI> places() {
        String path = issuer.getPath() == null ? "" : issuer.getPath().replaceFirst("/$", "");
        return Stream.of(path + OPENID, OPENID + path, OAUTH + path)
                .distinct()
                .map(this::at)
                .toList();
    }

    private URI at(String path) {
        try {
            return new URI(issuer.getScheme(), null, issuer.getHost(), issuer.getPort(), path, null, null);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("an address stays one with another path", e);
        }
    }
}
