package dev.exeunt.spring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Signs in as a browser does, step by step, and keeps its cookies. */
final class SignInVisitor {

    private static final HttpClient PROVIDER =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    private final SpringTestApplication host;
    private final Map<String, String> cookies = new TreeMap<>();

    SignInVisitor(SpringTestApplication host) {
        this.host = host;
    }

    Map<String, String> cookies() {
        return cookies;
    }

    HttpAnswer send(String method, String path, String json, String... more) {
        List<String> headers = new ArrayList<>(List.of(more));
        if (!cookies.isEmpty()) {
            headers.addAll(List.of(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(c -> c.getKey() + "=" + c.getValue())
                            .collect(Collectors.joining("; "))));
        }
        HttpAnswer answer = host.send(method, path, null, json, headers.toArray(String[]::new));
        answer.response().headers().allValues("Set-Cookie").forEach(this::keep);
        return answer;
    }

    private void keep(String line) {
        String[] pair = line.split(";")[0].split("=", 2);
        if (line.contains("Max-Age=0")) {
            cookies.remove(pair[0]);
        } else {
            cookies.put(pair[0], pair[1]);
        }
    }

    /** Begins, and returns the address at the provider. */
    String begin(String query) {
        return send("GET", "/account/sign-in" + query, null).header("Location");
    }

    /** Follows the provider, which asks nothing, and returns the address that it sends the browser back to. */
    static String followed(String address) {
        try {
            HttpResponse<Void> response = PROVIDER.send(
                    HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.discarding());
            return response.headers().firstValue("Location").orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Goes back to the application, and returns the word that the page is told. */
    String back(String address) {
        URI callback = URI.create(address);
        HttpAnswer answer = send("GET", callback.getRawPath() + "?" + callback.getRawQuery(), null);
        String location = answer.header("Location");
        return answer.status() == 302 && location.contains("/account/page#sign-in=")
                ? location.replaceFirst(".*=", "")
                : answer.toString();
    }

    /** What the page sends once it is there. */
    HttpAnswer enter(boolean replace) {
        return send("POST", "/account/sign-in", replace ? "{\"replace\": true}" : "{}");
    }

    String csrf() {
        return send("GET", "/account/session", null).at("csrf");
    }

    static String parameter(String address, String name) {
        for (String pair : URI.create(address).getRawQuery().split("&")) {
            if (pair.startsWith(name + "=")) {
                return java.net.URLDecoder.decode(
                        pair.substring(name.length() + 1), java.nio.charset.StandardCharsets.UTF_8);
            }
        }
        return null;
    }
}
