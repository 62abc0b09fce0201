package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.exeunt.spring.settings.SettingsInvalidException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the call for people who cannot sign in any more, the message with the link, and the session that it opens. */
class OneTimeLinkTest {

    private static MailHost host;

    @BeforeAll
    static void start() {
        host = MailHost.start(Map.of("exeunt.link.enabled", "true", "exeunt.recent-sign-in", "10m"));
    }

    @AfterAll
    static void stop() {
        if (host != null) {
            host.close();
        }
    }

    /** No limit counts what was asked so long ago. */
    @BeforeEach
    void later() {
        host.advance(Duration.ofHours(2));
    }

    private static void leave(String flow, String person) {
        HttpAnswer asked =
                host.application().post("/account/" + flow, host.application().fresh(person), "{}");
        assertThat(asked.status()).as(asked.text()).isEqualTo(202);
    }

    private static String link(String handle) {
        assertThat(host.askForLink(handle).status()).isEqualTo(202);
        assertThat(host.deliverLinks()).isEqualTo(1);
        return host.token();
    }

    private static HttpAnswer enter(MailHost at, String token) {
        return at.application().post("/account/enter", null, "{\"token\": \"" + token + "\"}");
    }

    private static String cookie(MailHost at, String token) {
        HttpAnswer entered = enter(at, token);
        assertThat(entered.status()).as(entered.text()).isEqualTo(200);
        return entered.header("Set-Cookie").split(";")[0];
    }

    private static HttpAnswer call(MailHost at, String method, String path, String cookie) {
        String csrf = at.application()
                .send("GET", "/account/session", null, null, "Cookie", cookie)
                .at("csrf");
        String json = method.equals("POST") ? "{}" : null;
        return csrf == null
                ? at.application().send(method, path, null, json, "Cookie", cookie)
                : at.application().send(method, path, null, json, "Cookie", cookie, "X-Exeunt-Csrf", csrf);
    }

