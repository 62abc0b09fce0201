package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.testkit.SeededRandom;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * 10,000 other spellings of each kind of token, sent after the token was used, ended or ran out: none is let in. Each is sent by the
 * same seed in every run; a failure names it.
 */
class SpentTokensTest {

    private static final int MUTATIONS = 10_000;
    private static final int THREADS = 4;

    private static final SpringTestApplication HOST = SpringTestApplication.of("guild-platform");

    /** With five digits the last character of the session has bits that say nothing. */
    private static final String PERSON = "10021";

    @BeforeAll
    static void person() {
        HOST.database()
                .execute("INSERT INTO users (id, email, handle) VALUES (10021, 'mallory@x.test', 'mallory');"
                        + " INSERT INTO profiles (user_id, display_name) VALUES (10021, 'M')");
    }

    @AfterAll
    static void close() {
        HOST.close();
    }

    private static RawRequest enter(String token) {
        return RawRequest.of("GET", "/account/enter?token=" + TokenMutation.encoded(token), null);
    }

    private static RawRequest download(String token) {
        return RawRequest.of("GET", "/account/download/" + TokenMutation.encoded(token), null);
    }

    private static RawRequest receipt(String secret) {
        return RawRequest.of("GET", "/account/receipt/" + TokenMutation.encoded(secret), null);
    }

    private static RawRequest session(String cookie) {
        return RawRequest.of("GET", "/account", null).plus("Cookie: exeunt_session=" + cookie);
    }

    private static RawRequest bearer(String token) {
        return RawRequest.of("GET", "/account", null).token(token);
    }

    @Test
    void noSpellingOfALinkThatWasUsedOpensASession() throws Exception {
        String link = AttackerAccount.entry(HOST, PERSON);
        assertThat(accepted(link, SpentTokensTest::enter, 500))
                .as("nor does one before")
                .isEmpty();
        assertThat(status(enter(link))).isEqualTo(302);
        assertThat(status(enter(link))).isEqualTo(401);
        assertThat(accepted(link, SpentTokensTest::enter, MUTATIONS)).isEmpty();
    }

    @Test
    void noSpellingOfASessionThatWasEndedIsLetIn() throws Exception {
        String cookie = cookie();
        assertThat(status(session(cookie))).isEqualTo(200);
        String csrf = HOST.send("GET", "/account/session", null, null, "Cookie", "exeunt_session=" + cookie)
                .at("csrf");
        RawRequest end = RawRequest.of("DELETE", "/account/session", null)
                .plus("Cookie: exeunt_session=" + cookie)
                .plus("X-Exeunt-Csrf: " + csrf);
        assertThat(status(end)).isEqualTo(200);
        assertThat(status(session(cookie))).isEqualTo(401);
        assertThat(accepted(cookie, SpentTokensTest::session, MUTATIONS)).isEmpty();
    }

    @Test
    void noSpellingOfASessionThatIsOverIsLetIn() throws Exception {
        String cookie = cookie();
        HOST.clock().advance(Duration.ofMinutes(30));
        assertThat(status(session(cookie))).isEqualTo(401);
        assertThat(accepted(cookie, SpentTokensTest::session, MUTATIONS)).isEmpty();
    }

    @Test
    void noSpellingOfADownloadLinkIsFollowedBeforeItsTimeIsOverAndNoneAtAllAfterwards() throws Exception {
        String token = HOST.token(PERSON, Map.of(), Duration.ofDays(400));
        String export = AttackerAccount.ready(HOST, token);
        String location =
                HOST.get("/account/export/" + export + "/download", token).header("Location");
        String link = location.substring(location.lastIndexOf('/') + 1);
        assertThat(accepted(link, SpentTokensTest::download, 500)).isEmpty();
        assertThat(status(download(link))).isEqualTo(200);
        HOST.clock().advance(Duration.ofHours(2));
        assertThat(status(download(link))).isEqualTo(410);
        assertThat(accepted(link, SpentTokensTest::download, MUTATIONS)).isEmpty();
    }

    @Test
    void noOtherSpellingOfAReceiptsSecretIsAnswered() throws Exception {
        HttpAnswer asked = HOST.post("/account/data-deletion", HOST.token("1005"), confirmed());
        assertThat(asked.status()).as(asked.text()).isEqualTo(202);
        String link = asked.at("receipt");
        String secret = link.substring(link.lastIndexOf('/') + 1);
        assertThat(status(receipt(secret))).isEqualTo(200);
        assertThat(accepted(secret, SpentTokensTest::receipt, MUTATIONS)).isEmpty();
    }

    private static String confirmed() {
        HttpAnswer preview = HOST.get("/account/preview?flow=delete-data", HOST.token("1005"));
        String handle = HOST.database().scalar("SELECT handle FROM users WHERE id = 1005");
        return "{\"confirm\": \"" + handle + "\", \"acknowledge\": \"" + preview.at("digest") + "\"}";
    }

    @Test
    void noSpellingOfATokenThatIsOverIsLetIn() throws Exception {
        String token = HOST.token(PERSON, Map.of(), Duration.ofMinutes(5));
        assertThat(status(bearer(token))).isEqualTo(200);
        assertThat(status(bearer(token + "="))).as("nor while it holds").isEqualTo(401);
        HOST.clock().advance(Duration.ofMinutes(10));
        assertThat(status(bearer(token))).isEqualTo(401);
        assertThat(accepted(token, SpentTokensTest::bearer, MUTATIONS)).isEmpty();
    }

    private static String cookie() {
        return HOST.get("/account/enter?token=" + AttackerAccount.entry(HOST, PERSON), null)
                .header("Set-Cookie")
                .split(";")[0]
                .split("=", 2)[1];
    }

    private static int status(RawRequest message) throws IOException {
        try (RawConnection line = new RawConnection(HOST.port())) {
            return line.send(message.bytes(), false, false).status();
        }
    }

    private static List<String> accepted(String token, Function<String, RawRequest> call, int mutations)
            throws Exception {
        long began = System.nanoTime();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<List<String>>> parts = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int first = i;
                parts.add(threads.submit(() -> sent(token, call, first, mutations)));
            }
            List<String> accepted = new ArrayList<>();
            for (Future<List<String>> part : parts) {
                accepted.addAll(part.get());
            }
            System.out.println("SpentTokensTest: " + call.apply("x").target() + ": " + mutations + " sent, "
                    + accepted.size() + " accepted, " + (System.nanoTime() - began) / 1_000_000 + " ms");
            return accepted;
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<String> sent(String token, Function<String, RawRequest> call, int first, int mutations)
            throws IOException {
        List<String> accepted = new ArrayList<>();
        TreeMap<Integer, Integer> statuses = new TreeMap<>();
        try (RawConnection line = new RawConnection(HOST.port())) {
            for (int seed = first; seed < mutations; seed += THREADS) {
                String other = TokenMutation.of(token, new SeededRandom(seed));
                int status = line.send(call.apply(other).bytes(), false, false).status();
                statuses.merge(status, 1, Integer::sum);
                if (status < 400) {
                    accepted.add("seed " + seed + ": " + status + " for " + other);
                }
            }
        }
        assertThat(statuses).as("each was answered").doesNotContainKey(0);
        return accepted;
    }
}
