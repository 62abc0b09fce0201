package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The task planner's rows of the acceptance table over HTTP. Each test has people of its own. */
class TaskPlannerHttpTest {

    private static final SpringTestApplication HOST = SpringTestApplication.of(
            "task-planner", Map.of("exeunt.recent-sign-in", "10m", "exeunt.export.direct-rows", "30"));

    private static final String PERSON = "a0000000-0000-4000-8000-00000000000";

    @AfterAll
    static void close() {
        HOST.close();
    }

    /** Somebody who has just signed in. */
    private static String token(int person) {
        return HOST.token(
                PERSON + person, Map.of("auth_time", HOST.clock().instant().getEpochSecond()), Duration.ofDays(1));
    }

    @Test
    @DisplayName("TP-01 TP-03 TP-04 a small account is handed over at once, three times an hour, and each leaves a row")
    void data() {
        String eva = token(5);
        for (int i = 0; i < 3; i++) {
            HttpAnswer data = HOST.get("/account/data", eva);
            assertThat(data.status()).as(data.text()).isEqualTo(200);
            assertThat(data.header("Content-Type")).isEqualTo("application/json;charset=utf-8");
            assertThat(data.header("Content-Disposition"))
                    .matches("attachment; filename=\"planner-export-" + PERSON + "5-[0-9TZ-]+\\.json\"");
            assertThat(data.json().propertyNames().iterator().next()).isEqualTo("schema");
            assertThat(data.text()).contains("eva@planner.example");
        }
        assertThat(HOST.get("/account/data", eva).problem()).isEqualTo("limit");
        assertThat(HOST.send("HEAD", "/account/data", eva, null).status()).isEqualTo(405);
        assertThat(HOST.database()
                        .column("SELECT r.state || ' ' || (e.bytes > 100) FROM exeunt.request r JOIN exeunt.export e"
                                + " ON e.request = r.id WHERE r.subject = '{" + PERSON + "5}'"))
                .containsExactly("delivered true", "delivered true", "delivered true");
    }

    @Test
    @DisplayName("TP-04 the fourth within an hour is refused until a second before the first is an hour old")
    void hour() {
        Instant first = HOST.clock().instant();
        try {
            for (int i = 0; i < 3; i++) {
                HOST.clock().set(first.plus(Duration.ofMinutes(i)));
                assertThat(document().status()).isEqualTo(200);
            }
            HOST.clock().set(first.plus(Duration.ofHours(1)).minusSeconds(1));
            HttpAnswer early = document();
            assertThat(early.status()).isEqualTo(429);
            assertThat(early.header("Retry-After")).isEqualTo("1");
            HOST.clock().set(first.plus(Duration.ofHours(1)));
            assertThat(document().status()).isEqualTo(200);
            assertThat(document().header("Retry-After"))
                    .as("the second is a minute younger")
                    .isEqualTo("60");
        } finally {
            HOST.clock().set(first);
        }
    }

    /** Of the same person, signed in anew: what hands data over needs a recent sign-in. */
    private static HttpAnswer document() {
        return HOST.get("/account/data", token(7));
    }

