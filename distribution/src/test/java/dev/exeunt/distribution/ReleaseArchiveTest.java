package dev.exeunt.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.distribution.UnpackedArchive.ProcessResult;
import dev.exeunt.testkit.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Unpacks the archive of a release and uses it as on a machine without Maven. */
@Timeout(240)
class ReleaseArchiveTest {

    private static final Pattern ADDRESS = Pattern.compile("serves at (http://127\\.0\\.0\\.1:\\d+)");

    @TempDir
    private static Path folder;

    private static UnpackedArchive archive;

    @BeforeAll
    static void unpack() throws Exception {
        archive = UnpackedArchive.into(folder);
    }

    @Test
    void theArchiveHoldsWhatTheGuideLists() throws IOException {
        List<String> listed = Files.readAllLines(Path.of("..", "docs", "guides", "release.md")).stream()
                .dropWhile(line -> !line.startsWith("| in the archive |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .flatMap(line -> Pattern.compile("`([^`]+?)/?`")
                        .matcher(line.split("\\|")[1])
                        .results())
                .map(name -> name.group(1))
                .toList();
        try (Stream<Path> top = Files.list(archive.home())) {
            assertThat(top.map(file -> file.getFileName().toString()).filter(name -> !name.contains(".jsa")))
                    .containsExactlyInAnyOrderElementsOf(listed);
        }
    }

    @Test
    void everyFileHasTheTimeOfTheRelease() throws IOException {
        Instant time = Instant.parse(System.getProperty("exeunt.timestamp"));
        assertThat(archive.files())
                .isNotEmpty()
                .allSatisfy(file ->
                        assertThat(Files.getLastModifiedTime(file).toInstant()).isEqualTo(time));
    }

    @Test
    void theProgramTellsItsVersionAndItsCommands() throws Exception {
        ProcessResult version = archive.exeunt(Map.of(), "--version");
        assertThat(version.output()).contains(System.getProperty("exeunt.version"));
        assertThat(version.code()).isZero();
        ProcessResult help = archive.exeunt(Map.of(), "help");
        assertThat(help.output()).contains("init", "check", "serve");
        assertThat(help.code()).isZero();
    }

    @Test
    void aSampleIsChecked() throws Exception {
        try (TestDatabase database = sample()) {
            ProcessResult checked = archive.exeunt(environment(database), "check");
            assertThat(checked.code()).as(checked.output()).isZero();
            database.execute("CREATE TABLE left_out (profile_id uuid REFERENCES profiles)");
            ProcessResult found = archive.exeunt(environment(database), "check");
            assertThat(found.code()).as(found.output()).isEqualTo(1);
            assertThat(found.output()).contains("left_out");
        }
    }

    @Test
    void theServerAnswersThatItIsHealthyUntilItIsEnded() throws Exception {
        try (TestDatabase database = sample()) {
            Process server = archive.start(environment(database), "serve", "--port", "0");
            try {
                String health = addressOf(server) + "/health";
                assertThat(get(health).statusCode()).isEqualTo(200);
                assertThat(get(health + "/readiness").statusCode()).isEqualTo(200);
            } finally {
                server.destroy();
            }
            assertThat(server.waitFor()).isEqualTo(128 + 15);
        }
    }

    @Test
    void theDemoIsRefusedWhereTheArchiveHasNone() throws Exception {
        if (Files.exists(archive.home().resolve("demo"))) {
            assertThat(archive.home().resolve("demo")).isNotEmptyDirectory();
            return;
        }
        ProcessResult demo = archive.exeunt(Map.of(), "demo");
        assertThat(demo.code()).isEqualTo(2);
        assertThat(demo.output()).contains("the demo is not in this archive");
    }

    private static TestDatabase sample() throws IOException {
        Path sample = archive.home().resolve("samples/catch-log");
        return TestDatabase.createFrom(
                Files.readString(sample.resolve("schema.sql")) + "\n" + Files.readString(sample.resolve("data.sql")));
    }

    private static Map<String, String> environment(TestDatabase database) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("EXEUNT_DB", database.jdbcUrl());
        environment.put("EXEUNT_DB_USER", database.user());
        environment.put("EXEUNT_DB_PASSWORD", database.password());
        environment.put(
                "EXEUNT_MAP",
                archive.home().resolve("samples/catch-log/exeunt.yaml").toString());
        environment.put(
                "EXEUNT_STORES_PHOTOS",
                archive.home().resolve("samples/catch-log/photos").toString());
        environment.put("EXEUNT_KEY", "8c1f0e5ab7d2943f61b08e7d5a2c4f9013e6d7b85f4a2c9e0d3b6a1785c4e2f9");
        environment.put("EXEUNT_JWT_SECRET", "only-for-the-test-of-the-archive-0123456789");
        environment.put("EXPORT_DIR", folder.resolve("exports").toString());
        return environment;
    }

    private static String addressOf(Process server) throws IOException {
        StringBuilder output = new StringBuilder();
        BufferedReader reader = server.inputReader(StandardCharsets.UTF_8);
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                return address.group(1);
            }
            output.append(line).append('\n');
        }
        throw new AssertionError("the server did not start: " + output);
    }

    private static HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
