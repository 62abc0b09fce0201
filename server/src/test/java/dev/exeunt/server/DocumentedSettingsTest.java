package dev.exeunt.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.spring.settings.read.SettingDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;

/** Reads each settings file that the documentation shows, and looks each of its names up. */
class DocumentedSettingsTest {

    /** The names of systems are those of a map. */
    private static final String OF_A_SYSTEM =
            "exeunt\\.external\\.[a-z-]+\\.(url|secret|previous-secret|private-address|keycloak\\.(url|realm|client-id|client-secret))";

    private static final Pattern SETTINGS =
            Pattern.compile("^```yaml\\n(exeunt:\\n.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);

    @Test
    void everyNameInASettingsFileOfTheGuidesIsASetting() throws IOException {
        List<Map<String, Object>> files = shownFiles();
        assertThat(files).hasSizeGreaterThan(3).allSatisfy(file -> {
            assertThat(file).isNotEmpty();
            assertThat(unknownNames(file)).isEmpty();
        });
    }

    @Test
    void aMisspelledNameIsFound() {
        assertThat(unknownNames(Map.of("exeunt.jwt.audiance", "x", ObjectStoreSettings.PREFIX + ".buckets", "y")))
                .hasSize(2);
    }

    private static List<String> unknownNames(Map<String, Object> file) {
        List<String> known =
                SettingDefinition.ALL.stream().map(SettingDefinition::name).toList();
        Map<String, Object> ofTheStore = new TreeMap<>();
        List<String> unknown = new ArrayList<>();
        file.forEach((name, value) -> {
            if (name.startsWith(ObjectStoreSettings.PREFIX + ".")) {
                ofTheStore.put(name, value);
            } else if (!known.contains(name) && !name.matches(OF_A_SYSTEM)) {
                unknown.add(name);
            }
        });
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("shown", ofTheStore));
        List<String> faults = new ArrayList<>();
        if (ObjectStoreSettings.given(environment)) {
            ObjectStoreSettings.read(environment, faults);
        }
        faults.stream()
                .filter(fault -> fault.contains("there is no such setting"))
                .forEach(unknown::add);
        return unknown;
    }

    /** Returns the settings of each file that a page shows, by their whole names. */
    private static List<Map<String, Object>> shownFiles() throws IOException {
        List<Map<String, Object>> files = new ArrayList<>();
        for (Path page : pages()) {
            Matcher shown = SETTINGS.matcher(Files.readString(page));
            while (shown.find()) {
                Map<String, Object> settings = new TreeMap<>();
                for (PropertySource<?> source : new YamlPropertySourceLoader()
                        .load(
                                page.toString(),
                                new ByteArrayResource(shown.group(1).getBytes(StandardCharsets.UTF_8)))) {
                    for (String name : ((EnumerablePropertySource<?>) source).getPropertyNames()) {
                        settings.put(name, String.valueOf(source.getProperty(name)));
                    }
                }
                files.add(settings);
            }
        }
        return files;
    }

    private static List<Path> pages() {
        try (Stream<Path> files = Files.walk(Path.of("../docs"))) {
            return files.filter(file -> file.toString().endsWith(".md")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
