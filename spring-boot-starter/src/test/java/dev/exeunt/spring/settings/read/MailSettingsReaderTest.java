package dev.exeunt.spring.settings.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.exeunt.spring.settings.ExeuntSettings;
import dev.exeunt.spring.settings.MailSettings;
import dev.exeunt.spring.settings.SettingsInvalidException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Tests how the settings of messages are read, and what the operator is told about wrong ones. */
class MailSettingsReaderTest {

    private final Map<String, Object> settings = new HashMap<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void settings() throws IOException {
        settings.put(
                "exeunt.map",
                Files.writeString(folder.resolve("exeunt.yaml"), "version: 1").toString());
        settings.put("exeunt.key", "8899aabbccddeeff00112233445566778899aabbccddeeff0011223344556677");
        settings.put("exeunt.database.url", "jdbc:postgresql://localhost/shop");
        settings.put("exeunt.archive.directory", folder.resolve("exports").toString());
        settings.put("exeunt.jwt.secret", "a shared secret that no other program knows 12345");
    }

    private ExeuntSettings read() {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("application.yaml", settings));
        return SettingsReader.read(environment, new SettingsReader.ProvidedBeans(false, false));
    }

    private List<String> faults() {
        return catchThrowableOfType(SettingsInvalidException.class, this::read).faults();
    }

    private void required() {
        settings.put("exeunt.mail.host", "smtp.example.org");
        settings.put("exeunt.mail.from", "Shop <privacy@shop.example>");
        settings.put("exeunt.mail.base-url", "https://shop.example/account/");
    }

    @Test
    void withoutAHostThereAreNoMessages() {
        assertThat(read().mail()).isNull();
        settings.put("exeunt.mail.from", "privacy@shop.example");
        assertThat(faults())
                .containsExactly("exeunt.mail.from is set and exeunt.mail.host is not: no message would be sent."
                        + " Set exeunt.mail.host, or take exeunt.mail.from away.");
    }

    @Test
    void theConnectionIsEncryptedUnlessTheOperatorSaysOtherwise() {
        required();
        MailSettings mail = read().mail();
        assertThat(mail.encryption()).isEqualTo(MailSettings.Encryption.STARTTLS);
        assertThat(mail.port()).isEqualTo(587);
        assertThat(mail.baseUrl()).hasToString("https://shop.example/account");
        assertThat(mail.reminder()).hasToString("3d");
        settings.put("exeunt.mail.encryption", "tls");
        assertThat(read().mail().port()).isEqualTo(465);
    }

    @Test
    void allThatIsMissingIsToldAtOnce() {
        settings.put("exeunt.mail.host", "smtp.example.org");
        assertThat(faults())
                .hasSize(2)
                .anyMatch(fault -> fault.startsWith("exeunt.mail.from is not set."))
                .anyMatch(fault -> fault.startsWith("exeunt.mail.base-url is not set."));
    }

    @Test
    void oneTimeLinksAreOffUnlessTurnedOnAndNeedAMailServer() {
        required();
        assertThat(read().mail().link()).isNull();
        settings.put("exeunt.link.limit", "5 per 1d");
        assertThat(faults())
                .containsExactly("exeunt.link.limit is set and exeunt.link.enabled is not true: no link would be sent."
                        + " Set exeunt.link.enabled to true, or take exeunt.link.limit away.");
        settings.put("exeunt.link.enabled", "true");
        MailSettings.OneTimeLinkSettings link = read().mail().link();
        assertThat(link.valid()).hasMinutes(15);
        assertThat(link.ofPerson()).hasToString("5 per 1d");
        assertThat(link.ofClient()).hasToString("30 per 1h");
        assertThat(link.inAll()).hasToString("1000 per 1h");
        assertThat(link.countsAsSignIn()).isTrue();
        settings.keySet().removeIf(name -> name.startsWith("exeunt.mail."));
        assertThat(faults())
                .containsExactly(
                        "exeunt.link.enabled is true and exeunt.mail.host is not set: links are sent by e-mail."
                                + " Set exeunt.mail.host, exeunt.mail.from and exeunt.mail.base-url, or set exeunt.link.enabled to false.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exeunt.link.enabled|yes",
                "exeunt.link.valid|4m",
                "exeunt.link.valid|61m",
                "exeunt.link.valid|1h",
                "exeunt.link.limit|3",
                "exeunt.link.client-limit|0 per 1h",
                "exeunt.link.total-limit|many",
                "exeunt.link.counts-as-sign-in|perhaps"
            })
    void aWrongSettingOfOneTimeLinksIsShownWithWhatWouldBeValid(String setting, String value) {
        required();
        settings.put("exeunt.link.enabled", "true");
        settings.put(setting, value);
        assertThat(faults()).singleElement().asString().startsWith(setting).contains("\"" + value + "\"");
    }

    @Test
    void aPasswordNeverGoesOutInTheClear() {
        required();
        settings.put("exeunt.mail.user", "exeunt");
        settings.put("exeunt.mail.password", "not to be shown");
        assertThat(read().mail().toString()).doesNotContain("not to be shown");
        settings.put("exeunt.mail.encryption", "none");
        assertThat(faults())
                .singleElement()
                .asString()
                .contains("could read the password")
                .doesNotContain("shown");
        settings.remove("exeunt.mail.password");
        assertThat(faults()).singleElement().asString().contains("go together");
    }

    @Test
    void thePasswordIsNoOtherSecret() {
        required();
        settings.put("exeunt.mail.user", "exeunt");
        settings.put("exeunt.mail.password", settings.get("exeunt.jwt.secret"));
        assertThat(faults())
                .singleElement()
                .asString()
                .contains("exeunt.jwt.secret and exeunt.mail.password are the same");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exeunt.mail.host|smtp example",
                "exeunt.mail.host|false",
                "exeunt.mail.port|70000",
                "exeunt.mail.encryption|ssl",
                "exeunt.mail.from|Shop",
                "exeunt.mail.from|a@shop.example, b@shop.example",
                "exeunt.mail.base-url|http://shop.example/account",
                "exeunt.mail.base-url|https://shop.example/account?person=1",
                "exeunt.mail.base-url|https://user@shop.example/account",
                "exeunt.mail.reminder|soon",
                "exeunt.mail.texts|/no/such/directory"
            })
    void aWrongValueIsShownWithWhatWouldBeValid(String setting, String value) {
        required();
        settings.put(setting, value);
        assertThat(faults()).singleElement().asString().startsWith(setting).contains("\"" + value + "\"");
    }
}
