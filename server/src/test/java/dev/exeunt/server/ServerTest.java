package dev.exeunt.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.testkit.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server as a process of its own: it starts, answers, tells what is wrong with its settings, and stops. */
@Timeout(120)
class ServerTest {

    private static final String SETTINGS = """
            exeunt:
              map: "%s"
              key: 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff
              archive: { directory: "%s" }
              jwt: { secret: a-secret-of-thirty-two-characters-at-least }
              database: { url: "%s", user: "%s", password: "%s" }
            """;

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private final TestDatabase database =
            TestDatabase.createFrom("CREATE TABLE person (id bigint PRIMARY KEY); INSERT INTO person VALUES (1)");
    private final List<ServerProcess> started = new ArrayList<>();
    private Path settings;

    @BeforeEach
    void write() throws IOException {
        Path map = directory.resolve("exeunt.yaml");
        Files.writeString(
                map, "version: 1\nsubject: { table: person, key: id }\ntables: { person: { erase: delete } }\n");
        settings = directory.resolve("server.yaml");
        Files.writeString(
                settings,
                SETTINGS.formatted(
                        map, directory.resolve("exports"), database.jdbcUrl(), database.user(), database.password()));
    }

    @AfterEach
    void stop() {
        started.forEach(ServerProcess::close);
        database.close();
    }

    private ServerProcess server(String... args) throws IOException {
        ServerProcess server = ServerProcess.start(ServerProcess.Conditions.usual(directory), args);
        started.add(server);
        return server;
    }

    private HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void answersAndSaysHowItIsAndStopsWhenItIsTold() throws Exception {
        ServerProcess server = server("--config", settings.toString(), "--port", "0");
        int port = server.port();
        assertThat(get(port, "/health/readiness").body()).contains("UP");
        assertThat(get(port, "/prometheus").body())
                .contains("exeunt_requests{kind=\"delete-account\",state=\"scheduled\"} 0.0")
                .contains("exeunt_requests_overdue");
        assertThat(get(port, "/prometheus").body())
                .contains("exeunt_exports_seconds_count{outcome=\"ready\"} 0", "exeunt_export_bytes_total 0.0")
                .contains("exeunt_erasures_total{outcome=\"failed\"} 0.0");
        assertThat(get(port, "/account").statusCode()).isEqualTo(401);
        for (String other : List.of("/", "/env", "/heapdump", "/elsewhere")) {
            assertThat(get(port, other).statusCode()).as(other).isIn(401, 403, 404);
        }
        server.process().destroy();
        assertThat(server.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void tellsAllThatIsWrongWithItsSettingsAtOnceAndNoSecret() throws Exception {
        Files.writeString(
                settings,
                Files.readString(settings).replace("archive:", "arhcive:").replace("  key: 00", "  key: zz"));
        ServerProcess server = server("--config", settings.toString(), "--port", "0");
        String said = server.said();
        assertThat(server.process().waitFor()).isNotZero();
        assertThat(said).contains("exeunt.key", "arhcive").doesNotContain("\tat ", "zz112233", "thirty-two");
    }

    @Test
    void aSettingsFileThatIsNotThereIsNamed() throws Exception {
        ServerProcess server = server("--config", "missing.yaml");
        assertThat(server.said()).contains("missing.yaml").doesNotContain("\tat ");
        assertThat(server.process().waitFor()).isEqualTo(2);
    }
}
