package dev.exeunt.spring;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.exeunt.Exeunt;
import dev.exeunt.database.Database;
import dev.exeunt.export.ExportJobs;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.SettableClock;
import dev.exeunt.testkit.TestDatabase;
import dev.exeunt.work.BackgroundWorker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Runs a Spring Boot application with the starter on the database of a sample. */
final class SpringTestApplication implements AutoCloseable {

    static final String SECRET = "a secret of the application that is long enough";
    static final String SERVICE = "the credential of the application itself 32 and more";
    static final String HAND_OFF = "a secret for links alone, which is long enough";
    static final String KEY = "8899aabbccddeeff00112233445566778899aabbccddeeff0011223344556677";

    private static final Duration NEVER = Duration.ofDays(3650);

    private static final HttpClient HTTP =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    private final TestDatabase database;
    private final SettableClock clock = new SettableClock(MappedDatabase.NOW);
    private final ConfigurableApplicationContext context;

    private final Path archives = temporary();
    private final Duration clean;

    private SpringTestApplication(String sample, Map<String, String> settings, String more) {
        this(sample, settings, more, NEVER);
    }

    private SpringTestApplication(String sample, Map<String, String> settings, String more, Duration clean) {
        this.clean = clean;
        Path folder = Path.of(System.getProperty("exeunt.samples")).resolve(sample);
        this.database =
                TestDatabase.createFrom(text(folder, "schema.sql") + "\n" + text(folder, "data.sql") + "\n" + more);
        Map<String, String> all = new TreeMap<>(settings(folder));
        all.putAll(settings);
        all.values().removeIf(String::isEmpty);
        all.replaceAll((name, value) -> value.replace("{database}", database.databaseName()));
        String[] arguments = all.entrySet().stream()
                .map(e -> "--" + e.getKey() + "=" + e.getValue())
                .toArray(String[]::new);
        this.context = new SpringApplicationBuilder(BootApplication.class)
                .initializers((ApplicationContextInitializer<GenericApplicationContext>) this::standIns)
                .run(arguments);
        PollingLoop.until(this::unfinishedReaps, "0"::equals);
    }

    /** Counts the reapers' first runs. A worker begins with one; a test that then moves the clock would race with it. */
    private String unfinishedReaps() {
        return database.scalar(
                "SELECT count(*) FROM exeunt.job WHERE task_name LIKE 'reap-%' AND last_success IS NULL AND last_failure IS NULL");
    }

    /** Configures the minimal Spring Boot application of the tests. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class BootApplication {}

    /**
     * What an application may put in our beans' place: here a clock that stands, and a worker that makes exports at once, cleans up
     * where a test asks for it, and else does nothing. Its own clock goes on, for between two looks at the queue it waits for it.
     */
    private void standIns(GenericApplicationContext context) {
        context.registerBean("exeuntClock", Clock.class, () -> clock);
        BackgroundWorker.Settings settings = new BackgroundWorker.Settings(
                2, Duration.ofMillis(50), NEVER, clean, Duration.ofSeconds(10), Duration.ofSeconds(5));
        context.registerBean(
                WorkerLifecycle.class,
                () -> new WorkerLifecycle(name -> Exeunt.worker(
                        name,
                        new BackgroundWorker.Duties(
                                context.getBean(Database.class),
                                Clock.systemUTC(),
                                context.getBean(AccountRequests.class),
                                context.getBean(ExportJobs.class)),
                        settings)));
    }

    /** @param sample its name, or the folder of another */
    static SpringTestApplication of(String sample) {
        return new SpringTestApplication(sample, Map.of(), "");
    }

    /** @param settings besides or instead of the usual ones; an empty one takes a usual one away */
    static SpringTestApplication of(String sample, Map<String, String> settings) {
        return new SpringTestApplication(sample, settings, "");
    }

    /** @param more SQL after the sample's, before the application starts */
    static SpringTestApplication with(String sample, String more) {
        return new SpringTestApplication(sample, Map.of(), more);
    }

