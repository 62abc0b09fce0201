package dev.exeunt.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.archive.s3.testkit.S3Server;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;

/** Archives in an object store, over HTTP, and fetched from the store itself. */
@Timeout(120)
class ObjectStoreTest {

    private static final HttpClient BROWSER = HttpClient.newHttpClient();
    private static final int PATIENCE = 600;

    private final OffsetClock clock = new OffsetClock();
    private S3Server store;
    private LettersTestApplication shop;
    private ConfigurableApplicationContext server;
    private AccountClient person;

    /** Returns the machine's time plus an offset that the test sets. */
    private static final class OffsetClock extends Clock {

        private volatile Duration by = Duration.ZERO;

        @Override
        public Instant instant() {
            return Instant.now().plus(by);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("a moment has no zone");
        }
    }

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        store = S3Server.start();
        shop = new LettersTestApplication(folder);
        Map<String, Object> settings = new HashMap<>(ServerConfiguration.DEFAULTS);
        settings.putAll(shop.settings());
        settings.put("server.port", "0");
        settings.put("exeunt.archive.s3.bucket", S3Server.BUCKET);
        settings.put("exeunt.archive.s3.prefix", "shop");
        settings.put("exeunt.archive.s3.endpoint", "http://127.0.0.1:" + store.port());
        settings.put("exeunt.archive.s3.path-style", "true");
        settings.put("exeunt.archive.s3.access-key", S3Server.CREDENTIALS.accessKey());
        settings.put("exeunt.archive.s3.secret-key", S3Server.CREDENTIALS.secretKey());
        server = new SpringApplicationBuilder(ServerConfiguration.class)
                .properties(settings)
                .initializers((ApplicationContextInitializer<GenericApplicationContext>)
                        context -> context.registerBean("exeuntClock", Clock.class, () -> clock))
                .run();
        int port = Integer.parseInt(server.getEnvironment().getRequiredProperty("local.server.port"));
        person = AccountClient.of("1", port, clock.instant());
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        shop.close();
        store.close();
    }

    private static HttpResponse<String> fetched(URI address) throws Exception {
        return BROWSER.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI link(JsonNode job) throws Exception {
        HttpResponse<String> answer = person.get(job.get("download").asString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
        return URI.create(answer.headers().firstValue("Location").orElseThrow());
    }

    private static long seconds(URI link) {
        Matcher expires = Pattern.compile("X-Amz-Expires=(\\d+)").matcher(link.getQuery());
        assertThat(expires.find()).isTrue();
        return Long.parseLong(expires.group(1));
    }

    @Test
    @DisplayName(
            "WS-04 the archive goes to the object store, is fetched there by a pre-signed address that is good for an hour, and"
                    + " is gone from the bucket when its time is over")
    void fetchedFromTheStore() throws Exception {
        JsonNode job = person.exported();
        assertThat(store.lying()).singleElement().asString().matches("shop/[0-9a-f]{40}");
        URI link = link(job);
        assertThat(link.getPort()).isEqualTo(store.port());
        assertThat(link.getPath())
                .isEqualTo("/" + S3Server.BUCKET + "/" + store.lying().get(0));
        assertThat(seconds(link)).isBetween(3_500L, 3_600L);
        HttpResponse<String> bundle = fetched(link);
        assertThat(bundle.statusCode()).isEqualTo(200);
        assertThat(bundle.body()).contains("Dear person 1").doesNotContain("Dear person 2");
        assertThat(bundle.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment; filename=\"shop-1.json\"");
        clock.by = Duration.ofHours(24).minusMinutes(10);
        assertThat(seconds(link(job))).as("no longer than the archive").isBetween(1L, 600L);
        clock.by = Duration.ofHours(24).plusMinutes(1);
        assertThat(person.get(job.get("download").asString()).statusCode()).isEqualTo(410);
        cleaned();
        assertThat(fetched(link).statusCode()).as("its hour is not over").isEqualTo(404);
        assertThat(AccountClient.json(person.get(job.get("self").asString()))
                        .get("state")
                        .asString())
                .isEqualTo("expired");
        assertThat(person.get(job.get("download").asString()).statusCode()).isEqualTo(410);
    }

    @Test
    void whileTheStoreIsDownTheExportWaitsAndIsMadeWhenItIsBack() throws Exception {
        store.port();
        store.close();
        String self = person.asked();
        JsonNode waiting = person.followed(self, job -> !job.get("failure").isNull());
        assertThat(waiting.get("state").asString()).isEqualTo("pending");
        assertThat(waiting.get("failure").asString())
                .isEqualTo("It could not be made yet, and will be tried again by itself.");
        store = store.again();
        clock.by = Duration.ofMinutes(2);
        JsonNode ready =
                person.followed(self, job -> job.get("state").asString().equals("ready"));
        assertThat(ready.get("failure").isNull()).isTrue();
        assertThat(store.lying()).hasSize(1);
    }

    /** By the server's own worker, for whose clock the minute is long over. */
    private void cleaned() {
        for (int i = 0; i < PATIENCE && !store.lying().isEmpty(); i++) {
            LockSupport.parkNanos(100_000_000L);
        }
        assertThat(store.lying()).isEmpty();
    }
}
