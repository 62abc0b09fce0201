package dev.exeunt.spring.provider;

import dev.exeunt.spring.settings.ExeuntSettings.SignInSettings;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a browser carries to the authorization endpoint (OpenID Connect Core 1.0, section 3.1.2.1).
 *
 * @param state by which the answer is known to be for this request (RFC 6749, section 10.12)
 * @param nonce that the ID token has to repeat
 * @param challenge SHA-256 of the verifier, in base64url (RFC 7636, section 4.2)
 * @param again how long ago the sign-in may be where the person has to show who they are again; null where any sign-in is good
 */
public record AuthorizationRequest(
        String state,
        String nonce,
        String challenge,
        @Nullable Duration again) {

    URI at(URI endpoint, SignInSettings settings) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("client_id", settings.clientId());
        parameters.put("redirect_uri", settings.redirectUri().toString());
        parameters.put("scope", String.join(" ", settings.scopes()));
        parameters.put("state", state);
        parameters.put("nonce", nonce);
        parameters.put("code_challenge", challenge);
        parameters.put("code_challenge_method", "S256");
        if (again != null) {
            parameters.put("prompt", "login");
            parameters.put("max_age", Long.toString(again.toSeconds()));
        }
        String query = endpoint.getRawQuery();
        String base = endpoint.toString().replaceFirst("[?#].*", "");
        return URI.create(base + "?" + (query == null || query.isEmpty() ? "" : query + "&") + encoded(parameters));
    }

    /** As {@code application/x-www-form-urlencoded}. */
    static String encoded(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(p -> encoded(p.getKey()) + "=" + encoded(p.getValue()))
                .collect(Collectors.joining("&"));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "AuthorizationRequest[hidden]";
    }
}