    /** @param more SQL after the sample's, before the application starts */
    static SpringTestApplication with(String sample, Map<String, String> settings, String more) {
        return new SpringTestApplication(sample, settings, more);
    }

    /** @param clean how often the worker removes archives whose time is over */
    static SpringTestApplication cleaning(String sample, Duration clean) {
        return new SpringTestApplication(sample, Map.of(), "", clean);
    }

    private Map<String, String> settings(Path folder) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("server.port", "0");
        settings.put("server.address", "127.0.0.1");
        settings.put("spring.main.banner-mode", "off");
        settings.put("logging.level.root", "WARN");
        settings.put("exeunt.map", folder.resolve("exeunt.yaml").toString());
        settings.put("exeunt.database.url", database.jdbcUrl());
        settings.put("exeunt.database.user", database.user());
        settings.put("exeunt.database.password", database.password());
        settings.put("exeunt.key", KEY);
        settings.put("exeunt.archive.directory", archives.toString());
        settings.put("exeunt.jwt.secret", SECRET);
        settings.put("exeunt.admin.claim", "roles");
        settings.put("exeunt.gate.tokens", SERVICE);
        settings.put("exeunt.session-cookie", "sid");
        settings.put("exeunt.hand-off.secret", HAND_OFF);
        Exeunt.readMap(folder.resolve("exeunt.yaml"))
                .fileStores()
                .forEach(store -> settings.put("exeunt.stores." + store, archives.toString()));
        return settings;
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("exeunt-host");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path folder, String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SettableClock clock() {
        return clock;
    }

    TestDatabase database() {
        return database;
    }

    /** Where archives lie. */
    Path archives() {
        return archives;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    void listen(ApplicationListener<?> listener) {
        context.addApplicationListener(listener);
    }

    /** The names of the beans that contain a word. */
    List<String> names(String word) {
        return Stream.of(context.getBeanDefinitionNames())
                .filter(name -> name.startsWith("exeunt")
                        && name.toLowerCase(Locale.ROOT).contains(word))
                .toList();
    }

    int port() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    /** Signed by the application now, good for an hour. */
    String token(String subject) {
        return token(subject, Map.of(), Duration.ofHours(1));
    }

    /** Of staff who have just signed in. */
    String admin(String subject) {
        return token(subject, justSignedIn(Map.of("roles", List.of("user", "admin"))), Duration.ofHours(1));
    }

    /** Of a person who has just signed in, as most providers tell. */
    String fresh(String subject) {
        return token(subject, justSignedIn(Map.of()), Duration.ofHours(1));
    }

    private Map<String, Object> justSignedIn(Map<String, Object> claims) {
        Map<String, Object> all = new TreeMap<>(claims);
        all.put("auth_time", clock.instant().getEpochSecond());
        return all;
    }

    String token(String subject, Map<String, Object> claims, Duration good) {
        return signed(SECRET, subject, claims, clock.instant(), good);
    }

    static String signed(String secret, String subject, Map<String, Object> claims, Instant at, Duration good) {
        JWTClaimsSet.Builder set = new JWTClaimsSet.Builder()
                .subject(subject)
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(at))
                .expirationTime(Date.from(at.plus(good)));
        claims.forEach(set::claim);
        try {
            SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), set.build());
            jwt.sign(new MACSigner(secret));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpAnswer get(String path, String token) {
        return send("GET", path, token, null);
    }

    HttpAnswer post(String path, String token, String json) {
        return send("POST", path, token, json);
    }

    HttpAnswer send(String method, String path, String token, String json, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        if (token != null) {
            all.addAll(List.of("Authorization", "Bearer " + token));
        }
        if (json != null) {
            all.addAll(List.of("Content-Type", "application/json"));
        }
        return raw(
                method, path, json == null ? new byte[0] : json.getBytes(java.nio.charset.StandardCharsets.UTF_8), all);
    }

    HttpAnswer raw(String method, String path, byte[] body, List<String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .method(
                        method,
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        try {
            HttpResponse<byte[]> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new HttpAnswer(response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
        database.close();
    }
}
