package dev.exeunt.server;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Simulates many people who request exports from several instances and poll their status. */
final class LoadTestClients {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Supplier<List<Integer>> ports;
    private final String secret;

    /** By person. */
    final Map<Integer, String> jobs = new ConcurrentHashMap<>();

    final ConcurrentLinkedQueue<Long> took = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    final AtomicInteger unanswered = new AtomicInteger();
    private final Map<Integer, String> tokens = new ConcurrentHashMap<>();

    /** @param ports of the instances that are thought to live */
    LoadTestClients(Supplier<List<Integer>> ports, String secret) {
        this.ports = ports;
        this.secret = secret;
    }

    private String token(int person) {
        return tokens.computeIfAbsent(person, p -> {
            Instant now = Instant.now();
            try {
                SignedJWT jwt = new SignedJWT(
                        new JWSHeader(JWSAlgorithm.HS256),
                        new JWTClaimsSet.Builder()
                                .subject("" + p)
                                .issueTime(Date.from(now))
                                .expirationTime(Date.from(now.plus(Duration.ofHours(2))))
                                .build());
                jwt.sign(new MACSigner(secret));
                return jwt.serialize();
            } catch (JOSEException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Until somebody answers. */
    HttpResponse<byte[]> send(String method, String path, int person) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            List<Integer> all = ports.get();
            try {
                if (all.isEmpty()) {
                    throw new IOException("all are dead");
                }
                int port = all.get(ThreadLocalRandom.current().nextInt(all.size()));
                return http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .header("Authorization", "Bearer " + token(person))
                                .timeout(Duration.ofSeconds(30))
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
            } catch (IOException e) {
                unanswered.incrementAndGet(); // killed
                LockSupport.parkNanos(20_000_000);
            }
        }
        throw new AssertionError("nobody has answered " + method + " " + path + " for " + PATIENCE);
    }

    void ask(int person) throws InterruptedException {
        HttpResponse<byte[]> answer = send("POST", "/account/export", person);
        JsonNode json = JsonMapper.shared().readTree(answer.body());
        if (answer.statusCode() != 202 && answer.statusCode() != 200) {
            wrong.add("asked, and got " + answer.statusCode() + " " + json);
        } else {
            String before = jobs.putIfAbsent(person, json.get("id").asString());
            if (before != null) {
                wrong.add("two jobs for one");
            }
        }
    }

    /** So many times a second, in all, until interrupted. */
    void poll(int threads, int perSecond, int people, AtomicInteger stop) {
        long pause = 1_000_000_000L * threads / perSecond;
        long next = System.nanoTime();
        while (stop.get() == 0) {
            next += pause;
            LockSupport.parkNanos(next - System.nanoTime()); // a rate, and not a wait for something
            try {
                look(ThreadLocalRandom.current().nextInt(people) + 1);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void look(int person) throws InterruptedException {
        String job = jobs.get(person);
        if (job == null) {
            return;
        }
        long began = System.nanoTime();
        HttpResponse<byte[]> answer = send("GET", "/account/export/" + job, person);
        took.add(System.nanoTime() - began);
        if (answer.statusCode() != 200
                || !List.of("pending", "running", "ready")
                        .contains(JsonMapper.shared()
                                .readTree(answer.body())
                                .get("state")
                                .asString())) {
            wrong.add("looked, and got " + answer.statusCode() + " "
                    + new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    /** In milliseconds. */
    double latency(int percent) {
        List<Long> sorted = new ArrayList<>(took);
        sorted.sort(null);
        return sorted.isEmpty() ? 0 : sorted.get((sorted.size() - 1) * percent / 100) / 1e6;
    }
}
