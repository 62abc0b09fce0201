package dev.exeunt.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.server.ServerProcess.ProcessConditions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the environment of the process says, before the file, before the map. */
@Timeout(240)
class EnvironmentTest {

    @TempDir
    Path folder;

    private LettersTestApplication shop;

    @BeforeEach
    void open() {
        shop = new LettersTestApplication(folder);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private Duration kept(String key, Map<String, String> environment, Map<String, String> file) throws Exception {
        ProcessConditions conditions = new ProcessConditions(folder, environment, List.of());
        try (ServerProcess server =
                ServerProcess.start(conditions, "--config", shop.file(file).toString(), "--port", "0")) {
            JsonNode job = AccountClient.of(key, server.port(), Instant.now()).exported();
            return Duration.between(
                    Instant.parse(job.get("readyAt").asString()),
                    Instant.parse(job.get("expiresAt").asString()));
        }
    }

    private long lying(String directory) throws Exception {
        Path path = folder.resolve(directory);
        if (!Files.isDirectory(path)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.count();
        }
    }

    @Test
    @DisplayName(
            "PM-05 EXPORT_DIR and EXPORT_TTL of the environment are stronger than the file, and the file than the map")
    void order() throws Exception {
        Map<String, String> file =
                Map.of("exeunt.archive.directory", folder.resolve("of-file").toString(), "exeunt.export.keep", "48h");
        Map<String, String> environment =
                Map.of("EXPORT_DIR", folder.resolve("of-environment").toString(), "EXPORT_TTL", "2h");
        assertThat(kept("1", environment, file)).isEqualTo(Duration.ofHours(2));
        assertThat(lying("of-environment")).isEqualTo(1);
        assertThat(lying("of-file")).isZero();
        assertThat(kept("2", Map.of(), file)).isEqualTo(Duration.ofHours(48));
        assertThat(lying("of-file")).isEqualTo(1);
        assertThat(kept(
                        "3",
                        Map.of("EXPORT_DIR", folder.resolve("of-environment").toString()),
                        Map.of()))
                .isEqualTo(Duration.ofHours(24));
    }

    @Test
    @DisplayName("PM-05 a bad value stops the start, with its name and the fix")
    void faults() throws Exception {
        Map<String, String> environment = Map.of(
                "EXPORT_TTL",
                "soon",
                "EXPORT_DIR",
                Files.writeString(folder.resolve("a-file"), "").toString());
        try (ServerProcess server = ServerProcess.start(
                new ProcessConditions(folder, environment, List.of()),
                "--config",
                shop.file(Map.of()).toString(),
                "--port",
                "0")) {
            String said = server.said();
            assertThat(server.process().waitFor()).isNotZero();
            assertThat(said)
                    .contains("EXPORT_TTL", "\"soon\"", "24h", "EXPORT_DIR", "a-file", "no directory")
                    .doesNotContain("\tat ", "Exeunt serves");
        }
        assertThat(shop.database().column("SELECT 1 FROM pg_namespace WHERE nspname = 'exeunt'"))
                .as("nothing was begun")
                .isEmpty();
    }
}
