package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** From the application's link to a session in a browser. */
class HandOffTest {

    private static final SpringTestApplication HOST = SpringTestApplication.of("guild-platform");
    private static final Map<String, Object> FOR_US = Map.of("aud", "exeunt-enter", "roles", List.of("admin"));

    @AfterAll
    static void close() {
        HOST.close();
    }

    private static HttpAnswer enter(String secret, Map<String, Object> claims, Duration good) {
        return HOST.get(
                "/account/enter?token="
                        + SpringTestApplication.signed(
                                secret, "1002", claims, HOST.clock().instant(), good),
                null);
    }

    private static HttpAnswer by(String cookie, String method, String path, String csrf) {
        return csrf == null
                ? HOST.send(method, path, null, null, "Cookie", cookie)
                : HOST.send(method, path, null, null, "Cookie", cookie, "X-Exeunt-Csrf", csrf);
    }

    @Test
    void aLinkBecomesASessionThatOnlyItsOwnPagesCanChangeSomethingBy() {
        HttpAnswer in = enter(SpringTestApplication.HAND_OFF, FOR_US, Duration.ofMinutes(5));
        assertThat(in.status()).as(in.text()).isEqualTo(302);
        assertThat(in.header("Location")).isEqualTo("/account/page");
        assertThat(in.header("Set-Cookie")).contains("HttpOnly", "SameSite=Strict", "Path=/;", "Max-Age=1800");
        String cookie = in.header("Set-Cookie").split(";")[0];
        assertThat(by(cookie, "GET", "/account", null).at("state")).isEqualTo("allowed");
        assertThat(by(cookie, "POST", "/account/export", null).problem()).isEqualTo("forbidden");
        assertThat(by(cookie, "POST", "/account/export", "00".repeat(32)).problem())
                .isEqualTo("forbidden");
        String csrf = by(cookie, "GET", "/account/session", null).at("csrf");
        assertThat(by(cookie, "GET", "/account/data", null).problem())
                .as("it counts towards the limit")
                .isEqualTo("forbidden");
        HOST.clock().advance(Duration.ofSeconds(1));
        String other = enter(SpringTestApplication.HAND_OFF, FOR_US, Duration.ofMinutes(5))
                .header("Set-Cookie")
                .split(";")[0];
        assertThat(by(other, "POST", "/account/export", csrf).problem()).isEqualTo("forbidden");
        assertThat(by(cookie, "POST", "/account/export", csrf).status()).isEqualTo(202);
        assertThat(by(cookie, "GET", "/account/admin/requests", null).problem()).isEqualTo("unauthenticated");
        assertThat(by(cookie, "DELETE", "/account/session", csrf).header("Set-Cookie"))
                .contains("Max-Age=0");
        assertThat(by(cookie.replace("=", "=A"), "GET", "/account", null).problem())
                .isEqualTo("unauthenticated");
        assertThat(by(cookie.substring(0, cookie.length() - 20), "GET", "/account", null)
                        .problem())
                .as("signed by half")
                .isEqualTo("unauthenticated");
        HOST.clock().advance(Duration.ofMinutes(30));
        assertThat(by(cookie, "GET", "/account", null).problem()).isEqualTo("unauthenticated");
    }

    @Test
    void aSessionThatWasEndedIsOverForWhoeverHasKeptItsCookieAtEveryInstance() {
        String link = "/account/enter?token=" + AttackerAccount.entry(HOST, "1002");
        String cookie = HOST.get(link, null).header("Set-Cookie").split(";")[0];
        String other = HOST.get("/account/enter?token=" + AttackerAccount.entry(HOST, "1002"), null)
                .header("Set-Cookie")
                .split(";")[0];
        String csrf = by(cookie, "GET", "/account/session", null).at("csrf");
        assertThat(by(cookie, "DELETE", "/account/session", csrf).status()).isEqualTo(200);
        assertThat(by(cookie, "GET", "/account", null).problem()).isEqualTo("unauthenticated");
        assertThat(by(cookie, "POST", "/account/export", csrf).problem()).isEqualTo("unauthenticated");
        assertThat(by(cookie, "DELETE", "/account/session", csrf).problem()).isEqualTo("unauthenticated");
        assertThat(by(cookie, "GET", link, null).problem())
                .as("nor does its link open it again")
                .isEqualTo("unauthenticated");
        assertThat(by(other, "GET", "/account", null).status())
                .as("another of the same second")
                .isEqualTo(200);
        assertThat(HOST.database().scalar("SELECT count(*) FROM exeunt.used_link WHERE length(hash) = 32"))
                .as("known to the database, and so to every instance, by hashes")
                .isEqualTo(HOST.database().scalar("SELECT count(*) FROM exeunt.used_link"));
    }

