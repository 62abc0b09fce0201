package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A link that arrives where a session is open already. */
class OtherAccountTest {

    private static final SpringTestApplication HOST = SpringTestApplication.of("guild-platform");
    private static final String BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8";

    @AfterAll
    static void close() {
        HOST.close();
    }

    private static String session(String person) {
        return HOST.get("/account/enter?token=" + AttackerAccount.entry(HOST, person), null)
                .header("Set-Cookie")
                .split(";")[0];
    }

    private static HttpAnswer post(String cookie, String json) {
        return cookie == null
                ? HOST.post("/account/enter", null, json)
                : HOST.send("POST", "/account/enter", null, json, "Cookie", cookie);
    }

    private static String json(String token, String more) {
        return "{\"token\": \"" + token + "\"" + more + "}";
    }

    private static int by(String cookie) {
        return HOST.send("GET", "/account", null, null, "Cookie", cookie).status();
    }

    @Test
    void aBrowserGetsNoSessionByTheLinkItselfButByThePageThatShowsItsCookie() {
        String token = AttackerAccount.entry(HOST, "1002");
        String link = "/account/enter?token=" + token;
        List<HttpAnswer> answers = new ArrayList<>();
        answers.add(HOST.send("GET", link, null, null, "Accept", BROWSER));
        answers.add(HOST.send("GET", link, null, null, "Accept", "*/*", "Sec-Fetch-Site", "cross-site"));
        answers.add(HOST.send("GET", link, null, null, "Accept", BROWSER, "Cookie", session("1003")));
        for (HttpAnswer answer : answers) {
            assertThat(answer.status()).isEqualTo(302);
            assertThat(answer.header("Location")).isEqualTo("/account/page#enter=" + token);
            assertThat(answer.header("Set-Cookie")).isNull();
        }
        HttpAnswer in = post(null, json(token, ""));
        assertThat(in.status()).as(in.text()).isEqualTo(200);
        assertThat(by(in.header("Set-Cookie").split(";")[0])).isEqualTo(200);
    }

    @Test
    void anotherPersonsLinkAsksBeforeItEndsASession() {
        String open = session("1003");
        String token = AttackerAccount.entry(HOST, "1002");
        for (HttpAnswer asked : List.of(
                post(open, json(token, "")),
                post(open, json(token, ", \"replace\": false")),
                HOST.send("GET", "/account/enter?token=" + token, null, null, "Cookie", open))) {
            assertThat(asked.status()).isEqualTo(409);
            assertThat(asked.problem()).isEqualTo("session-open");
            assertThat(asked.header("Set-Cookie")).isNull();
        }
        assertThat(by(open)).as("it goes on").isEqualTo(200);
        HttpAnswer agreed = post(open, json(token, ", \"replace\": true"));
        assertThat(agreed.status()).as(agreed.text()).isEqualTo(200);
        assertThat(by(agreed.header("Set-Cookie").split(";")[0])).isEqualTo(200);
        assertThat(by(open)).as("ended, also for a copy of its cookie").isEqualTo(401);
    }

    @Test
    void thePersonsOwnNextLinkReplacesTheirSessionUnasked() {
        String open = session("1003");
        HttpAnswer in = post(open, json(AttackerAccount.entry(HOST, "1003"), ""));
        assertThat(in.status()).isEqualTo(200);
        assertThat(by(in.header("Set-Cookie").split(";")[0])).isEqualTo(200);
        assertThat(by(open)).isEqualTo(401);
    }

    @Test
    void aLinkThatDoesNotHoldLeavesTheSessionAsItIs() {
        String open = session("1003");
        String used = AttackerAccount.entry(HOST, "1002");
        session(used, open);
        for (String bad : List.of("over", used, used + "=", "")) {
            HttpAnswer refused = post(open, json(bad, ""));
            assertThat(refused.problem()).as(bad).isEqualTo("unauthenticated");
            assertThat(refused.header("Set-Cookie")).isNull();
            HttpAnswer byLink = HOST.send("GET", "/account/enter?token=" + bad, null, null, "Cookie", open);
            assertThat(byLink.problem()).isEqualTo("unauthenticated");
            assertThat(byLink.header("Set-Cookie")).isNull();
        }
        assertThat(HOST.send("GET", "/account/enter?token=a%0d%0ab", null, null, "Accept", BROWSER, "Cookie", open)
                        .header("Location"))
                .isEqualTo("/account/page#enter=");
        assertThat(by(open)).isEqualTo(200);
    }

    /** Somebody else's browser has used it. */
    private static void session(String token, String notThis) {
        assertThat(post(null, json(token, "")).header("Set-Cookie")).doesNotStartWith(notThis);
    }

    @Test
    void aSessionOfAPersonWhoIsGoneIsNotAskedAbout() {
        String open = session("1006");
        HOST.database().execute("DELETE FROM exeunt.used_link");
        String ended = session("1004");
        String csrf = HOST.send("GET", "/account/session", null, null, "Cookie", ended)
                .at("csrf");
        HOST.send("DELETE", "/account/session", null, null, "Cookie", ended, "X-Exeunt-Csrf", csrf);
        assertThat(post(ended, json(AttackerAccount.entry(HOST, "1002"), "")).status())
                .as("ended")
                .isEqualTo(200);
        assertThat(post("exeunt_session=nonsense", json(AttackerAccount.entry(HOST, "1002"), ""))
                        .status())
                .isEqualTo(200);
        assertThat(post(open, json(AttackerAccount.entry(HOST, "1002"), "")).status())
                .isEqualTo(409);
    }

    @Test
    void noFormOfAnotherSiteCanSendALink() {
        String body = json(AttackerAccount.entry(HOST, "1002"), "");
        for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data")) {
            HttpAnswer answer = HOST.raw(
                    "POST",
                    "/account/enter",
                    body.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    List.of("Content-Type", type));
            assertThat(answer.status()).as(type).isEqualTo(415);
            assertThat(answer.header("Set-Cookie")).isNull();
        }
    }
}
