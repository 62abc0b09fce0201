package dev.exeunt.spring.external.keycloak;

import dev.exeunt.spring.external.http.CallFailedException;
import dev.exeunt.spring.external.http.GuardedHttpClient;
import dev.exeunt.spring.external.http.GuardedHttpClient.HttpAnswer;
import dev.exeunt.spring.settings.ExternalSystemSettings.KeycloakSettings;
import dev.exeunt.spring.web.json.HttpJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.entity.UrlEncodedFormEntity;
import org.apache.hc.core5.http.message.BasicNameValuePair;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Gets access tokens of a client by its credentials, and keeps one until shortly before it expires. */
final class AdminToken {

    /** So long before its end a token is no longer used, since a call takes time. */
    private static final Duration SPARE = Duration.ofSeconds(30);

    private final GuardedHttpClient client;
    private final KeycloakSettings settings;
    private @Nullable String token;
    private long goodUntil;

    AdminToken(GuardedHttpClient client, KeycloakSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    /** @throws CallFailedException where Keycloak gives no token; its word begins with {@code token} */
    synchronized String get() throws CallFailedException {
        String known = token;
        if (known == null || System.nanoTime() - goodUntil >= 0) {
            known = request();
        }
        return known;
    }

    /** Returns the roles in the realm's administration that the token names. Its signature is not checked: Keycloak has just sent it. */
    Set<String> roles() throws CallFailedException {
        String[] parts = get().split("\\.");
        Set<String> roles = new TreeSet<>();
        if (parts.length == 3) {
            try {
                HttpJson.MAPPER
                        .readTree(Base64.getUrlDecoder().decode(parts[1]))
                        .at("/resource_access/realm-management/roles")
                        .forEach(role -> roles.add(role.asString()));
            } catch (JacksonException | IllegalArgumentException e) {
                throw new CallFailedException("token-answer", true); // no token in the form of a JWT
            }
        }
        return roles;
    }

    /** Gives up a token that Keycloak has refused; another one that was got since stays. */
    synchronized void drop(String refused) {
        if (refused.equals(token)) {
            token = null;
        }
    }

    private String request() throws CallFailedException {
        HttpPost post = new HttpPost(
                settings.url() + "/realms/" + KeycloakApi.segment(settings.realm()) + "/protocol/openid-connect/token");
        post.setHeader("Accept", "application/json");
        post.setEntity(new UrlEncodedFormEntity(
                List.of(
                        new BasicNameValuePair("grant_type", "client_credentials"),
                        new BasicNameValuePair("client_id", settings.clientId()),
                        new BasicNameValuePair(
                                "client_secret", settings.clientSecret().value())),
                StandardCharsets.UTF_8));
        long asked = System.nanoTime();
        HttpAnswer answer = client.send(post, KeycloakApi.MOST_BYTES);
        if (!answer.isSuccess()) {
            throw new CallFailedException("token-" + answer.status(), true);
        }
        JsonNode json = KeycloakApi.json(answer);
        JsonNode given = json == null ? null : json.get("access_token");
        if (json == null || given == null || !given.isString()) {
            throw new CallFailedException("token-answer", true);
        }
        Duration good = Duration.ofSeconds(json.path("expires_in").asLong(0)).minus(SPARE);
        goodUntil = asked + Math.max(0, good.toNanos());
        token = given.stringValue();
        return given.stringValue();
    }

    @Override
    public String toString() {
        return "AdminToken[hidden]";
    }
}
