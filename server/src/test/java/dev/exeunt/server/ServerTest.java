package dev.exeunt.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.testkit.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private final List<Process> started = new ArrayList<>();
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
        started.forEach(Process::destroyForcibly);
        database.close();
    }

    private Process server(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        started.add(process);
        return process;
    }

    private static String said(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static int port(Process process) throws IOException {
        StringBuilder said = new StringBuilder();
        var reader = process.inputReader(StandardCharsets.UTF_8);
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            said.append(line).append('\n');
            Matcher port = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)").matcher(line);
            if (port.find()) {
                return Integer.parseInt(port.group(1));
            }
        }
        throw new AssertionError("it did not start: " + said);
    }

    @Test
    void answersAndSaysHowItIsAndStopsWhenItIsTold() throws Exception {
        Process server = server("--config", settings.toString(), "--port", "0");
        int port = port(server);
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
        server.destroy();
        assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void tellsAllThatIsWrongWithItsSettingsAtOnceAndNoSecret() throws Exception {
        Files.writeString(
                settings,
                Files.readString(settings).replace("archive:", "arhcive:").replace("  key: 00", "  key: zz"));
        Process server = server("--config", settings.toString(), "--port", "0");
        String said = said(server);
        assertThat(server.waitFor()).isNotZero();
        assertThat(said).contains("exeunt.key", "arhcive").doesNotContain("\tat ", "zz112233", "thirty-two");
    }

    @Test
    void aSettingsFileThatIsNotThereIsNamed() throws Exception {
        Process server = server("--config", "missing.yaml");
        assertThat(said(server)).contains("missing.yaml").doesNotContain("\tat ");
        assertThat(server.waitFor()).isEqualTo(2);
    }
}
