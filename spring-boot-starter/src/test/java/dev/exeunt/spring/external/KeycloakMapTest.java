package dev.exeunt.spring.external;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.Exeunt;
import dev.exeunt.map.DataMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Tests that a start is refused with a map by which accounts at Keycloak could not be found, or would stay disabled. */
class KeycloakMapTest {

    private static final Map<String, Object> SETTINGS = Map.of(
            "exeunt.external.provider.keycloak.url", "https://id.example.org",
            "exeunt.external.provider.keycloak.realm", "shop",
            "exeunt.external.provider.keycloak.client-id", "exeunt",
            "exeunt.external.provider.keycloak.client-secret", "any");

    private static void start(String key, String system) {
        String map = "version: 1\nsubject: { table: people, key: " + key + " }\ntables: { people: { erase: delete } }\n"
                + "external: { provider: " + system + " }\n";
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("settings", SETTINGS));
            context.registerBean(DataMap.class, () -> Exeunt.readMap(map, "exeunt.yaml"));
            context.register(ExternalConfiguration.class);
            context.refresh();
        }
    }

    @Test
    void aMapThatWouldLeaveAccountsDisabledIsRefused() {
        assertThatThrownBy(() -> start("id", "{ events: [deactivated, erased] }"))
                .rootCause()
                .hasMessageContaining("The map's events of provider list deactivated and not reactivated");
    }

    @Test
    void aKeyOfSeveralColumnsNeedsAQueryForTheIds() {
        assertThatThrownBy(() -> start("[tenant, id]", "{ deadline: 7d }"))
                .rootCause()
                .hasMessageContaining("Write locators of provider: a query for the ids, in one column.");
    }
}
