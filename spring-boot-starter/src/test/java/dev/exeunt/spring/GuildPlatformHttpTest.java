package dev.exeunt.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.Actor;
import dev.exeunt.request.NewRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The guild platform's rows of the acceptance table over HTTP, and what staff do. */
class GuildPlatformHttpTest {

    private static final SpringTestApplication HOST = SpringTestApplication.of("guild-platform");

    @AfterAll
    static void close() {
        HOST.close();
    }

    @Test
    @DisplayName(
            "GP-01 GP-09 two flows, two calls, two records; warnings that name the guilds are acknowledged, a handle typed")
    void flows() {
        String anna = HOST.token("1001", java.util.Map.of(), Duration.ofDays(3));
        HttpAnswer preview = HOST.get("/account/preview?flow=delete-data", anna);
        assertThat(preview.status()).as(preview.text()).isEqualTo(200);
        assertThat(preview.json().get("warnings")).isNotEmpty();
        assertThat(preview.at("confirm")).isEqualTo("handle");
        assertThat(preview.json().get("tables")).isNotEmpty();
        HttpAnswer unread = HOST.post("/account/data-deletion", anna, "{\"confirm\": \"anna\"}");
        assertThat(unread.status()).isEqualTo(409);
        assertThat(unread.problem()).isEqualTo("warnings");
        assertThat(unread.json().get("warnings")).isEqualTo(preview.json().get("warnings"));
        String digest = unread.at("digest");
        assertThat(HOST.post("/account/data-deletion", anna, "{\"acknowledge\": \"" + digest + "\"}")
                        .problem())
                .isEqualTo("unconfirmed");
        assertThat(HOST.post(
                                "/account/data-deletion",
                                anna,
                                "{\"acknowledge\": \"" + digest + "\", \"confirm\": \"bo\"}")
                        .at("detail"))
                .isEqualTo("That is not your handle. Nothing was changed.");
        String body = "{\"acknowledge\": \"" + digest + "\", \"confirm\": \"Anna\"}";
        HttpAnswer deleting = HOST.post("/account/data-deletion", anna, body);
        assertThat(deleting.status()).as(deleting.text()).isEqualTo(202);
        assertThat(deleting.at("loginBlockedUntil")).isNull();
        assertThat(deleting.header("Set-Cookie")).isNull();
        HOST.clock().advance(Duration.ofHours(1));
        deactivated(anna, deleting);
    }

    @Test
    @DisplayName(
            "GP-09 warnings read before a guild was renamed are refused with 409, and so are those of the other flow")
    void staleWarnings() {
        String dmitri = HOST.token("1004");
        String ofData = digest("delete-data", dmitri);
        String ofAccount = digest("deactivate", dmitri);
        assertThat(ofData).isNotEqualTo(ofAccount);
        assertRefused(acknowledging("/account/data-deletion", ofAccount, dmitri), ofData, "Iron Owls needs");
        assertRefused(acknowledging("/account/deactivation", ofData, dmitri), ofAccount, "Iron Owls needs");
        HOST.database().execute("UPDATE guilds SET name = 'Steel Owls' WHERE id = 1");
        try {
            String now = digest("delete-data", dmitri);
            assertThat(now).isNotEqualTo(ofData);
            assertRefused(acknowledging("/account/data-deletion", ofData, dmitri), now, "Steel Owls needs");
            assertThat(HOST.get("/account", dmitri).json().get("requests")).isEmpty();
            assertThat(acknowledging("/account/data-deletion", now, dmitri).status())
                    .isEqualTo(202);
        } finally {
            HOST.database().execute("UPDATE guilds SET name = 'Iron Owls' WHERE id = 1");
        }
    }

