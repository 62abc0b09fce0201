package dev.exeunt.spring;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.exeunt.spring.TestBrowser.Reader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/** The catch log's rows of the acceptance table over HTTP. */
class CatchLogHttpTest {

    private static final String LEAVER = "8d8685d5-b9fb-a13a-c65f-751077267bbc";
    /** Made report 244 about the leaver; nothing else links the two. */
    private static final String REPORTER = "610a8bdd-2102-8224-f0e8-88bdbe903023";

    private static final Map<String, Integer> ROWS = Map.ofEntries(
            Map.entry("profile", 1),
            Map.entry("admin", 0),
            Map.entry("catches", 8),
            Map.entry("comments", 17),
            Map.entry("ratings", 14),
            Map.entry("reactions", 10),
            Map.entry("follows", 18),
            Map.entry("notifications", 27),
            Map.entry("reports", 9),
            Map.entry("warnings", 2),
            Map.entry("moderation_log", 5),
            Map.entry("data_requests", 1));

    private static final SpringTestApplication HOST = SpringTestApplication.of("catch-log");

    @AfterAll
    static void close() {
        HOST.close();
    }

    /** What was made for this location, as its reader gets it. */
    private static HttpAnswer fetched(String self, String token) {
        HttpAnswer made = PollingLoop.until(() -> HOST.get(self, token), answer -> "ready".equals(answer.at("state")));
        return HOST.get(HOST.get(made.at("download"), token).header("Location"), null);
    }

    private static List<String> column(JsonNode section, String name) {
        List<String> values = new ArrayList<>();
        section.forEach(row -> values.add(row.has(name) ? row.get(name).asString("") : ""));
        return values;
    }

    @Test
    @DisplayName("CL-01 CL-02 the document has a key per entity, media as paths, and no reporter of the person")
    void export() {
        String leaver = HOST.token(LEAVER);
        HttpAnswer asked = HOST.post("/account/export", leaver, "{}");
        HttpAnswer document = fetched(asked.header("Location"), leaver);
        Map<String, Integer> rows = new TreeMap<>();
        document.json()
                .propertyStream()
                .filter(section -> section.getValue().isArray())
                .forEach(
                        section -> rows.put(section.getKey(), section.getValue().size()));
        assertThat(rows).isEqualTo(new TreeMap<>(ROWS));
        JsonNode follows = document.json().get("follows");
        assertThat(column(follows, "follower_id")).contains(LEAVER);
        assertThat(column(follows, "following_id")).contains(LEAVER);
        List<String> media = new ArrayList<>();
        document.json()
                .get("catches")
                .forEach(row -> row.get("media_paths").forEach(path -> media.add(path.asString())));
        assertThat(media).isNotEmpty().allMatch(path -> path.startsWith("catches/42/") && path.length() < 40);
        JsonNode reports = document.json().get("reports");
        assertThat(column(reports, "reported_user_id")).contains(LEAVER);
        assertThat(column(reports, "reporter_id")).contains(LEAVER);
        assertThat(reports.toString())
                .doesNotContain(REPORTER, "It is me, angler-0099", "Signed, angler-0099", "The fish lay on gravel");
    }

    @Test
    @DisplayName("the archive holds the pictures that rows name, and its page shows them")
    void pictures(@TempDir Path directory) throws IOException {
        FileSystemUtils.copyRecursively(
                Path.of(System.getProperty("exeunt.samples"), "catch-log", "photos"), HOST.archives());
        String leaver = HOST.token(LEAVER);
        HttpAnswer asked = HOST.post("/account/export", leaver, "{\"format\": \"zip\"}");
        HttpAnswer zip = fetched(asked.header("Location"), leaver);
        ExtractedBundle bundle = ExtractedBundle.of(zip.response().body(), directory);
        try (TestBrowser browser = TestBrowser.start();
                BrowserContext reader = browser.context(Reader.GERMAN, ExtractedBundle.NOW)) {
            Page page = reader.newPage();
            page.navigate(bundle.section("profile"));
            assertThat(page.locator("tbody img")).hasJSProperty("naturalWidth", 64);
            page.navigate(bundle.section("catches"));
            page.locator("tbody img").scrollIntoViewIfNeeded();
            assertThat(page.locator("tbody img")).hasJSProperty("naturalWidth", 96);
            assertThat(page.locator("tbody")).containsText("Die Datei wurde nicht gefunden.");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    @DisplayName(
            "CL-03 the person or an admin may call, nobody else; an admin's export is recorded with actor and reason")
    void callers() {
        String admin = HOST.database().scalar("SELECT min(user_id::text) FROM admin_users");
        String exports = "/account/admin/" + LEAVER + "/export";
        String other = HOST.database().scalar("SELECT id::text FROM profiles WHERE username = 'angler-0041'");
        assertThat(HOST.post(exports, null, "{\"reason\": \"x\"}").status()).isEqualTo(401);
        assertThat(HOST.post(exports, HOST.token(other), "{\"reason\": \"x\"}").status())
                .isEqualTo(403);
        assertThat(HOST.post(exports, HOST.token(LEAVER), "{\"reason\": \"x\"}").status())
                .isEqualTo(403);
        assertThat(HOST.post(exports, HOST.admin(admin), "{}").status()).isEqualTo(422);
        assertThat(
                        HOST.database()
                                .column(
                                        "SELECT 1 FROM exeunt.event WHERE name = 'user.data_export_requested' AND actor <> 'self'"))
                .isEmpty();
        HttpAnswer asked = HOST.post(exports, HOST.admin(admin), "{\"reason\": \"A letter of 2 May\"}");
        assertThat(asked.status()).as(asked.text()).isEqualTo(202);
        assertThat(fetched(asked.at("self"), HOST.admin(admin)).json().get("catches"))
                .hasSize(8);
        assertThat(HOST.database()
                        .column("SELECT name || ' ' || actor || coalesce(' ' || reason, '') FROM exeunt.event"
                                + " WHERE request = '" + asked.at("id") + "' AND actor <> 'exeunt' ORDER BY id"))
                .containsExactly(
                        "user.data_export_requested staff:" + admin + " A letter of 2 May",
                        "user.data_export_fetched staff:" + admin);
        assertThat(HOST.get("/account/export/" + asked.at("id"), HOST.token(LEAVER))
                        .at("requestedBy"))
                .isEqualTo("staff");
    }
}
