package dev.exeunt.spring.settings.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.spring.settings.SettingsInvalidException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Tests where the stores of files are, as the settings say it. */
class FileStoreSettingsReaderTest {

    private static Map<String, String> read(Map<String, Object> settings, List<String> stores, List<String> beans) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("file", settings));
        return FileStoreSettingsReader.read(environment, stores, beans);
    }

    @Test
    void eachStoreOfTheMapHasALocation() {
        assertThat(read(
                        Map.of("exeunt.stores.user-uploads", "/srv/uploads", "exeunt.stores.scans", "s3://scans/"),
                        List.of("user-uploads", "scans", "mine"),
                        List.of("mine")))
                .isEqualTo(Map.of("user-uploads", "/srv/uploads", "scans", "s3://scans/"));
    }

    @Test
    void theEnvironmentWritesTheNameInCapitals() {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                Map.of("EXEUNT_STORES_USER_UPLOADS", "/srv/uploads")));
        assertThat(FileStoreSettingsReader.read(environment, List.of("user-uploads"), List.of()))
                .isEqualTo(Map.of("user-uploads", "/srv/uploads"));
    }

    @Test
    void aStoreWithoutALocationAndALocationWithoutAStoreAreFaults() {
        assertThatThrownBy(() -> read(
                        Map.of("exeunt.stores.upload", "/srv", "exeunt.stores.mine", "/srv/mine"),
                        List.of("uploads", "mine"),
                        List.of("mine")))
                .isInstanceOf(SettingsInvalidException.class)
                .hasMessageContaining(
                        "exeunt.stores.uploads is not set. The map keeps files in uploads. Write the directory")
                .hasMessageContaining("exeunt.stores.mine is set, and the application has a bean of that name.")
                .hasMessageContaining(
                        "exeunt.stores.upload: there is no such setting. Did you mean exeunt.stores.uploads? There are: ");
    }
}
