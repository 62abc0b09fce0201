package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Tests which pages of other origins may call, and what for. */
class EmbeddingOriginsTest {

    private static final String APPLICATION = "https://app.example.org";
    private static final SpringTestApplication HOST =
            SpringTestApplication.of("guild-platform", Map.of("exeunt.embed-origins", APPLICATION));

    @AfterAll
    static void stop() {
        HOST.close();
    }

    private static HttpAnswer asked(String path, String origin) {
        return HOST.send(
                "OPTIONS",
                path,
                null,
                null,
                "Origin",
                origin,
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "authorization,content-type,idempotency-key");
    }

    @Test
    void anOriginThatIsNamedMayCallForPeopleWithoutCookies() {
        HttpAnswer allowed = asked("/account/deactivation", APPLICATION);
        assertThat(allowed.status()).isEqualTo(200);
        assertThat(allowed.header("Access-Control-Allow-Origin")).isEqualTo(APPLICATION);
        assertThat(allowed.header("Access-Control-Allow-Headers")).contains("authorization", "idempotency-key");
        assertThat(allowed.header("Access-Control-Allow-Credentials")).isNull();
    }

    @Test
    void noOtherPageMay() {
        for (String origin : new String[] {"https://evil.example.org", "http://app.example.org", "null"}) {
            HttpAnswer refused = asked("/account/deactivation", origin);
            assertThat(refused.header("Access-Control-Allow-Origin")).isNull();
            assertThat(refused.status()).isEqualTo(403);
        }
    }

    @Test
    void callsOfStaffAndOfTheGateAreForNoPage() {
        for (String path : new String[] {"/account/admin/requests", "/account/admin/1002", "/gate/1002"}) {
            assertThat(asked(path, APPLICATION).header("Access-Control-Allow-Origin"))
                    .as(path)
                    .isNull();
        }
    }

    @Test
    void withoutTheSettingNoOriginMayCall() {
        try (SpringTestApplication host = SpringTestApplication.of("guild-platform")) {
            HttpAnswer answer = host.send("GET", "/account", host.token("1002"), null, "Origin", APPLICATION);
            assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
        }
    }
}
