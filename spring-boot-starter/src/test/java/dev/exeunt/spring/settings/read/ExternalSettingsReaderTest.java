package dev.exeunt.spring.settings.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.exeunt.spring.settings.ExternalSystemSettings;
import dev.exeunt.spring.settings.SettingsInvalidException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tests the settings of the systems that a map names. */
class ExternalSettingsReaderTest extends SettingsTestCase {

    private static final String GOOD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OTHER = GOOD.replace('M', 'N');
    private static final List<String> SYSTEMS = List.of("chat-bot", "application");

    private final Map<String, Object> file = new HashMap<>(Map.of(
            "exeunt.external.chat-bot.url", "https://bot.example.org/hook", "exeunt.external.chat-bot.secret", GOOD));

    private List<String> externalFaults(Map<String, Object> variables) {
        return catchThrowableOfType(
                        SettingsInvalidException.class,
                        () -> ExternalSettingsReader.read(environment(variables, file), SYSTEMS, Set.of("application")))
                .faults();
    }

    @Test
    void aSystemHasAnAddressAndSecretsAndTheApplicationNeedsNone() {
        file.remove("exeunt.external.chat-bot.secret");
        List<ExternalSystemSettings> systems = ExternalSettingsReader.read(
                environment(
                        Map.of(
                                "EXEUNT_EXTERNAL_CHAT_BOT_SECRET",
                                GOOD,
                                "EXEUNT_EXTERNAL_CHATBOT_PREVIOUSSECRET",
                                OTHER),
                        file),
                SYSTEMS,
                Set.of("application"));
        assertThat(systems.get(0).url()).hasToString("https://bot.example.org/hook");
        assertThat(systems.get(0).secrets()).hasSize(2);
        assertThat(systems.get(0).privateAddress()).isFalse();
        assertThat(systems.get(0).toString()).doesNotContain("MfKQ");
        assertThat(systems.get(1).url()).isNull();
    }

    @Test
    void whatIsMissingIsToldAtOnce() {
        file.clear();
        assertThat(externalFaults(Map.of()))
                .hasSize(2)
                .anySatisfy(f -> assertThat(f)
                        .contains("exeunt.external.chat-bot.url is not set.", "The map names chat-bot under external"))
                .anySatisfy(f -> assertThat(f).contains("exeunt.external.chat-bot.secret is not set.", "openssl rand"));
    }

    @Test
    void plainHttpUsersAndFragmentsAreRefused() {
        for (String address : List.of(
                "http://bot.example.org/",
                "https://a:b@bot.example.org/",
                "https://bot.example.org/#x",
                "ftp://x/",
                "bot")) {
            file.put("exeunt.external.chat-bot.url", address);
            assertThat(externalFaults(Map.of())).singleElement().asString().contains("write an address with https://");
        }
        file.put("exeunt.external.chat-bot.url", "http://bot:8080/hook");
        file.put("exeunt.external.chat-bot.private-address", "true");
        assertThat(ExternalSettingsReader.read(environment(Map.of(), file), SYSTEMS, Set.of("application")))
                .hasSize(2);
    }

    @Test
    void aSecretThatIsNoneIsToldWithoutItsValue() {
        for (String secret :
                List.of("hunter2", "whsec_short", GOOD.replace("whsec_", ""), "whsec_" + "A".repeat(100))) {
            file.put("exeunt.external.chat-bot.secret", secret);
            assertThat(externalFaults(Map.of()))
                    .singleElement()
                    .asString()
                    .contains("is no secret for webhooks")
                    .doesNotContain(secret);
        }
    }

    @Test
    void twoSystemsWithTheSameSecretAreRefused() {
        file.put("exeunt.external.billing.url", "https://billing.example.org/hook");
        file.put("exeunt.external.billing.secret", OTHER);
        List<String> systems = List.of("chat-bot", "billing");
        assertThat(ExternalSettingsReader.read(environment(Map.of(), file), systems, Set.of()))
                .hasSize(2);
        file.put("exeunt.external.chat-bot.previous-secret", GOOD);
        assertThat(ExternalSettingsReader.read(environment(Map.of(), file), systems, Set.of()))
                .as("the same key twice in one system opens nothing")
                .hasSize(2);
        file.put("exeunt.external.billing.previous-secret", GOOD);
        file.remove("exeunt.external.chat-bot.previous-secret");
        assertThat(catchThrowableOfType(
                                SettingsInvalidException.class,
                                () -> ExternalSettingsReader.read(environment(Map.of(), file), systems, Set.of()))
                        .faults())
                .singleElement()
                .asString()
                .startsWith("exeunt.external.chat-bot.secret and exeunt.external.billing.previous-secret are the same:")
                .contains("forge the answers")
                .doesNotContain("MfKQ");
    }

    @Test
    void namesThatTheMapDoesNotHaveAreToldWithTheNearest() {
        file.put("exeunt.external.chat-bott.url", "https://x.example.org/");
        assertThat(externalFaults(Map.of("EXEUNT_EXTERNAL_CHAT_BOT_SECRETT", "x")))
                .hasSize(2)
                .allSatisfy(f ->
                        assertThat(f).contains("there is no such setting.", "There are: exeunt.external.chat-bot.url"));
    }

    @Test
    void aKeycloakHasAServerARealmAndAClient() {
        file.clear();
        file.putAll(Map.of(
                "exeunt.external.chat-bot.keycloak.url", "https://id.example.org/auth/",
                "exeunt.external.chat-bot.keycloak.realm", "shop",
                "exeunt.external.chat-bot.keycloak.client-id", "exeunt"));
        assertThat(externalFaults(Map.of()))
                .singleElement()
                .asString()
                .contains("exeunt.external.chat-bot.keycloak.client-secret is not set. A Keycloak needs");
        ExternalSystemSettings system = ExternalSettingsReader.read(
                        environment(Map.of("EXEUNT_EXTERNAL_CHAT_BOT_KEYCLOAK_CLIENT_SECRET", "the secret"), file),
                        SYSTEMS,
                        Set.of("application"))
                .get(0);
        assertThat(system.url()).isNull();
        assertThat(system.keycloak().url()).hasToString("https://id.example.org/auth");
        assertThat(system.keycloak().clientSecret().value()).isEqualTo("the secret");
        assertThat(system.toString()).doesNotContain("the secret");

        file.put("exeunt.external.chat-bot.keycloak.url", "http://id.example.org");
        file.put("exeunt.external.chat-bot.url", "https://bot.example.org/hook");
        assertThat(externalFaults(Map.of("EXEUNT_EXTERNAL_CHAT_BOT_KEYCLOAK_CLIENT_SECRET", "the secret")))
                .hasSize(2)
                .anySatisfy(f -> assertThat(f).contains("A system gets webhooks or is a Keycloak"))
                .anySatisfy(f -> assertThat(f).contains("write an address with https://"));
    }
}
