package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** People sign in on the page at an OpenID Connect provider; every answer that does not belong to the sign-in is refused. */
class ProviderSignInTest {

    private static final String ISSUER = "people";
    private static final String CLIENT = "exeunt-page";

    private static MockOAuth2Server provider;
    private static SpringTestApplication host;
    private static String base;

    @BeforeAll
    static void start() throws IOException {
        int port = freePort();
        int providerPort = freePort();
        base = "http://127.0.0.1:" + port + "/account";
        host = SpringTestApplication.of(
                "guild-platform",
                Map.of(
                        "server.port",
                        String.valueOf(port),
                        "logging.level.dev.exeunt.spring",
                        "INFO",
                        "exeunt.recent-sign-in",
                        "10m",
                        "exeunt.sign-in.client-id",
                        CLIENT,
                        "exeunt.sign-in.client-secret",
                        "a secret of the client alone",
                        "exeunt.sign-in.issuer",
                        "http://localhost:" + providerPort + "/" + ISSUER,
                        "exeunt.sign-in.scopes",
                        "openid profile",
                        "exeunt.sign-in.base-url",
                        base));
        host.clock().set(Instant.now());
        assertThat(new SignInVisitor(host).begin(""))
                .as("the provider is not there yet")
                .isEqualTo(base + "/page#sign-in=away");
        provider = TestProvider.at(host.clock().instant());
        provider.start(InetAddress.getByName("localhost"), providerPort);
        PollingLoop.until(
                () -> new SignInVisitor(host).begin(""), location -> location.startsWith("http://localhost:"));
    }