    @Test
    void theAnswerIsTheSameForEveryIdentifierAndOneOnRecordAloneGetsAMail() {
        int before = host.received().size();
        List<String> identifiers = List.of(
                "person-10",
                "not-there",
                "person-11",
                "PERSON-10",
                "person-10",
                "person-10",
                "a\r\nBcc: eve@evil.example",
                "person-10' OR '1'='1",
                "\u202Eperson-10",
                "x".repeat(320));
        leave("deletion", "11");
        for (String identifier : identifiers) {
            HttpAnswer answer = host.askForLink(identifier);
            assertThat(answer.status() + answer.text()).isEqualTo("202{\"asked\":true}");
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
            assertThat(answer.header("Set-Cookie")).isNull();
        }
        assertThat(host.deliverLinks())
                .as("three for person-10, one for person-11")
                .isEqualTo(4);
        assertThat(host.received().subList(before, host.received().size()))
                .extracting(MailHost::recipient)
                .containsExactlyInAnyOrder(
                        "person-10@example.org",
                        "person-10@example.org",
                        "person-10@example.org",
                        "person-11@example.org");
        assertThat(MailHost.subject(host.last())).isEqualTo("Your link to your account at shop.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"identifier\": \" \"}",
                "{\"identifier\": 1}",
                "{\"identifier\": \"a\", \"kind\": \"id\"}"
            })
    void whatIsNoWishIsRefusedForWhatItLacks(String json) {
        HttpAnswer answer = host.application().post("/account/link", null, json);
        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.json().at("/errors")).hasSize(1);
    }

    @Test
    void aFloodIsRefusedWhoeverIsMeant() {
        HttpAnswer last = host.askForLink("person-12");
        for (int i = 0; i < 29; i++) {
            last = host.askForLink("flood-" + i);
        }
        assertThat(last.status()).isEqualTo(202);
        host.advance(Duration.ofMinutes(20));
        for (String identifier : List.of("person-13", "not-there")) {
            HttpAnswer refused = host.askForLink(identifier);
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.problem()).isEqualTo("limit");
            assertThat(refused.header("Retry-After")).isEqualTo("2400");
        }
        host.deliverLinks();
    }

    @Test
    void theLinkOpensASessionOnceAndCountsAsASignIn() {
        String token = link("person-14");
        String cookie = cookie(host, token);
        assertThat(call(host, "GET", "/account", cookie).status()).isEqualTo(200);
        HttpAnswer deletion = call(host, "POST", "/account/deletion", cookie);
        assertThat(deletion.status()).as(deletion.text()).isEqualTo(202);

        HttpAnswer again = enter(host, token);
        assertThat(again.status()).isEqualTo(401);
        assertThat(again.text()).doesNotContain("person");
        host.advance(Duration.ofMinutes(31));
        assertThat(call(host, "GET", "/account", cookie).status()).isEqualTo(401);
    }

    /** A mail program, or what looks for viruses in mails, fetches the address of each link. What stands behind the # stays with it. */
    @Test
    void aMailProgramThatFetchesTheLinkDoesNotUseItUp() {
        String token = link("person-15");
        for (String method : List.of("GET", "HEAD", "GET")) {
            HttpAnswer page =
                    host.application().send(method, "/account/page", null, null, "User-Agent", "LinkScanner/1.0");
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.header("Set-Cookie")).isNull();
        }
        assertThat(cookie(host, token)).isNotEmpty();
    }

    @Test
    void aLinkExpiresAndGivesWayToANewerOne() {
        String first = link("person-16");
        host.advance(Duration.ofMinutes(1));
        String second = link("person-16");
        assertThat(enter(host, first).status()).isEqualTo(401);
        host.advance(Duration.ofMinutes(15));
        assertThat(enter(host, second).status()).isEqualTo(401);
    }

    @Test
    void anErasureEndsTheLinkAndTheSession() {
        leave("deletion", "17");
        host.advance(Duration.ofDays(30).minusMinutes(1));
        String used = link("person-17");
        String cookie = cookie(host, used);
        String unused = link("person-17");
        host.advance(Duration.ofMinutes(1));
        assertThat(host.eraseDue()).isPositive();
        assertThat(enter(host, unused).status()).isEqualTo(401);
        assertThat(call(host, "GET", "/account", cookie).status()).isEqualTo(401);
        assertThat(host.askForLink("person-17").status()).isEqualTo(202);
        assertThat(host.deliverLinks()).isZero();
    }

    @Test
    void aDeactivatedPersonComesBackByTheLink() {
        leave("deactivation", "18");
        String cookie = cookie(host, link("person-18"));
        assertThat(call(host, "GET", "/account", cookie).at("state")).isEqualTo("blocked");
        assertThat(call(host, "POST", "/account/reactivation", cookie).status()).isEqualTo(200);
    }

    @Test
    void aLinkThatCountsForNothingStartsNoDeletionButTakesOneBack() {
        try (MailHost careful = MailHost.start(Map.of(
                "exeunt.link.enabled", "true",
                "exeunt.link.counts-as-sign-in", "false",
                "exeunt.recent-sign-in", "10m"))) {
            careful.askForLink("bob");
            assertThat(careful.deliverLinks()).isEqualTo(1);
            String cookie = cookie(careful, careful.token());
            HttpAnswer refused = call(careful, "POST", "/account/deletion", cookie);
            assertThat(refused.problem()).isEqualTo("sign-in-again");
            careful.application()
                    .post("/account/deletion", careful.application().fresh("2"), "{}");
            assertThat(call(careful, "POST", "/account/cancellation", cookie).status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "person-20@example.org\r\nBcc: eve@example.org",
                "person-20@example.org, eve@example.org",
                "nowhere",
                ""
            })
    void noLinkGoesToWhatIsNoSingleAddress(String address) {
        int before = host.received().size();
        host.setAddress("20", address);
        assertThat(host.askForLink("person-20").status()).isEqualTo(202);
        assertThat(host.deliverLinks()).isZero();
        host.advance(Duration.ofMinutes(20));
        assertThat(host.deliverLinks()).as("it is not tried again").isZero();
        assertThat(host.received()).hasSize(before);
    }

    @Test
    void nothingPersonalIsLoggedWhenTheMailServerIsAway() {
        try (CapturedLog log = CapturedLog.capture()) {
            host.stopServer();
            assertThat(host.askForLink("person-19").status()).isEqualTo(202);
            assertThat(host.deliverLinks()).isZero();
            assertThat(log.text())
                    .contains("was not sent: unreachable. It is tried again.")
                    .doesNotContain("person", "@", "example");
        } finally {
            host.startServer();
        }
        host.advance(Duration.ofMinutes(1));
        assertThat(host.deliverLinks()).isEqualTo(1);
        assertThat(cookie(host, host.token())).isNotEmpty();
    }

    @Test
    void theOfferNamesTheIdentifiers() {
        HttpAnswer offer = host.application().get("/account/link", null);
        assertThat(offer.text()).isEqualTo("{\"offered\":true,\"kinds\":[\"handle\"],\"minutes\":15}");
    }

    @Test
    void aMapWithoutIdentifiersIsToldAtTheStart() throws Exception {
        java.nio.file.Path map = java.nio.file.Files.createTempFile("exeunt", ".yaml");
        java.nio.file.Files.writeString(
                map,
                java.nio.file.Files.readString(java.nio.file.Path.of(MailHost.SAMPLE, "exeunt.yaml"))
                        .replace(", identifiers: [handle]", ""));
        Throwable failed =
                catchThrowable(() -> MailHost.start(Map.of("exeunt.link.enabled", "true", "exeunt.map", map.toString()))
                        .close());
        assertThat(failed)
                .rootCause()
                .isInstanceOfSatisfying(
                        SettingsInvalidException.class,
                        e -> assertThat(e.faults())
                                .singleElement()
                                .asString()
                                .startsWith("exeunt.link.enabled is true and the map names no identifier"));
    }
}