    @Test
    @DisplayName(
            "a large account is refused with the way to the export that is made in the background, and nothing is counted")
    void tooLarge() {
        String dan = token(4);
        HOST.database()
                .execute("INSERT INTO sessions (id, user_id, token_hash, created_at) SELECT gen_random_uuid(), '"
                        + PERSON + "4', 'many-' || n, '2026-04-01T08:00:00Z' FROM generate_series(1, 40) n");
        HttpAnswer refused = HOST.get("/account/data", dan);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.problem()).isEqualTo("too-large");
        assertThat(refused.at("link")).isEqualTo("/account/export");
        assertThat(HOST.get("/account/export", dan).json().get("exports")).isEmpty();
    }

    @Test
    @DisplayName(
            "TP-05 the address is typed; the only owner is refused with 409, the organisation, and a link to hand it over")
    void confirmed() {
        String cleo = token(3);
        HttpAnswer guarded = HOST.post("/account/deletion", cleo, "{\"confirm\": \"cleo@planner.example\"}");
        assertThat(guarded.status()).isEqualTo(409);
        assertThat(guarded.problem()).isEqualTo("guarded");
        assertThat(guarded.at("obstacles.0.message")).contains("Solo & Sons");
        assertThat(guarded.at("obstacles.0.link")).isEqualTo("/o/solo/members");
        String nobody = token(7);
        assertThat(HOST.post("/account/deletion", nobody, "{}").problem()).isEqualTo("unconfirmed");
        HttpAnswer wrong = HOST.post("/account/deletion", nobody, "{\"confirm\": \"cleo@planner.example\"}");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(HOST.get("/account/preview?flow=delete-account", cleo).at("obstacles.0.guard"))
                .isEqualTo("sole-owner");
    }

    @Test
    @DisplayName(
            "TP-06 TP-07 TP-08 scheduled: sessions gone, cookie cleared, a banner; signing in again and cancelling undoes it")
    void scheduledAndBack() {
        String ben = token(2);
        List<String> before = HOST.database().column("SELECT u::text FROM users u WHERE id = '" + PERSON + "2'");
        HttpAnswer asked = HOST.send(
                "POST",
                "/account/deletion",
                ben,
                "{\"confirm\": \"BEN@planner.example\", \"reason\": \"Enough\"}",
                "Idempotency-Key",
                "one");
        assertThat(asked.status()).as(asked.text()).isEqualTo(202);
        assertThat(Instant.parse(asked.at("dueAt")))
                .isEqualTo(HOST.clock().instant().plus(Duration.ofDays(30)));
        assertThat(asked.header("Set-Cookie")).startsWith("sid=;").contains("Max-Age=0", "HttpOnly");
        assertThat(HOST.database().column("SELECT 1 FROM sessions WHERE user_id = '" + PERSON + "2'"))
                .isEmpty();
        HttpAnswer twice = HOST.post("/account/deletion", ben, "{\"confirm\": \"ben@planner.example\"}");
        assertThat(twice.status()).isEqualTo(200);
        assertThat(twice.at("id")).isEqualTo(asked.at("id"));
        HttpAnswer status = HOST.get("/account", ben);
        assertThat(status.at("state")).isEqualTo("scheduled");
        assertThat(status.at("banner.text")).isEqualTo("Your account will be deleted on 3 June 2026.");
        assertThat(status.at("banner.cancel.href")).isEqualTo("/account/cancellation");
        assertThat(HOST.post(status.at("banner.cancel.href"), HOST.token(PERSON + "2"), "{}")
                        .at("state"))
                .isEqualTo("cancelled");
        assertThat(HOST.database().column("SELECT u::text FROM users u WHERE id = '" + PERSON + "2'"))
                .isEqualTo(before);
        assertThat(HOST.database()
                        .column("SELECT c.cancelled_by FROM exeunt.cancellation c WHERE c.request = '" + asked.at("id")
                                + "'"))
                .containsExactly("self");
        assertThat(HOST.post("/account/cancellation", ben, "{}").problem()).isEqualTo("nothing-open");
    }

    @Test
    @DisplayName("what destroys needs a sign-in within the last minutes, and says so as RFC 9470 has it")
    void recent() {
        String old = HOST.token(
                PERSON + "7",
                Map.of("auth_time", HOST.clock().instant().minusSeconds(601).getEpochSecond()),
                Duration.ofDays(1));
        for (String token : List.of(old, HOST.token(PERSON + "7"))) {
            HttpAnswer refused = HOST.post("/account/deletion", token, "{\"confirm\": \"nobody@planner.example\"}");
            assertThat(refused.problem()).isEqualTo("sign-in-again");
            assertThat(refused.header("WWW-Authenticate")).contains("insufficient_user_authentication", "600");
            assertThat(HOST.get("/account", token).status()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("a subject that reads like an identifier is nobody's key")
    void identifier() {
        assertThat(HOST.get("/account", HOST.token("email:ada@planner.example")).problem())
                .isEqualTo("unauthenticated");
    }
}
