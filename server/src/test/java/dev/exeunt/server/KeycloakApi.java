package dev.exeunt.server;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls Keycloak's REST API: as its administrator, or with the token of a person or a client. */
final class KeycloakApi {

    /** Tokens of an administrator are good for a minute. */
    private static final long TOKEN_AGE = 30_000_000_000L;

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String address;
    private String token = "";
    private long since;

    /** @param address of the server, without a path */
    KeycloakApi(String address) {
        this.address = address;
    }

    /** The status of a call as the administrator, without reading on. */
    int status(String path) throws IOException, InterruptedException {
        return call("GET", path, admin(), "").statusCode();
    }

    /** What a GET as the administrator answers. */
    JsonNode get(String path) throws IOException, InterruptedException {
        return json(done(call("GET", path, admin(), "")));
    }

    /** Creates something as the administrator, and returns its id, which is empty where Keycloak gives none. */
    String create(String path, String json) throws IOException, InterruptedException {
        String location = done(call("POST", path, admin(), json))
                .headers()
                .firstValue("Location")
                .orElse("");
        return location.substring(location.lastIndexOf('/') + 1);
    }

    /** A call as the administrator that has to succeed. */
    void send(String method, String path, String json) throws IOException, InterruptedException {
        done(call(method, path, admin(), json));
    }

    /** A call with this token, whatever the answer. */
    HttpResponse<String> call(String method, String path, String bearer, String json)
            throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(address + path))
                        .header("Authorization", "Bearer " + bearer)
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** A form sent to the token endpoint of a realm, whatever the answer; without a token where it is empty. */
    HttpResponse<String> tokens(String realm, String bearer, Map<String, String> fields)
            throws IOException, InterruptedException {
        String form = fields.entrySet().stream()
                .map(f -> f.getKey() + "=" + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(address + "/realms/" + realm + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        if (!bearer.isEmpty()) {
            request.header("Authorization", "Bearer " + bearer);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Returns the answer if it succeeded. */
    static HttpResponse<String> done(HttpResponse<String> answer) {
        if (answer.statusCode() / 100 != 2) {
            throw new AssertionError(
                    answer.request().method() + " " + answer.uri() + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer;
    }

    static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    private String admin() throws IOException, InterruptedException {
        if (token.isEmpty() || System.nanoTime() - since > TOKEN_AGE) {
            since = System.nanoTime();
            Map<String, String> grant = Map.of(
                    "grant_type",
                    "password",
                    "client_id",
                    "admin-cli",
                    "username",
                    Keycloak.ADMIN,
                    "password",
                    Keycloak.ADMIN);
            token = json(done(tokens("master", "", grant))).get("access_token").asString();
        }
        return token;
    }
}
