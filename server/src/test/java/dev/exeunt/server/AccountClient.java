package dev.exeunt.server;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the server as one person, with that person's token. */
record AccountClient(int port, String token) {

    static final String SECRET = "a-secret-of-thirty-two-characters-at-least";

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int PATIENCE = 1_200;
    private static final long PAUSE = 50_000_000L;

    /** With a token that is good for three days. */
    static AccountClient of(String key, int port, Instant now) {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .subject(key)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(3 * 86_400)))
                .build();
        try {
            SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
            jwt.sign(new MACSigner(SECRET));
            return new AccountClient(port, jwt.serialize());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path);
    }

    HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        return send(method, path, "");
    }

    /** @param json the body; empty for none */
    HttpResponse<String> send(String method, String path, String json) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.ofString(json))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Asks for an export and follows it for a minute. */
    JsonNode exported() throws IOException, InterruptedException {
        return ready(asked(""));
    }

    private JsonNode ready(String self) throws IOException, InterruptedException {
        return followed(self, job -> job.get("state").asString().equals("ready"));
    }

    /** Asks for an export as a ZIP, follows it for a minute and reads each of its files. */
    Map<String, byte[]> downloadedZip() throws IOException, InterruptedException {
        JsonNode job = ready(asked("{\"format\": \"zip\"}"));
        String link = get(job.get("download").asString())
                .headers()
                .firstValue("Location")
                .orElseThrow();
        URI place = URI.create("http://127.0.0.1:" + port).resolve(link);
        HttpResponse<byte[]> zip =
                HTTP.send(HttpRequest.newBuilder(place).build(), HttpResponse.BodyHandlers.ofByteArray());
        Map<String, byte[]> files = new HashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip.body()))) {
            for (ZipEntry file = in.getNextEntry(); file != null; file = in.getNextEntry()) {
                files.put(file.getName(), in.readAllBytes());
            }
        }
        return files;
    }

    /** @return the path of a new export */
    String asked() throws IOException, InterruptedException {
        return asked("");
    }

    private String asked(String json) throws IOException, InterruptedException {
        HttpResponse<String> asked = send("POST", "/account/export", json);
        if (asked.statusCode() != 202) {
            throw new AssertionError(asked.statusCode() + " " + asked.body());
        }
        return asked.headers().firstValue("Location").orElseThrow();
    }

    /** For a minute at most. */
    JsonNode followed(String self, Predicate<JsonNode> done) throws IOException, InterruptedException {
        JsonNode job = json(get(self));
        for (int i = 0; i < PATIENCE && !done.test(job); i++) {
            LockSupport.parkNanos(PAUSE);
            job = json(get(self));
        }
        if (!done.test(job)) {
            throw new AssertionError("still: " + job);
        }
        return job;
    }

    static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }
}
