package dev.exeunt.spring.settings.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.exeunt.spring.settings.ExeuntSettings;
import dev.exeunt.spring.settings.SettingsInvalidException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Provides settings that are good, and reads settings as an application would. */
abstract class SettingsTestCase {

    static final String SECRET = "a secret that no message may show";

    static final String KEY = "8899aabbccddeeff00112233445566778899aabbccddeeff0011223344556677";

    @TempDir
    Path folder;

    Map<String, Object> good() throws IOException {
        Path map = Files.writeString(folder.resolve("exeunt.yaml"), "version: 1");
        return new HashMap<>(Map.of(
                "exeunt.map",
                map.toString(),
                "exeunt.key",
                KEY,
                "exeunt.database.url",
                "jdbc:postgresql://localhost/shop",
                "exeunt.archive.directory",
                folder.resolve("exports").toString(),
                "exeunt.jwt.secret",
                SECRET + " 12345"));
    }

    static ExeuntSettings read(Map<String, Object> environment, Map<String, Object> file) {
        return SettingsReader.read(environment(environment, file), new SettingsReader.ProvidedBeans(false, false));
    }

    static StandardEnvironment environment(Map<String, Object> environment, Map<String, Object> file) {
        return new StandardEnvironment() {
            @Override
            protected void customizePropertySources(MutablePropertySources sources) {
                sources.addLast(new SystemEnvironmentPropertySource("systemEnvironment", environment));
                sources.addLast(new MapPropertySource("application.yaml", file));
            }
        };
    }

    static List<String> faults(Map<String, Object> environment, Map<String, Object> file) {
        SettingsInvalidException e =
                catchThrowableOfType(SettingsInvalidException.class, () -> read(environment, file));
        assertThat(e).hasMessageNotContaining(SECRET);
        return e.faults();
    }

    List<String> with(String name, String value) throws IOException {
        Map<String, Object> file = good();
        file.put(name, value);
        return faults(Map.of(), file);
    }
}
