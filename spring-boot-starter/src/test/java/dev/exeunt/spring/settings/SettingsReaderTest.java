package dev.exeunt.spring.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.exeunt.map.ExportSettings;
import dev.exeunt.spring.web.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** What the operator sets, and is told. */
class SettingsReaderTest {

    private static final String SECRET = "not to be seen by anybody, ever";

    @TempDir
    private Path folder;

    private Map<String, Object> good() throws IOException {
        Path map = Files.writeString(folder.resolve("exeunt.yaml"), "version: 1");
        return new HashMap<>(Map.of(
                "exeunt.map",
                map.toString(),
                "exeunt.key",
                "ab".repeat(32),
                "exeunt.database.url",
                "jdbc:postgresql://localhost/shop",
                "exeunt.jwt.secret",
                SECRET + " 12345"));
    }

    private static Settings read(Map<String, Object> environment, Map<String, Object> file) {
        StandardEnvironment all = new StandardEnvironment() {
            @Override
            protected void customizePropertySources(MutablePropertySources sources) {
                sources.addLast(new SystemEnvironmentPropertySource("systemEnvironment", environment));
                sources.addLast(new MapPropertySource("application.yaml", file));
            }
        };
        return SettingsReader.read(all, false);
    }

    private static List<String> faults(Map<String, Object> environment, Map<String, Object> file) {
        SettingsInvalidException e =
                catchThrowableOfType(SettingsInvalidException.class, () -> read(environment, file));
        assertThat(e).hasMessageNotContaining(SECRET);
        return e.faults();
    }

    @Test
    @DisplayName(
            "PM-05 directory and time come from the environment, which is stronger than a file, which is stronger than the map")
    void order() throws IOException {
        Map<String, Object> file = good();
        ExportSettings map = ExportSettings.DEFAULT;
        assertThat(read(Map.of(), file).export().over(map)).isEqualTo(map);
        file.put("exeunt.export.keep", "48h");
        file.put("exeunt.archive.directory", "/from/file");
        assertThat(read(Map.of(), file).export().over(map).keep()).hasToString("48h");
        Settings both = read(Map.of("EXPORT_TTL", "7d", "EXPORT_DIR", "/from/environment"), file);
        assertThat(both.export().over(map).keep()).hasToString("7d");
        assertThat(both.archiveDirectory()).isEqualTo(Path.of("/from/environment"));
        assertThat(read(Map.of("EXEUNT_EXPORT_KEEP", "9h"), file)
                        .export()
                        .over(map)
                        .keep())
                .hasToString("9h");
        assertThat(read(Map.of("SPRING_DATASOURCE_URL", "jdbc:postgresql://elsewhere/x"), file)
                        .database()
                        .url()
                        .value())
                .isEqualTo("jdbc:postgresql://localhost/shop");
    }

    @Test
    @DisplayName(
            "PM-05 a bad value stops the start: all of them at once, each with its name, what would be valid and the fix")
    void faults() throws IOException {
        Map<String, Object> file = good();
        file.put("exeunt.key", SECRET);
        file.put("exeunt.map", folder.resolve("nowhere.yaml").toString());
        file.put("exeunt.path", "account/");
        file.put("exeunt.worker.threads", "many");
        file.put("exeunt.export.limit", "often");
        file.put("exeunt.gate.tokens", "short");
        file.put("exeunt.jwt.secret", "short");
        file.put("exeunt.recent-sign-in", "soon");
        file.put("exeunt.exports.keep", "1h");
        List<String> faults =
                faults(Map.of("EXPORT_TTL", "soon", "EXPORT_DIR", file("file").toString()), file);
        assertThat(faults).hasSize(11);
        assertThat(faults)
                .anyMatch(f -> f.startsWith("EXPORT_TTL (systemEnvironment) is \"soon\"") && f.contains("24h"))
                .anyMatch(f -> f.startsWith("EXPORT_DIR") && f.contains("no directory"))
                .anyMatch(f -> f.startsWith("exeunt.exports.keep: there is no such setting")
                        && f.contains("exeunt.export.keep"))
                .anyMatch(f -> f.startsWith("exeunt.jwt.secret") && f.contains("5 bytes"))
                .anyMatch(f -> f.startsWith("exeunt.key") && f.contains("openssl rand -hex 32"))
                .anyMatch(f -> f.startsWith("exeunt.worker.threads") && f.contains("from 1 to 64"));
    }

    private Path file(String name) throws IOException {
        return Files.writeString(folder.resolve(name), "");
    }

    @Test
    void whatIsMissingIsToldAtOnceToo() {
        assertThat(faults(Map.of(), Map.of())).hasSize(4).allMatch(f -> f.contains("exeunt."));
    }

    @Test
    void noSecretIsShownWhenSettingsArePrinted() throws IOException {
        assertThat(read(Map.of(), good())).asString().doesNotContain(SECRET, "abab", "jdbc:");
    }

    @Test
    void theDocumentationTellsEverySettingAndEveryProblem() throws IOException {
        String page = Files.readString(Path.of("../docs/http.md"));
        assertThat(page)
                .contains(Setting.ALL.stream().map(s -> "| `" + s.name() + "`").toList());
        for (ProblemType type : ProblemType.values()) {
            assertThat(page).contains("| `" + type.word() + "` | " + type.status() + " |");
        }
    }
}
