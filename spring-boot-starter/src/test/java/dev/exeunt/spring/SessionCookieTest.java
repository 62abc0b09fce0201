package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The cookie of a session, by what the person's browser speaks and not by what the server listens to. */
class SessionCookieTest {

    private static String set(SpringTestApplication host, String... headers) {
        return host.send("GET", "/account/enter?token=" + AttackerAccount.entry(host, "1002"), null, null, headers)
                .header("Set-Cookie");
    }

    private static int by(SpringTestApplication host, String cookies, String... more) {
        List<String> headers = new java.util.ArrayList<>(List.of(more));
        headers.addAll(List.of("Cookie", cookies));
        return host.raw("GET", "/account", new byte[0], headers).status();
    }

    @Test
    void behindAProxyThatEndsTlsItIsSecureAndOfTheHostAlone() {
        try (SpringTestApplication host = SpringTestApplication.of("guild-platform")) {
            for (String proto : List.of("https", "HTTPS", "https, http", "http,https")) {
                assertThat(set(host, "X-Forwarded-Proto", proto))
                        .as(proto)
                        .startsWith("__Host-exeunt_session=")
                        .contains("; Path=/;", "; Secure;", "; HttpOnly;", "SameSite=Strict")
                        .doesNotContain("Domain");
            }
            assertThat(set(host, "X-Forwarded-Proto", "http"))
                    .startsWith("exeunt_session=")
                    .doesNotContain("Secure");
            assertThat(set(host)).startsWith("exeunt_session=").doesNotContain("Secure");
        }
    }

    @Test
    void theSettingsWinOverWhatTheProxySays() {
        Map<String, String> https = Map.of("exeunt.public-scheme", "https", "exeunt.cookie-scope", "path");
        try (SpringTestApplication host = SpringTestApplication.of("guild-platform", https)) {
            assertThat(set(host, "X-Forwarded-Proto", "http"))
                    .startsWith("__Secure-exeunt_session=")
                    .contains("; Path=/account;", "; Secure;");
        }
        try (SpringTestApplication host =
                SpringTestApplication.of("guild-platform", Map.of("exeunt.public-scheme", "http"))) {
            assertThat(set(host, "X-Forwarded-Proto", "https"))
                    .startsWith("exeunt_session=")
                    .doesNotContain("Secure");
        }
    }

    @Test
    void noOtherCookieIsTakenForItAndOfSeveralNone() {
        String[] https = {"X-Forwarded-Proto", "https"};
        try (SpringTestApplication host = SpringTestApplication.of("guild-platform")) {
            String value = set(host, https).split(";")[0].split("=", 2)[1];
            String other = set(host, https).split(";")[0].split("=", 2)[1];
            String name = "__Host-exeunt_session=";
            assertThat(by(host, name + value, https)).isEqualTo(200);
            for (String wrong : List.of(
                    "exeunt_session=" + value, // as a subdomain, or a page over plain HTTP, could set it
                    "__Secure-exeunt_session=" + value,
                    "__host-exeunt_session=" + value,
                    "__HOST-EXEUNT_SESSION=" + value,
                    name + value + "; " + name + value,
                    name + value + "; " + name + other,
                    name + "x; " + name + value,
                    name + "; " + name + value)) {
                assertThat(by(host, wrong, https)).as(wrong).isEqualTo(401);
            }
            assertThat(by(host, name + value)).as("over plain HTTP").isEqualTo(401);
            assertThat(by(host, name + value + "; exeunt_session=" + other, https))
                    .as("one of another name beside it changes nothing")
                    .isEqualTo(200);
        }
    }

    @Test
    void theApplicationsCookieIsClearedAsItsNameAndTheSchemeAsk() {
        for (String name : List.of("sid", "__Host-sid")) {
            try (SpringTestApplication host =
                    SpringTestApplication.of("guild-platform", Map.of("exeunt.session-cookie", name))) {
                HttpAnswer preview = host.get("/account/preview?flow=deactivate", host.token("1002"));
                String body = "{\"acknowledge\": \"" + preview.at("digest") + "\", \"confirm\": \"bruno\"}";
                String proto = name.equals("sid") ? "https" : "http";
                HttpAnswer left = host.send(
                        "POST", "/account/deactivation", host.token("1002"), body, "X-Forwarded-Proto", proto);
                assertThat(left.header("Set-Cookie")).startsWith(name + "=;").contains("Max-Age=0", "Secure");
            }
        }
    }
}
