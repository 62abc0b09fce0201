package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.export.ExportJobs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The prediction market's rows of the acceptance table over HTTP. Each test has people of its own. */
class PredictionMarketHttpTest {

    private static final SpringTestApplication HOST = SpringTestApplication.of("prediction-market");

    @AfterAll
    static void close() {
        HOST.close();
    }

    private static HttpAnswer ready(String token, String self) {
        return PollingLoop.until(
                () -> HOST.get(self, token), a -> !List.of("pending", "running").contains(a.at("state")));
    }

    @Test
    @DisplayName(
            "PM-01 PM-02 an export is accepted at once, made by a worker, followed to ready, and handed over by a link")
    void export() {
        String ada = HOST.token("1");
        HttpAnswer asked = HOST.post("/account/export", ada, "{}");
        assertThat(asked.status()).as(asked.text()).isEqualTo(202);
        assertThat(asked.at("state")).isEqualTo("pending");
        String self = asked.header("Location");
        assertThat(self).isEqualTo("/account/export/" + asked.at("id"));
        HttpAnswer made = ready(ada, self);
        assertThat(made.at("state")).as(made.text()).isEqualTo("ready");
        HttpAnswer link = HOST.get(made.at("download"), ada);
        assertThat(link.status()).isEqualTo(302);
        HttpAnswer archive = HOST.get(link.header("Location"), null);
        assertThat(archive.status()).isEqualTo(200);
        assertThat(archive.header("Content-Type")).isEqualTo("application/json;charset=utf-8");
        assertThat(archive.header("Content-Disposition")).startsWith("attachment; filename=\"market-export-1-");
        assertThat(archive.header("Cache-Control")).isEqualTo("no-store");
        assertThat(archive.text()).contains("Ada@market.example");
        parts(link.header("Location"), archive);
    }