    @Test
    void aLinkIsGoodOnceButForWhoeverItHasLetIn() {
        String link = "/account/enter?token="
                + SpringTestApplication.signed(
                        SpringTestApplication.HAND_OFF,
                        "1003",
                        FOR_US,
                        HOST.clock().instant(),
                        Duration.ofMinutes(5));
        String cookie = HOST.get(link, null).header("Set-Cookie").split(";")[0];
        assertThat(HOST.get(link, null).problem()).isEqualTo("unauthenticated");
        HttpAnswer again = by(cookie, "GET", link, null);
        assertThat(again.status()).isEqualTo(302);
        assertThat(again.header("Set-Cookie")).startsWith(cookie + ";");
        String another = enter(SpringTestApplication.HAND_OFF, FOR_US, Duration.ofMinutes(5))
                .header("Set-Cookie")
                .split(";")[0];
        assertThat(by(another, "GET", link, null).problem()).isEqualTo("unauthenticated");
        assertThat(HOST.database().scalar("SELECT count(*) > 0 FROM exeunt.used_link"))
                .isEqualTo("t");
        HOST.clock().advance(Duration.ofHours(2));
        enter(SpringTestApplication.HAND_OFF, FOR_US, Duration.ofMinutes(5));
        assertThat(HOST.database().scalar("SELECT count(*) FROM exeunt.used_link"))
                .as("what is over anyway is forgotten")
                .isEqualTo("1");
    }

    /** The last character of a signature has two bits that say nothing; a padding says nothing either. */
    private static List<String> spellings(String token) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = alphabet.indexOf(token.charAt(token.length() - 1));
        String cut = token.substring(0, token.length() - 1);
        return List.of(
                cut + alphabet.charAt(last ^ 1),
                cut + alphabet.charAt(last ^ 2),
                cut + alphabet.charAt(last ^ 3),
                token + "=",
                token + "!",
                token + " ",
                " " + token,
                cut + "!" + token.charAt(token.length() - 1),
                token.replaceFirst("\\.", "=."),
                token + ".");
    }

    @Test
    void aLinkIsGoodInOneSpellingAndOnceItIsUsedInNone() {
        String token = AttackerAccount.entry(HOST, "1002");
        for (String other : spellings(token)) {
            assertThat(HOST.get("/account/enter?token=" + TokenMutation.encoded(other), null)
                            .status())
                    .as("unused: " + other)
                    .isEqualTo(401);
        }
        assertThat(HOST.get("/account/enter?token=" + token, null).status()).isEqualTo(302);
        for (String other : spellings(token)) {
            assertThat(HOST.get("/account/enter?token=" + TokenMutation.encoded(other), null)
                            .status())
                    .as("used: " + other)
                    .isEqualTo(401);
        }
    }

    @Test
    void aSessionIsOpenInOneSpellingAndOnceItIsEndedInNone() {
        HOST.database()
                .execute("INSERT INTO users (id, email, handle) VALUES (10021, 'mallory@x.test', 'mallory');"
                        + " INSERT INTO profiles (user_id, display_name) VALUES (10021, 'M')");
        String cookie = HOST.get("/account/enter?token=" + AttackerAccount.entry(HOST, "10021"), null)
                .header("Set-Cookie")
                .split(";")[0];
        String csrf = by(cookie, "GET", "/account/session", null).at("csrf");
        assertThat(by(cookie, "POST", "/account/cancellation", csrf.toUpperCase(java.util.Locale.ROOT))
                        .problem())
                .isEqualTo("forbidden");
        List<String> others = spellings(cookie).stream()
                .filter(c ->
                        !c.contains(" ") && !c.equals(cookie)) // a blank at an end is not sent, and there is no dot
                .toList();
        others.forEach(other -> assertThat(by(other, "GET", "/account", null).status())
                .as("open: " + other)
                .isEqualTo(401));
        assertThat(by(cookie, "DELETE", "/account/session", csrf).status()).isEqualTo(200);
        others.forEach(other -> assertThat(by(other, "GET", "/account", null).status())
                .as("ended: " + other)
                .isEqualTo(401));
    }

    @Test
    void aLinkWithoutAnIdOfItsOwnIsRefused() {
        for (Object id : new Object[] {null, "", " ", 1, List.of("1")}) {
            Map<String, Object> claims = new java.util.HashMap<>(FOR_US);
            claims.put("jti", id);
            assertThat(enter(SpringTestApplication.HAND_OFF, claims, Duration.ofMinutes(5))
                            .problem())
                    .as("jti " + id)
                    .isEqualTo("unauthenticated");
        }
    }

    @Test
    void noOtherTokenIsALink() {
        Duration five = Duration.ofMinutes(5);
        assertThat(enter(SpringTestApplication.SECRET, FOR_US, five).problem()).isEqualTo("unauthenticated");
        assertThat(enter(SpringTestApplication.HAND_OFF, Map.of(), five).problem())
                .isEqualTo("unauthenticated");
        assertThat(enter(SpringTestApplication.HAND_OFF, FOR_US, Duration.ofMinutes(6))
                        .problem())
                .isEqualTo("unauthenticated");
        assertThat(enter(SpringTestApplication.HAND_OFF, FOR_US, Duration.ofMinutes(-5))
                        .problem())
                .isEqualTo("unauthenticated");
        assertThat(HOST.get("/account/enter?token=", null).problem()).isEqualTo("unauthenticated");
        String link = SpringTestApplication.signed(
                SpringTestApplication.HAND_OFF, "1002", FOR_US, HOST.clock().instant(), five);
        assertThat(HOST.get("/account", link).problem())
                .as("nor is a link a token")
                .isEqualTo("unauthenticated");
    }
}
