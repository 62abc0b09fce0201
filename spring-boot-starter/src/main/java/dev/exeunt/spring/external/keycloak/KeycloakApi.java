package dev.exeunt.spring.external.keycloak;

import dev.exeunt.spring.external.http.CallFailedException;
import dev.exeunt.spring.external.http.GuardedHttpClient;
import dev.exeunt.spring.external.http.GuardedHttpClient.CallLimits;
import dev.exeunt.spring.external.http.GuardedHttpClient.HttpAnswer;
import dev.exeunt.spring.settings.ExternalSystemSettings;
import dev.exeunt.spring.settings.ExternalSystemSettings.KeycloakSettings;
import dev.exeunt.spring.web.json.HttpJson;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Calls the admin API of one realm of Keycloak as a client's service account. Each method may be called again. No exception holds an id,
 * or a text of Keycloak's.
 */
public final class KeycloakApi implements AutoCloseable {

    /** How much of an answer is read. A user's representation has all attributes of the user. */
    static final int MOST_BYTES = 256 * 1024;

    private static final int NOT_FOUND = 404;
    private static final int FORBIDDEN = 403;
    private static final int UNAUTHORIZED = 401;
    private static final int BAD_REQUEST = 400;

    private final GuardedHttpClient client;
    private final AdminToken token;
    private final String realm;

    /** @param system with settings of Keycloak */
    public KeycloakApi(ExternalSystemSettings system, CallLimits time) {
        KeycloakSettings settings = Objects.requireNonNull(system.keycloak(), "the settings are of Keycloak");
        this.client = new GuardedHttpClient(system.name(), system.privateAddress(), time);
        this.token = new AdminToken(client, settings);
        this.realm = settings.url() + "/admin/realms/" + segment(settings.realm());
    }

    /**
     * Returns the roles of the client {@code realm-management} that the service account has, as its token says; those of realm {@code
     * master} are not read.
     */
    public Set<String> roles() throws CallFailedException {
        return token.roles();
    }

    /** Says whether an account is there, and whether its person may sign in. */
    public enum AccountState {
        ENABLED,
        DISABLED,
        MISSING
    }

    /** Looks an account up. */
    public AccountState find(String id) throws CallFailedException {
        HttpAnswer answer = call("GET", user(id), null);
        if (answer.status() == NOT_FOUND) {
            return AccountState.MISSING;
        }
        JsonNode json = json(succeeded(answer));
        JsonNode enabled = json == null ? null : json.get("enabled");
        if (enabled == null || !enabled.isBoolean()) {
            throw new CallFailedException("answer", false);
        }
        return enabled.booleanValue() ? AccountState.ENABLED : AccountState.DISABLED;
    }

    /**
     * Enables or disables an account and changes nothing else of it: Keycloak keeps what a representation does not name.
     *
     * @return false where there is no such account
     */
    public boolean setEnabled(String id, boolean enabled) throws CallFailedException {
        return isThere(call("PUT", user(id), "{\"enabled\":" + enabled + "}"));
    }

    /**
     * Ends the sessions of an account, and makes refresh tokens and offline tokens worthless that were issued until now.
     *
     * @return false where there is no such account
     */
    public boolean revokeSessions(String id) throws CallFailedException {
        return isThere(call("POST", user(id) + "/logout", ""));
    }

    /**
     * Removes an account.
     *
     * @return false where there was none
     */
    public boolean remove(String id) throws CallFailedException {
        HttpAnswer answer = call("DELETE", user(id), null);
        // Keycloak answers 400 where its cache holds a user whose row is gone. It drops the user from the cache then.
        return isThere(answer.status() == BAD_REQUEST ? call("DELETE", user(id), null) : answer);
    }

    /**
     * Makes Keycloak forget the users that it keeps in memory.
     *
     * @return false where the service account has no right to that
     */
    public boolean clearUserCache() throws CallFailedException {
        HttpAnswer answer = call("POST", realm + "/clear-user-cache", "");
        if (answer.status() == FORBIDDEN) {
            return false;
        }
        succeeded(answer);
        return true;
    }

    private static boolean isThere(HttpAnswer answer) throws CallFailedException {
        if (answer.status() == NOT_FOUND) {
            return false;
        }
        succeeded(answer);
        return true;
    }

    private static HttpAnswer succeeded(HttpAnswer answer) throws CallFailedException {
        if (answer.status() == FORBIDDEN || answer.status() == UNAUTHORIZED) {
            throw new CallFailedException(Integer.toString(answer.status()), true); // rights, which all calls lack
        }
        if (!answer.isSuccess()) {
            throw CallFailedException.ofStatus(answer.status());
        }
        return answer;
    }

    /** Calls once more with a new token where Keycloak no longer takes the old one, as after a restart. */
    private HttpAnswer call(String method, String address, @Nullable String json) throws CallFailedException {
        String used = token.get();
        HttpAnswer answer = call(method, address, json, used);
        if (answer.status() != UNAUTHORIZED) {
            return answer;
        }
        token.drop(used);
        return call(method, address, json, token.get());
    }

    private HttpAnswer call(String method, String address, @Nullable String json, String bearer)
            throws CallFailedException {
        HttpUriRequestBase request = new HttpUriRequestBase(method, URI.create(address));
        request.setHeader("Authorization", "Bearer " + bearer);
        request.setHeader("Accept", "application/json");
        if (json != null) {
            request.setEntity(new StringEntity(json, ContentType.APPLICATION_JSON));
        }
        return client.send(request, MOST_BYTES);
    }

    private String user(String id) throws CallFailedException {
        if (id.isEmpty() || id.equals(".") || id.equals("..")) {
            throw new CallFailedException("account-id", false); // it would name another resource
        }
        return realm + "/users/" + segment(id);
    }

    static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Returns null where the answer is no JSON. */
    static @Nullable JsonNode json(HttpAnswer answer) {
        byte[] body = answer.body();
        try {
            return body == null ? null : HttpJson.MAPPER.readTree(body);
        } catch (JacksonException e) {
            return null; // its message quotes the answer
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