    private static void parts(String link, HttpAnswer whole) {
        HttpAnswer part = HOST.send("GET", link, null, null, "Range", "bytes=5-9");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.text()).isEqualTo(whole.text().substring(5, 10));
        assertThat(part.header("Content-Range"))
                .isEqualTo("bytes 5-9/" + whole.response().body().length);
        HttpAnswer beyond = HOST.send("GET", link, null, null, "Range", "bytes=99999999-");
        assertThat(beyond.problem()).isEqualTo("range");
        assertThat(beyond.header("Content-Range"))
                .isEqualTo("bytes */" + whole.response().body().length);
        HttpAnswer head = HOST.send("HEAD", link, null, null);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Length"))
                .isEqualTo("" + whole.response().body().length);
        assertThat(head.text()).isEmpty();
        char last = link.charAt(link.length() - 1);
        HttpAnswer altered = HOST.get(link.substring(0, link.length() - 1) + (last == 'A' ? 'B' : 'A'), null);
        assertThat(altered.status()).isIn(404, 200); // the last letter may hold no bit of the signature
        assertThat(HOST.get(link.replace("download/", "download/x"), null).problem())
                .isEqualTo("not-found");
    }

    @Test
    @DisplayName(
            "PM-04 after its time a download is 410, also when nobody has cleaned up; the file and later the job go")
    void expiry() {
        String ben = HOST.token("2", Map.of(), Duration.ofDays(200));
        String self = HOST.post("/account/export", ben, "{}").header("Location");
        ready(ben, self);
        String link = HOST.get(self + "/download", ben).header("Location");
        assertThat(HOST.get(link, null).status()).isEqualTo(200);
        var before = HOST.clock().instant();
        try {
            HOST.clock().advance(Duration.ofHours(1));
            assertThat(HOST.get(link, null).problem()).isEqualTo("gone");
            HOST.clock().set(before.plus(Duration.ofHours(25)));
            assertThat(HOST.get(self + "/download", ben).problem()).isEqualTo("gone");
            assertThat(HOST.get(self, ben).at("state")).isEqualTo("expired");
            assertThat(HOST.bean(ExportJobs.class).removeExpired().expired()).isPositive();
            assertThat(HOST.get(self + "/download", ben).problem()).isEqualTo("gone");
            HOST.clock().set(before.plus(Duration.ofDays(100)));
            HOST.bean(ExportJobs.class).removeExpired();
            assertThat(HOST.get(self, ben).problem()).isEqualTo("not-found");
        } finally {
            HOST.clock().set(before);
        }
    }

    private static Map<String, List<String>> headers(HttpAnswer answer) {
        Map<String, List<String>> headers =
                new TreeMap<>(answer.response().headers().map());
        headers.remove("date");
        return headers;
    }

    @Test
    @DisplayName("PM-09 WS-08 somebody else's export is as one that does not exist; without a token 401")
    void others() {
        String cem = HOST.token("3");
        String self = HOST.post("/account/export", cem, "{}").header("Location");
        String dana = HOST.token("4");
        for (String end : List.of("", "/download")) {
            HttpAnswer foreign = HOST.get(self + end, dana);
            HttpAnswer absent = HOST.get("/account/export/00000000-0000-4000-8000-000000000000" + end, dana);
            assertThat(foreign.problem()).isEqualTo("not-found");
            assertThat(foreign.text()).isEqualTo(absent.text());
            assertThat(headers(foreign)).isEqualTo(headers(absent));
            assertThat(HOST.get(self + end, null).problem()).isEqualTo("unauthenticated");
        }
        assertThat(HOST.send("DELETE", self, dana, null).problem()).isEqualTo("not-found");
        assertThat(HOST.get("/account/export?subject=3&userId=3", dana).json().get("exports"))
                .isEmpty();
        assertThat(HOST.post("/account/export", dana, "{\"subject\": \"3\"}").problem())
                .isEqualTo("invalid");
    }

    @Test
    @DisplayName(
            "PM-08 who was erased is refused with a token from before, the gate says so, and the sessions are gone")
    void erased() {
        HOST.database()
                .execute("INSERT INTO users (id, username, display_name, role, reputation, created_at)"
                        + " VALUES (70, 'gone', 'Gone', 'user', 0, '2025-01-04T09:00:00Z')");
        String gone = HOST.token("70", Map.of(), Duration.ofDays(2));
        HttpAnswer deleted = HOST.send("DELETE", "/account", gone, "{\"confirm\": \"delete-account\"}");
        assertThat(deleted.status()).as(deleted.text()).isEqualTo(200);
        assertThat(deleted.at("state")).isEqualTo("erased");
        assertThat(deleted.header("Set-Cookie")).startsWith("sid=;").contains("Max-Age=0");
        assertThat(HOST.get("/account", gone).problem()).isEqualTo("unauthenticated");
        HOST.clock().advance(Duration.ofMinutes(5));
        assertThat(HOST.get("/account", HOST.token("70")).problem()).isEqualTo("unauthenticated");
        HttpAnswer gate = HOST.get("/gate/70?issued-at=1700000000", SpringTestApplication.SERVICE);
        assertThat(gate.at("state")).isEqualTo("erased");
        assertThat(gate.json().get("allowed").booleanValue()).isFalse();
        assertThat(HOST.database().scalar("SELECT deleted_at IS NOT NULL FROM users WHERE id = 70"))
                .isEqualTo("t");
        assertThat(HOST.database().column("SELECT 1 FROM refresh_tokens WHERE user_id = 70"))
                .isEmpty();
    }

    @Test
    @DisplayName(
            "WS-03 one export per 24 hours, exact under 50 simultaneous requests; then 429 that says in how many hours")
    void limit() throws Exception {
        String zoe = HOST.token("6", Map.of(), Duration.ofDays(3));
        Instant asked = HOST.clock().instant();
        ExecutorService fifty = Executors.newFixedThreadPool(50);
        try {
            List<Callable<HttpAnswer>> calls = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                calls.add(() -> HOST.post("/account/export", zoe, "{}"));
            }
            for (Future<HttpAnswer> each : fifty.invokeAll(calls)) {
                assertThat(each.get().status()).as(each.get().text()).isIn(200, 202, 429);
            }
        } finally {
            fifty.shutdownNow();
        }
        assertThat(HOST.database()
                        .scalar("SELECT count(*) FROM exeunt.request WHERE kind = 'export' AND subject = '{6}'"))
                .isEqualTo("1");
        PollingLoop.until(() -> HOST.get("/account/export", zoe), a -> "ready".equals(a.at("latest.state")));
        HttpAnswer refused = HOST.post("/account/export", zoe, "{}");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.problem()).isEqualTo("limit");
        assertThat(refused.at("detail")).contains("Ask again in 24 hours.");
        assertThat(refused.header("Retry-After")).isEqualTo("86400");
        HttpAnswer status = HOST.get("/account/export", zoe);
        assertThat(status.at("cooldown")).isEqualTo("You can ask again in 24 hours.");
        assertThat(status.at("latest.download")).isNotNull();
        try {
            HOST.clock().set(asked.plus(Duration.ofHours(24)).minusSeconds(1));
            HttpAnswer early = HOST.post("/account/export", zoe, "{}");
            assertThat(early.status()).as("a second before the window ends").isEqualTo(429);
            assertThat(early.header("Retry-After")).isEqualTo("1");
            HOST.clock().set(asked.plus(Duration.ofHours(24)));
            assertThat(HOST.post("/account/export", zoe, "{}").status()).isEqualTo(202);
        } finally {
            HOST.clock().set(asked);
        }
    }
}