    @Test
    @DisplayName("staff hold an erasure; only a person who is told learns of it, and it goes on after the release")
    void legalHolds() {
        String admin = HOST.admin("1008");
        String person = HOST.token("1006", java.util.Map.of(), Duration.ofDays(60));
        String holds = "/account/admin/holds";
        String first = HOST.post(holds, admin, "{\"subject\": \"1006\", \"reason\": \"lawsuit of qz\"}")
                .at("id");
        AccountRequests requests = HOST.bean(AccountRequests.class);
        requests.submit(NewRequest.staff(AccountFlow.DELETE_DATA, "1006", "kim", "a letter"));
        assertThat(HOST.get("/account", person).json().get("delayedByHold").asBoolean())
                .isFalse();
        HOST.clock().advance(Duration.ofSeconds(1));
        HttpAnswer told = HOST.post(
                holds,
                admin,
                "{\"subject\": \"1006\", \"reason\": \"audit\", \"tables\": [\"messages\"], \"tell\": true,"
                        + " \"until\": \"2099-01-31T12:00:00+01:00\"}");
        assertThat(told.at("until")).as(told.text()).isEqualTo("2099-01-31T11:00:00Z");
        HttpAnswer account = HOST.get("/account", person);
        assertThat(account.json().get("delayedByHold").asBoolean()).isTrue();
        assertThat(account.at("banner.text")).endsWith(" A legal hold may delay this.");
        assertThat(account.text()).doesNotContain("audit", "lawsuit");
        assertThat(HOST.get("/account/preview?flow=delete-data", person)
                        .json()
                        .get("delayedByHold")
                        .asBoolean())
                .isTrue();
        HttpAnswer listed = HOST.get(holds + "?subject=1006", admin);
        assertThat(listed.json().get("holds")).hasSize(2);
        assertThat(listed.at("holds.0.tables.0")).isEqualTo("messages");
        for (String id : List.of(told.at("id"), first)) {
            assertThat(HOST.post(holds + "/" + id + "/release", admin, "{\"reason\": \"over\"}")
                            .at("releasedBy"))
                    .isEqualTo("staff:1008");
        }
        assertThat(HOST.post(holds + "/" + first + "/release", admin, "{\"reason\": \"over\"}")
                        .problem())
                .isEqualTo("nothing-open");
        assertThat(HOST.get(holds + "?subject=1006&state=all", admin).json().get("holds"))
                .hasSize(2);
        requests.cancel("1006", Actor.SELF, null);
        assertThat(HOST.database().column("SELECT e::text FROM exeunt.event e")).noneMatch(e -> e.contains("of qz"));
    }

    @Test
    @DisplayName("a hold that cannot be placed is refused, and says why")
    void unfitHolds() {
        String admin = HOST.admin("1008");
        for (String wrong : List.of(
                "{\"subject\": \"1006\"}",
                "{\"reason\": \"x\"}",
                "{\"reason\": \"x\", \"subject\": \"1006\", \"receipt\": \"00000000-0000-4000-8000-000000000000\"}",
                "{\"reason\": \"x\", \"receipt\": \"00000000-0000-4000-8000-000000000000\"}",
                "{\"reason\": \"x\", \"receipt\": \"seven\"}",
                "{\"reason\": \"x\", \"subject\": \"1006\", \"tables\": [\"massages\"]}",
                "{\"reason\": \"x\", \"subject\": \"1006\", \"until\": \"2000-01-01T00:00:00Z\"}",
                "{\"reason\": \"x\", \"subject\": \"1006\", \"until\": \"tomorrow\"}",
                "{\"reason\": \"x\", \"subject\": \"1006\", \"told\": true}")) {
            HttpAnswer refused = HOST.post("/account/admin/holds", admin, wrong);
            assertThat(refused.status()).as(wrong + refused.text()).isEqualTo(422);
        }
        assertThat(HOST.post("/account/admin/holds", admin, "{\"reason\": \"x\", \"subject\": \"99\"}")
                        .status())
                .isEqualTo(404);
        assertThat(HOST.post("/account/admin/holds/seven/release", admin, "{\"reason\": \"x\"}")
                        .status())
                .isEqualTo(404);
        assertThat(HOST.get("/account/admin/holds?state=some", admin).status()).isEqualTo(422);
    }

