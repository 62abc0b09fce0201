package dev.exeunt.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.server.ServerProcess.ProcessConditions;
import dev.exeunt.testkit.TcpRelay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What those see who run the server while its database is away. */
@Timeout(240)
class DatabaseAwayTest {

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private LettersTestApplication shop;
    private TcpRelay relay;
    private ServerProcess server;
    private int port;

    @BeforeEach
    void start() throws IOException {
        shop = new LettersTestApplication(folder);
        relay = new TcpRelay(shop.database().port());
        Path file = shop.file(Map.of(
                "exeunt.database.url",
                "jdbc:postgresql://127.0.0.1:" + relay.port() + "/"
                        + shop.database().databaseName(),
                "exeunt.archive.directory",
                folder.resolve("exports").toString()));
        server = ServerProcess.start(
                new ProcessConditions(folder, Map.of(), List.of(usualLog())),
                "--config",
                file.toString(),
                "--port",
                "0");
        port = server.port();
    }

    /** As the server logs where it runs, and not the tests. */
    private String usualLog() throws IOException {
        Path file = Files.writeString(folder.resolve("logback.xml"), """
                <configuration>
                  <include resource="org/springframework/boot/logging/logback/defaults.xml"/>
                  <include resource="org/springframework/boot/logging/logback/structured-console-appender.xml"/>
                  <root level="WARN"><appender-ref ref="CONSOLE"/></root>
                </configuration>
                """);
        return "-Dlogging.config=" + file;
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        relay.close();
        shop.close();
    }

    private HttpResponse<String> get(String path) {
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** As a platform does that asks again and again. */
    private void readinessBecomes(int status) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        int last;
        do {
            last = get("/health/readiness").statusCode();
        } while (last != status && System.nanoTime() < end);
        assertThat(last).isEqualTo(status);
    }

    private Duration taken(String path, String holds) {
        long begun = System.nanoTime();
        assertThat(get(path).body()).contains(holds);
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    @Test
    void itIsNotReadyButAliveItsNumbersAreNoneAndItEndsSoonWhenItIsTold() throws Exception {
        readinessBecomes(200);
        CompletableFuture<String> said = CompletableFuture.supplyAsync(() -> {
            try {
                return server.rest();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        relay.cut();
        readinessBecomes(503);
        assertThat(get("/health/liveness").statusCode()).isEqualTo(200);
        String none = "exeunt_requests{kind=\"delete-account\",state=\"scheduled\"} NaN";
        assertThat(taken("/prometheus", none)).isLessThan(Duration.ofSeconds(6));
        assertThat(taken("/prometheus", none)).as("remembered").isLessThan(Duration.ofSeconds(6));
        relay.mend();
        readinessBecomes(200);
        relay.cut();
        readinessBecomes(503);
        Thread scrape = new Thread(() -> get("/prometheus"), "a scrape that is under way");
        scrape.setUncaughtExceptionHandler((thread, cutOff) -> {});
        scrape.start();
        long told = System.nanoTime();
        server.process().toHandle().destroy(); // what it says can still be read
        assertThat(server.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
        Duration ended = Duration.ofNanos(System.nanoTime() - told);
        System.out.println("DatabaseAwayTest: ended after " + ended.toMillis() + " ms");
        assertThat(said.join()).contains("SQLSTATE 08001").doesNotContain("\\tat ", "\tat ");
        assertThat(ended).isLessThan(Duration.ofSeconds(22));
    }
}
