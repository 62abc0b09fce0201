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
    private static final Pattern CONSENT = Pattern.compile("<input type=\"hidden\" name=\"code\" value=\"([^\"]+)\"");
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");

    private static final HttpClient HTTP =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    /**
     * Tokens as the token endpoint hands them over, after a sign-in in a browser (authorization code). The person consents where the
     * client wants it.
     */
    JsonNode browser(String user) throws IOException, InterruptedException {
        String authorize = issuer + "/protocol/openid-connect/auth?"
                + form(Map.of(
                        "client_id", client,
                        "redirect_uri", CALLBACK,
                        "response_type", "code",
                        "scope", "openid",
                        "state", "any"));
        Matcher code = CODE.matcher(answered(authorize, user));
        if (!code.find()) {
            throw new AssertionError("Keycloak answers without a code");
        }
        return tokens(Map.of("grant_type", "authorization_code", "code", code.group(1), "redirect_uri", CALLBACK));
    }

    /** The address that Keycloak sends a browser back to, after the person has signed in and consented. */
    String answered(String authorize, String user) throws IOException, InterruptedException {
        Map<String, String> cookies = new TreeMap<>();
        HttpResponse<String> page = send(HttpRequest.newBuilder(URI.create(authorize)), cookies);
        HttpResponse<String> signedIn =
                send(post(action(page), Map.of("username", user, "password", password(user))), cookies);
        String to = signedIn.headers().firstValue("Location").orElse("");
        if (to.contains("OAUTH_GRANT")) {
            HttpResponse<String> consent = send(HttpRequest.newBuilder(URI.create(to)), cookies);
            Matcher hidden = CONSENT.matcher(consent.body());
            String code = hidden.find() ? hidden.group(1) : "";
            signedIn = send(post(action(consent), Map.of("code", code, "accept", "Yes")), cookies);
            to = signedIn.headers().firstValue("Location").orElse("");
        }
        if (to.isEmpty()) {
            throw new AssertionError(signedIn.statusCode() + " " + signedIn.body());
        }
        return to;
    }

    /** Where the page's form is sent. */
    private static String action(HttpResponse<String> page) {
        Matcher form = FORM.matcher(page.body());
        if (!form.find()) {
            throw new AssertionError(page.statusCode() + " " + page.body());
        }
        return page.uri().resolve(form.group(1).replace("&amp;", "&")).toString();
    }

    /** Sends the cookies that were set until now, and keeps those that the answer sets. */
    private static HttpResponse<String> send(HttpRequest.Builder request, Map<String, String> cookies)
            throws IOException, InterruptedException {
        if (!cookies.isEmpty()) {
            request.header("Cookie", String.join("; ", cookies.values()));
        }
        HttpResponse<String> answer = send(request);
        answer.headers().allValues("Set-Cookie").stream()
                .map(c -> c.split(";")[0])
                .forEach(c -> cookies.put(c.split("=")[0], c));
        return answer;
    }

    /** Tokens by direct access grant. */
    JsonNode direct(String user) throws IOException, InterruptedException {
        return direct(user, "openid");
    }

    /** Tokens by direct access grant, of these scopes. */
    JsonNode direct(String user, String scopes) throws IOException, InterruptedException {
        return tokens(Map.of("grant_type", "password", "username", user, "password", password(user), "scope", scopes));
    }

    /** The password that tests give a user. */
    static String password(String user) {
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
