package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.spring.provider.IdentityProvider;
import dev.exeunt.spring.provider.IdentityProvider.SignInTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** {@code exeunt.recent-sign-in: auto}, which holds where nothing is set. */
class RecentSignInTest {

    private static final SpringTestApplication HOST =
            SpringTestApplication.of("prediction-market", Map.of("exeunt.admin.outside", "true"));
    private static final String STAFF = "{\"reason\": \"a letter\"}";

    @AfterAll
    static void close() {
        HOST.close();
    }

    private static String signedIn(String person, int minutesAgo) {
        long at = HOST.clock().instant().minusSeconds(60L * minutesAgo).getEpochSecond();
        return HOST.token(person, Map.of("roles", "admin", "auth_time", at), Duration.ofHours(1));
    }

    private static String unsaid(String person) {
        return HOST.token(person, Map.of("roles", "admin"), Duration.ofHours(1));
    }

    @Test
    void flowsAndStaffsExportsNeedASignInWithinTenMinutes() {
        for (String call : List.of("/account/deletion", "/account/admin/2/deletion", "/account/admin/2/export")) {
            HttpAnswer old = HOST.post(call, signedIn("2", 11), call.contains("admin") ? STAFF : "{}");
            assertThat(old.problem()).as(call).isEqualTo("sign-in-again");
            assertThat(old.header("WWW-Authenticate")).contains("max_age=\"600\"");
        }
        assertThat(HOST.post("/account/admin/2/export", signedIn("2", 9), STAFF).status())
                .isEqualTo(202);
        assertThat(HOST.post("/account/deletion", signedIn("2", 9), "{}").problem())
                .as("nothing is typed")
                .isNotIn("sign-in-again", "unconfirmed");
    }

    @Test
    void downloadsAndDirectDataNeedASignInWithinAnHour() {
        String id = AttackerAccount.ready(HOST, signedIn("3", 0));
        for (String call : List.of(
                "/account/data",
                "/account/export/" + id + "/download",
                "/account/admin/3/export/" + id + "/download")) {
            HttpAnswer old = HOST.get(call, signedIn("3", 61));
            assertThat(old.problem()).as(call).isEqualTo("sign-in-again");
            assertThat(old.header("WWW-Authenticate")).contains("max_age=\"3600\"");
            assertThat(HOST.get(call, signedIn("3", 59)).problem()).as(call).isNotEqualTo("sign-in-again");
        }
        assertThat(HOST.get("/account", signedIn("3", 5000)).status())
                .as("only to look")
                .isEqualTo(200);
    }

    @Test
    void aTokenThatDoesNotTellMakesTheCallerTypeAndTheOperatorReadsIt() {
        assertThat(HOST.get("/account/preview?flow=delete-account", unsaid("1")).at("type"))
                .isEqualTo("delete-account");
        assertThat(HOST.get("/account/preview?flow=delete-account", signedIn("1", 0))
                        .at("type"))
                .isNull();
        for (String body : List.of("{}", "{\"confirm\": \"deactivate\"}")) {
            HttpAnswer refused = HOST.post("/account/deletion", unsaid("1"), body);
            assertThat(refused.problem()).isEqualTo("unconfirmed");
            assertThat(refused.at("detail")).contains("type delete-account");
        }
        for (String call : List.of("deletion", "export", "retry")) {
            String path = "/account/admin/1/" + call;
            assertThat(HOST.post(path, unsaid("1"), STAFF).problem()).as(call).isEqualTo("unconfirmed");
            assertThat(HOST.post(path, unsaid("1"), "{\"reason\": \"a letter\", \"confirm\": \"12\"}")
                            .problem())
                    .as(call)
                    .isEqualTo("unconfirmed");
            assertThat(HOST.post(path, unsaid("1"), "{\"reason\": \"a letter\", \"confirm\": \"1\"}")
                            .problem())
                    .as(call)
                    .isNotEqualTo("unconfirmed");
        }
        assertThat(HOST.post("/account/deletion", unsaid("4"), "{\"confirm\": \"delete-account\"}")
                        .problem())
                .isNotEqualTo("unconfirmed");
        assertThat(HOST.bean(IdentityProvider.class).signInTime()).isEqualTo(SignInTime.MISSING);
        HOST.post("/account/deletion", signedIn("3", 11), "{}");
        assertThat(HOST.bean(IdentityProvider.class).signInTime()).isEqualTo(SignInTime.TOLD);
    }

    @Test
    void aLinkOfTheApplicationsCountsAsASignIn() {
        String cookie = HOST.get("/account/enter?token=" + AttackerAccount.entry(HOST, "6"), null)
                .header("Set-Cookie")
                .split(";")[0];
        String csrf = csrf(cookie);
        HOST.clock().advance(Duration.ofMinutes(11));
        assertThat(leave(cookie, csrf).problem()).isEqualTo("sign-in-again");
        assertThat(HOST.send("GET", "/account/data", null, null, "Cookie", cookie, "X-Exeunt-Csrf", csrf)
                        .status())
                .isEqualTo(200);
        String again = HOST.get("/account/enter?token=" + AttackerAccount.entry(HOST, "6"), null)
                .header("Set-Cookie")
                .split(";")[0];
        assertThat(leave(again, csrf(again)).at("state")).isEqualTo("erased");
    }

    private static String csrf(String cookie) {
        return HOST.send("GET", "/account/session", null, null, "Cookie", cookie)
                .at("csrf");
    }

    private static HttpAnswer leave(String cookie, String csrf) {
        return HOST.send("POST", "/account/deletion", null, "{}", "Cookie", cookie, "X-Exeunt-Csrf", csrf);
    }
}
