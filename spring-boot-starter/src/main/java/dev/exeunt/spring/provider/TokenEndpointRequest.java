package dev.exeunt.spring.provider;

import dev.exeunt.spring.settings.ExeuntSettings.SecretValue;
import dev.exeunt.spring.settings.ExeuntSettings.SignInSettings;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the request that exchanges a code for tokens (RFC 6749, section 4.1.3; RFC 7636, section 4.5). */
final class TokenEndpointRequest {

    private final SignInSettings settings;

    TokenEndpointRequest(SignInSettings settings) {
        this.settings = settings;
    }

    /** @param secretInBody whether the client's secret, where it has one, is sent in the body */
    String form(String code, String verifier, boolean secretInBody) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", settings.redirectUri().toString());
        form.put("code_verifier", verifier);
        SecretValue secret = settings.clientSecret();
        if (secret == null || secretInBody) {
            form.put("client_id", settings.clientId());
        }
        if (secret != null && secretInBody) {
            form.put("client_secret", secret.value());
        }
        return AuthorizationRequest.encoded(form);
    }

    /** Returns the header; null for a public client, or where the secret is in the body. */
    @Nullable
    String authorization(boolean secretInBody) {
        SecretValue secret = settings.clientSecret();
        if (secret == null || secretInBody) {
            return null;
        }
        String both = AuthorizationRequest.encoded(settings.clientId()) + ":"
                + AuthorizationRequest.encoded(secret.value()); // RFC 6749, section 2.3.1
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.US_ASCII));
    }
}