    private static String digest(String flow, String person) {
        return HOST.get("/account/preview?flow=" + flow, person).at("digest");
    }

    private static HttpAnswer acknowledging(String call, String digest, String person) {
        return HOST.post(call, person, "{\"acknowledge\": \"" + digest + "\", \"confirm\": \"dmitri\"}");
    }

    private static void assertRefused(HttpAnswer answer, String digest, String warning) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(409);
        assertThat(answer.problem()).isEqualTo("warnings");
        assertThat(answer.at("digest")).isEqualTo(digest);
        assertThat(answer.json().get("warnings").toString()).contains(warning);
    }

    @Test
    void thePreviewTellsWhatIsOutOfSightAtOnceAndWhatIsNot() {
        assertThat(atRequest("deactivate"))
                .containsEntry("users", "hidden")
                .containsEntry("profiles", "hidden")
                .containsEntry("web_sessions", "deleted")
                .containsEntry("guild_events", "");
        assertThat(atRequest("delete-data"))
                .containsEntry("profiles", "hidden")
                .containsEntry("users", "")
                .containsEntry("web_sessions", "");
    }

    @Test
    void thePreviewNamesTablesInTheReadersLanguage() {
        assertThat(title("messages"))
                .isEqualTo("Your messages; What you wrote in guilds, and answers of others to it.");
        assertThat(title("messages", "Accept-Language", "de-CH,de;q=0.9,en;q=0.5"))
                .startsWith("Ihre Nachrichten; Was Sie in Gilden geschrieben haben");
        assertThat(title("messages", "Accept-Language", "fr")).startsWith("Your messages");
        assertThat(title("messages", "Accept-Language", ";;=,")).startsWith("Your messages");
        assertThat(title("messages", "Accept-Language", "de,".repeat(400))).startsWith("Your messages");
        assertThat(title("profiles")).as("the map gives none").isEqualTo("; ");
    }

    private static String title(String table, String... headers) {
        JsonNode shown = HOST.send("GET", "/account/preview?flow=delete-data", HOST.token("1002"), null, headers)
                .json()
                .get("tables")
                .valueStream()
                .filter(t -> t.get("table").asString().equals(table))
                .findFirst()
                .orElseThrow();
        return shown.get("title").asString("") + "; " + shown.get("means").asString("");
    }

    @Test
    void thePreviewTellsWhyRowsStayAndUntilWhen() {
        HOST.database()
                .execute(
                        "INSERT INTO infractions (guild_id, user_id, moderator_id, kind, reason) SELECT min(id), 1002, 1001, 'mute', 'spam'"
                                + " FROM guilds");
        JsonNode infractions = HOST.get("/account/preview?flow=deactivate", HOST.token("1002"))
                .json()
                .get("tables")
                .valueStream()
                .filter(t -> t.get("table").asString().equals("infractions"))
                .findFirst()
                .orElseThrow();
        JsonNode kept = infractions.get("kept");
        assertThat(kept.get("reason").asString()).isEqualTo("evidence of an infraction");
        assertThat(kept.get("basis").asString()).isEqualTo("legal-claims");
        assertThat(kept.get("for").asString()).isEqualTo("3y");
        Instant erased = HOST.clock().instant().plus(Duration.ofDays(30));
        assertThat(kept.get("until").asString())
                .isEqualTo(
                        erased.atZone(ZoneOffset.UTC).plusYears(3).toInstant().toString());
        assertThat(kept.get("thenDelete").asBoolean()).isTrue();
    }

    private static java.util.Map<String, String> atRequest(String flow) {
        java.util.Map<String, String> said = new java.util.TreeMap<>();
        HOST.get("/account/preview?flow=" + flow, HOST.token("1002"))
                .json()
                .get("tables")
                .forEach(t ->
                        said.put(t.get("table").asString(), t.get("atRequest").asString("")));
        return said;
    }

    private static void deactivated(String anna, HttpAnswer deleting) {
        String digest = HOST.get("/account/preview?flow=deactivate", anna).at("digest");
        String body = "{\"acknowledge\": \"" + digest + "\", \"confirm\": \"anna\"}";
        HttpAnswer away = HOST.post("/account/deactivation", anna, body);
        assertThat(away.status()).as(away.text()).isEqualTo(202);
        assertThat(away.at("id")).isNotEqualTo(deleting.at("id"));
        assertThat(HOST.get("/gate/1001", SpringTestApplication.SERVICE).at("state"))
                .isEqualTo("blocked");
        HttpAnswer status = HOST.get("/account", anna);
        assertThat(status.at("dataDeletionRequestedAt")).isEqualTo(deleting.at("requestedAt"));
        assertThat(status.at("deactivatedAt")).isEqualTo(away.at("requestedAt"));
        assertThat(status.at("loginBlockedUntil")).isEqualTo(away.at("loginBlockedUntil"));
        assertThat(HOST.post("/account/data-deletion", anna, body).problem()).isEqualTo("away");
        assertThat(status.json().get("flows").findValuesAsString("flow"))
                .as("what is refused for now is not offered")
                .containsExactly("deactivate");
        assertThat(HOST.post("/account/export", anna, "{}").status()).isEqualTo(202);
        HttpAnswer back = HOST.post("/account/reactivation", anna, "{}");
        assertThat(back.at("state")).isEqualTo("reactivated");
        HttpAnswer early = HOST.get("/account", anna);
        assertThat(early.at("state")).as("the login block holds to its end").isEqualTo("blocked");
        assertThat(early.at("loginBlockedUntil")).isEqualTo(away.at("loginBlockedUntil"));
        assertThat(early.at("until")).isEqualTo(away.at("loginBlockedUntil"));
        assertThat(HOST.post("/account/data-deletion", anna, body).at("detail"))
                .contains("wait until the block is over");
        Instant now = HOST.clock().instant();
        HOST.clock().set(Instant.parse(away.at("loginBlockedUntil")).minusSeconds(1));
        assertThat(HOST.get("/gate/1001", SpringTestApplication.SERVICE).at("state"))
                .isEqualTo("blocked");
        HOST.clock().advance(Duration.ofSeconds(1));
        assertThat(HOST.get("/account", anna).at("state")).isEqualTo("scheduled");
        HOST.clock().set(now);
    }

    @Test
    @DisplayName(
            "CL-03 staff ask for somebody, with a reason; it is in that person's history, and due dates are in the list")
    void staff() {
        String admin = HOST.admin("1008");
        String path = "/account/admin/1003";
        assertThat(HOST.post(path + "/export", admin, "{}").problem()).isEqualTo("invalid");
        HttpAnswer export = HOST.post(path + "/export", admin, "{\"reason\": \"Letter of 3 May\"}");
        assertThat(export.status()).as(export.text()).isEqualTo(202);
        HttpAnswer leaving = HOST.post(path + "/deactivation", admin, "{\"reason\": \"Letter of 3 May\"}");
        assertThat(leaving.status()).as(leaving.text()).isEqualTo(202);
        assertThat(HOST.database()
                        .column("SELECT name || ' ' || actor || ' ' || reason FROM exeunt.event WHERE request = '"
                                + export.at("id") + "' AND actor <> 'exeunt'"))
                .containsExactly("user.data_export_requested staff:1008 Letter of 3 May");
        String chiara = HOST.token("1003");
        assertThat(HOST.get("/account", chiara).at("requests.0.requestedBy")).isEqualTo("staff");
        assertThat(HOST.get("/account/export", chiara).at("latest.requestedBy")).isEqualTo("staff");
        assertThat(HOST.database()
                        .column("SELECT actor || ' ' || reason FROM exeunt.event WHERE request = '" + leaving.at("id")
                                + "'"))
                .containsExactly("staff:1008 Letter of 3 May");
        pages(admin, leaving);
        assertThat(HOST.post(path + "/retry", admin, "{\"reason\": \"x\"}").problem())
                .isEqualTo("nothing-open");
        assertThat(HOST.post(path + "/reactivation", admin, "{\"reason\": \"A mistake\"}")
                        .at("state"))
                .isEqualTo("reactivated");
        assertThat(HOST.get(path, admin).at("requests.0.state")).isEqualTo("reactivated");
        assertThat(HOST.get("/account/admin/4711", admin).problem())
                .as("who was never there is not said to be erased")
                .isEqualTo("not-found");
        assertThat(HOST.post("/account/admin/4711/export", admin, "{\"reason\": \"x\"}")
                        .problem())
                .isEqualTo("not-found");
    }

    @Test
    @DisplayName("staff who answer a letter fetch what they have asked for, which is recorded, and nothing else")
    void staffAnswerALetter() {
        String admin = HOST.admin("1008");
        String exports = "/account/admin/email:bruno%40guild.example/export";
        String own = HOST.post("/account/export", HOST.token("1002"), "{}").at("id");
        PollingLoop.until(
                () -> HOST.get("/account/export/" + own, HOST.token("1002")).at("state"), "ready"::equals);
        HOST.clock().advance(Duration.ofSeconds(1));
        HttpAnswer asked = HOST.post(exports, admin, "{\"reason\": \"a letter of 2 May\", \"format\": \"json\"}");
        assertThat(asked.status()).as(asked.text()).isEqualTo(202);
        assertThat(asked.at("self")).isEqualTo(exports.replace("%40", "@") + "/" + asked.at("id"));
        HttpAnswer made =
                PollingLoop.until(() -> HOST.get(asked.at("self"), admin), a -> "ready".equals(a.at("state")));
        HttpAnswer way = HOST.get(made.at("download"), admin);
        assertThat(way.status()).as(way.text()).isEqualTo(302);
        assertThat(HOST.get(way.header("Location"), null).text()).contains("bruno@guild.example");
        assertThat(HOST.database()
                        .column("SELECT actor FROM exeunt.event WHERE name = 'user.data_export_fetched' AND request = '"
                                + asked.at("id") + "'"))
                .containsExactly("staff:1008");
        assertThat(HOST.get(exports + "/" + own + "/download", admin).problem()).isEqualTo("not-found");
        assertThat(HOST.get(exports + "/" + own, admin).at("download")).isNull();
        assertThat(HOST.get("/account/export", HOST.token("1002")).at("latest.requestedBy"))
                .isEqualTo("staff");
    }

    private static void pages(String admin, HttpAnswer leaving) {
        String all = "/account/admin/requests?state=all&size=1";
        HttpAnswer first = HOST.get(all, admin);
        HttpAnswer page = first;
        int seen = 1;
        boolean found = false;
        while (page.at("next") != null) {
            page = HOST.get(all + "&after=" + page.at("next"), admin);
            seen++;
            if (leaving.at("id").equals(page.at("requests.0.id"))) {
                found = true;
                assertThat(page.at("requests.0.subject")).isEqualTo("1003");
                assertThat(page.at("requests.0.reason")).isEqualTo("Letter of 3 May");
                assertThat(page.at("requests.0.answerBy.oneMonth")).startsWith("2026-06-04T");
                assertThat(page.at("requests.0.answerBy.fortyFiveDays")).startsWith("2026-06-18T");
            }
        }
        assertThat(found).isTrue();
        assertThat(HOST.database().scalar("SELECT count(*) FROM exeunt.request"))
                .isEqualTo("" + seen);
        String beyond = Base64.getUrlEncoder()
                .encodeToString("+999999999-12-31T23:59:59Z 00000000-0000-4000-8000-000000000000".getBytes(UTF_8));
        assertThat(HOST.get("/account/admin/requests?after=" + beyond, admin).problem())
                .isEqualTo("invalid");
        assertThat(HOST.get("/account/admin/requests?after=nonsense", admin).problem())
                .isEqualTo("invalid");
    }
}
