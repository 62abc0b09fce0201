package dev.exeunt.server;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Signs people in at Keycloak: with a browser's requests, or directly with user name and password. */
record KeycloakSignIn(String issuer, String client) {

    private static final String CALLBACK = "http://127.0.0.1/callback";
    private static final Pattern FORM = Pattern.compile("<form[^>]*action=\"([^\"]+)\"");
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");

    private static final HttpClient HTTP =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    /** Tokens as the token endpoint hands them over, after a sign-in in a browser (authorization code). */
    JsonNode browser(String user) throws IOException, InterruptedException {
        String authorize = issuer + "/protocol/openid-connect/auth?"
                + form(Map.of(
                        "client_id", client,
                        "redirect_uri", CALLBACK,
                        "response_type", "code",
                        "scope", "openid",
                        "state", "any"));
        HttpResponse<String> page = send(HttpRequest.newBuilder(URI.create(authorize)));
        Matcher form = FORM.matcher(page.body());
        if (!form.find()) {
            throw new AssertionError(page.statusCode() + " " + page.body());
        }
        String cookies = page.headers().allValues("Set-Cookie").stream()
                .map(c -> c.split(";")[0])
                .collect(Collectors.joining("; "));
        HttpResponse<String> signedIn =
                send(post(form.group(1).replace("&amp;", "&"), Map.of("username", user, "password", password(user)))
                        .header("Cookie", cookies));
        Matcher code = CODE.matcher(signedIn.headers().firstValue("Location").orElse(""));
        if (!code.find()) {
            throw new AssertionError(signedIn.statusCode() + " " + signedIn.body());
        }
        return tokens(Map.of("grant_type", "authorization_code", "code", code.group(1), "redirect_uri", CALLBACK));
    }

    /** Tokens by direct access grant. */
    JsonNode direct(String user) throws IOException, InterruptedException {
        return tokens(
                Map.of("grant_type", "password", "username", user, "password", password(user), "scope", "openid"));
    }

    private static String password(String user) {
        return user + "'s password";
    }

    private JsonNode tokens(Map<String, String> grant) throws IOException, InterruptedException {
        Map<String, String> all = new TreeMap<>(grant);
        all.put("client_id", client);
        HttpResponse<String> answer = send(post(issuer + "/protocol/openid-connect/token", all));
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return JsonMapper.shared().readTree(answer.body());
    }

    private static HttpRequest.Builder post(String address, Map<String, String> fields) {
        return HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(fields)));
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(f -> f.getKey() + "=" + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