    @AfterAll
    static void stop() {
        provider.shutdown();
        host.close();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** What the next code is exchanged for. */
    private static void willBe(String subject, Map<String, Object> claims, String... audience) {
        provider.enqueueCallback(new DefaultOAuth2TokenCallback(
                ISSUER, subject, "JWT", audience.length == 0 ? List.of(CLIENT) : List.of(audience), claims, 600));
    }

    private static Map<String, Object> signedIn(long secondsAgo) {
        return Map.of("auth_time", host.clock().instant().getEpochSecond() - secondsAgo);
    }

    private static SignInVisitor signedIn(String subject) {
        SignInVisitor visitor = new SignInVisitor(host);
        willBe(subject, signedIn(0));
        assertThat(visitor.back(SignInVisitor.followed(visitor.begin("")))).isEqualTo("done");
        assertThat(visitor.enter(false).status()).isEqualTo(200);
        return visitor;
    }

    @Test
    void aPersonSignsInAndGetsTheSessionThatALinkWouldOpen() {
        SignInVisitor visitor = new SignInVisitor(host);
        HttpAnswer begun = visitor.send(
                "GET", "/account/sign-in", null, "X-Forwarded-Host", "evil.example", "X-Forwarded-Proto", "http");
        String address = begun.header("Location");
        assertThat(address).startsWith(provider.authorizationEndpointUrl(ISSUER) + "?response_type=code&");
        assertThat(SignInVisitor.parameter(address, "redirect_uri")).isEqualTo(base + "/sign-in/callback");
        assertThat(SignInVisitor.parameter(address, "scope")).isEqualTo("openid profile");
        assertThat(SignInVisitor.parameter(address, "code_challenge_method")).isEqualTo("S256");
        assertThat(SignInVisitor.parameter(address, "prompt")).isNull();
        for (String secret : List.of("state", "nonce", "code_challenge")) {
            assertThat(SignInVisitor.parameter(address, secret)).as(secret).hasSize(43);
        }
        assertThat(begun.header("Set-Cookie"))
                .contains("; HttpOnly", "SameSite=Lax", "Max-Age=600")
                .doesNotContain(SignInVisitor.parameter(address, "state"));
        String back = SignInVisitor.followed(address);
        willBe("1002", signedIn(0));

        assertThat(visitor.back(back)).isEqualTo("done");

        assertThat(visitor.cookies()).containsOnlyKeys("exeunt_signed_in");
        String proof = visitor.cookies().get("exeunt_signed_in");
        assertThat(visitor.send("GET", "/account", null).status())
                .as("no session yet")
                .isEqualTo(401);
        HttpAnswer entered = visitor.enter(false);
        assertThat(entered.response().headers().allValues("Set-Cookie"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("exeunt_session=")
                        .contains("SameSite=Strict", "HttpOnly", "Max-Age=1800"));
        assertThat(visitor.send("GET", "/account", null).at("state")).isEqualTo("allowed");
        assertThat(visitor.cookies()).containsOnlyKeys("exeunt_session");

        SignInVisitor thief = new SignInVisitor(host);
        thief.cookies().put("exeunt_signed_in", proof);
        assertThat(thief.enter(false).problem()).as("the proof is good once").isEqualTo("unauthenticated");
        visitor.cookies().put("exeunt_signed_in", proof);
        assertThat(visitor.enter(false).status()).as("a page may send it twice").isEqualTo(200);
        assertThat(visitor.back(back)).as("the back button").isEqualTo("over");
        assertThat(visitor.send("GET", "/account", null).status()).isEqualTo(200);
    }

    @Test
    void anAnswerIsGoodOnceAndInTheBrowserThatAskedAlone() {
        SignInVisitor visitor = new SignInVisitor(host);
        SignInVisitor other = new SignInVisitor(host);
        String back = SignInVisitor.followed(visitor.begin(""));
        String another = SignInVisitor.followed(other.begin(""));
        assertThat(other.back(back)).as("of another browser").isEqualTo("over");
        assertThat(visitor.back(another)).as("an attacker's answer").isEqualTo("over");
        String state = SignInVisitor.parameter(back, "state");
        assertThat(visitor.back(back.replaceFirst("state=[^&]*", "state=" + "A".repeat(43))))
                .isEqualTo("over");
        assertThat(visitor.back(back.replaceFirst("state=[^&]*", "x=y"))).isEqualTo("over");
        assertThat(visitor.back(back + "&state=" + state)).as("twice").isEqualTo("over");
        Map<String, String> kept = new HashMap<>(visitor.cookies());
        willBe("1002", signedIn(0));
        assertThat(visitor.back(back)).isEqualTo("done");
        visitor.cookies().putAll(kept);
        assertThat(visitor.back(back))
                .as("a copy of the cookie does not make it good again")
                .isEqualTo("over");

        String late = SignInVisitor.followed(other.begin(""));
        host.clock().advance(Duration.ofMinutes(11));
        assertThat(other.back(late)).as("too late").isEqualTo("over");
        host.clock().advance(Duration.ofMinutes(-11));
    }

    @Test
    void anIdTokenOfAnotherSignInClientOrProviderIsRefusedForItsReason() {
        long now = host.clock().instant().getEpochSecond();
        Map<Map<String, Object>, String> wrong = Map.of(
                Map.of("nonce", "another"),
                "its nonce is not that of this sign-in",
                Map.of("aud", "another"),
                "its aud is not what exeunt.sign-in.client-id says",
                Map.of("iss", "http://localhost/another"),
                "its iss is not what exeunt.sign-in.issuer says",
                Map.of("exp", now - 120, "iat", now - 600),
                "it is over: its exp has passed",
                Map.of("iat", now + 120),
                "its iat is in the future",
                Map.of("auth_time", now + 120),
                "its auth_time is in the future",
                Map.of("typ", "Bearer"),
                "its typ is BEARER, so it is no ID token",
                Map.of("events", Map.of()),
                "it is a logout token");
        wrong.forEach((claims, reason) -> {
            SignInVisitor visitor = new SignInVisitor(host);
            String back = SignInVisitor.followed(visitor.begin(""));
            willBe("1002", claims);
            try (CapturedLog log = CapturedLog.capture()) {
                assertThat(visitor.back(back)).as(reason).isEqualTo("failed");
                assertThat(log.text())
                        .contains("Refused a token: " + reason)
                        .doesNotContain("1002", SignInVisitor.parameter(back, "code"))
                        .doesNotContain(SignInVisitor.parameter(back, "state"));
            }
            assertThat(visitor.enter(false).problem()).isEqualTo("unauthenticated");
        });
    }

    @Test
    void whatTheProviderRefusesEndsOnThePage() {
        Map<String, String> errors = Map.of(
                "access_denied", "denied",
                "login_required", "denied",
                "temporarily_unavailable", "away",
                "invalid_scope", "failed",
                "person@example.org", "failed");
        errors.forEach((error, word) -> {
            SignInVisitor visitor = new SignInVisitor(host);
            String state = SignInVisitor.parameter(visitor.begin(""), "state");
            try (CapturedLog log = CapturedLog.capture()) {
                assertThat(visitor.back(base + "/sign-in/callback?error=" + error + "&state=" + state))
                        .as(error)
                        .isEqualTo(word);
                assertThat(log.text()).doesNotContain("person@example.org", state);
            }
            assertThat(visitor.back(base + "/sign-in/callback?error=" + error + "&state=" + state))
                    .isEqualTo("over");
        });
        SignInVisitor visitor = new SignInVisitor(host);
        String back = SignInVisitor.followed(visitor.begin(""));
        assertThat(visitor.back(back + "&iss=http://localhost/another"))
                .as("an answer of another provider")
                .isEqualTo("failed");
        String made = SignInVisitor.followed(visitor.begin("")).replaceFirst("code=[^&]*", "code=made-up");
        assertThat(visitor.back(made))
                .as("a code that the provider does not know")
                .isIn("over", "failed");
        String none = SignInVisitor.followed(visitor.begin("")).replaceFirst("code=[^&]*", "x=y");
        assertThat(visitor.back(none)).isEqualTo("failed");
    }

    @Test
    void theVerifierBelongsToTheSignIn() {
        SignInVisitor visitor = new SignInVisitor(host);
        String first = SignInVisitor.followed(visitor.begin(""));
        String second = SignInVisitor.followed(visitor.begin(""));
        String mixed = second.replaceFirst("code=[^&]*", "code=" + SignInVisitor.parameter(first, "code"));
        willBe("1002", signedIn(0));
        assertThat(visitor.back(mixed))
                .as("a code that was stolen from another sign-in")
                .isNotEqualTo("done");
    }

    @Test
    void theSessionOfAnotherPersonIsNeverReplacedUnasked() {
        SignInVisitor visitor = signedIn("1002");
        String before = visitor.cookies().get("exeunt_session");
        String back = SignInVisitor.followed(visitor.begin(""));
        willBe("1003", signedIn(0));
        assertThat(visitor.back(back)).isEqualTo("done");
        assertThat(visitor.enter(false).problem()).isEqualTo("session-open");
        assertThat(visitor.cookies()).containsEntry("exeunt_session", before).containsKey("exeunt_signed_in");
        assertThat(visitor.enter(true).status()).isEqualTo(200);
        assertThat(visitor.cookies().get("exeunt_session")).isNotEqualTo(before);
        SignInVisitor thief = new SignInVisitor(host);
        thief.cookies().put("exeunt_session", before);
        assertThat(thief.send("GET", "/account", null).status())
                .as("the other session has ended")
                .isEqualTo(401);

        String third = SignInVisitor.followed(visitor.begin(""));
        willBe("1002", signedIn(0));
        assertThat(visitor.back(third)).isEqualTo("done");
        assertThat(visitor.send("DELETE", "/account/session", null, "X-Exeunt-Csrf", visitor.csrf())
                        .status())
                .isEqualTo(200);
        assertThat(visitor.cookies())
                .as("signing out forgets the sign-in of the other person, too")
                .isEmpty();
    }

    @Test
    void aPersonWithoutAnAccountIsTold() {
        SignInVisitor visitor = new SignInVisitor(host);
        String back = SignInVisitor.followed(visitor.begin(""));
        willBe("990990", signedIn(0));
        try (CapturedLog log = CapturedLog.capture()) {
            assertThat(visitor.back(back)).isEqualTo("unknown");
            assertThat(log.text()).doesNotContain("990990");
        }
        String noKey = SignInVisitor.followed(visitor.begin(""));
        willBe(" ", signedIn(0));
        assertThat(visitor.back(noKey)).isEqualTo("unknown");
    }

    @Test
    void aRecentSignInIsAskedForAndChecked() {
        SignInVisitor visitor = new SignInVisitor(host);
        String back = SignInVisitor.followed(visitor.begin(""));
        willBe("1005", signedIn(660));
        assertThat(visitor.back(back)).isEqualTo("done");
        assertThat(visitor.enter(false).status()).isEqualTo(200);
        String[] csrf = {"X-Exeunt-Csrf", visitor.csrf()};
        assertThat(visitor.send("POST", "/account/data-deletion", "{}", csrf).problem())
                .isEqualTo("sign-in-again");

        String again = visitor.begin("?again=true");
        assertThat(SignInVisitor.parameter(again, "prompt")).isEqualTo("login");
        assertThat(SignInVisitor.parameter(again, "max_age")).isEqualTo("600");
        Map<Map<String, Object>, String> answers =
                Map.of(signedIn(700), "failed", Map.of(), "failed", signedIn(2), "done");
        answers.forEach((claims, word) -> {
            String answer = visitor.begin("?again=true").replace("&prompt=login", ""); // the provider asks nothing
            String followed = SignInVisitor.followed(answer);
            willBe("1005", claims);
            assertThat(visitor.back(followed)).as(claims.toString()).isEqualTo(word);
        });
        assertThat(visitor.enter(false).status()).isEqualTo(200);
        assertThat(visitor.send("POST", "/account/data-deletion", "{}", "X-Exeunt-Csrf", visitor.csrf())
                        .problem())
                .isNotIn("sign-in-again", "unauthenticated", "forbidden");
    }

    @Test
    void aBrowserKeepsFewSignInsThatItHasBegun() {
        SignInVisitor visitor = new SignInVisitor(host);
        for (int i = 0; i < 30; i++) {
            visitor.begin("");
            assertThat(visitor.cookies()).hasSizeBetween(1, 4);
        }
    }

    @Test
    void overHttpsOnlyThisHostMaySetTheCookies() {
        HttpAnswer begun = host.send("GET", "/account/sign-in", null, null, "X-Forwarded-Proto", "https");
        assertThat(begun.header("Set-Cookie"))
                .startsWith("__Host-exeunt_sign_in_")
                .contains("; Secure", "Path=/;");
    }

    @Test
    void thePageTellsItsElementWherePeopleSignIn() {
        assertThat(host.get("/account/page", null).text())
                .contains("<exeunt-page sign-in=\"" + base + "/sign-in\"></exeunt-page>");
    }
}
