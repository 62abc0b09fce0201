package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.export.ExportJobs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The workspace suite's rows of the acceptance table over HTTP. */
class WorkspaceSuiteHttpTest {

    private static final SpringTestApplication HOST = SpringTestApplication.of("workspace-suite");

    private static final String MIRA = "usr_mira00000000001";
    private static final String NOOR = "usr_noor00000000002";

    @AfterAll
    static void close() {
        HOST.close();
    }

    private static HttpAnswer ready(String token) {
        return PollingLoop.until(() -> HOST.get("/account/export", token), a -> "ready".equals(a.at("latest.state")));
    }

    private static Map<String, String> entries(HttpAnswer zip) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        try (ZipInputStream in =
                new ZipInputStream(new ByteArrayInputStream(zip.response().body()))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return entries;
    }

    @Test
    void theGateKnowsKeysThatNoPathCanHave() {
        String key = "google/117;a%b";
        HOST.database().execute("INSERT INTO users (id, email) VALUES ('" + key + "', 'odd@suite.test')");
        String asked = "?subject=" + URLEncoder.encode(key, StandardCharsets.UTF_8);
        assertThat(HOST.get("/gate" + asked, SpringTestApplication.SERVICE).at("state"))
                .isEqualTo("allowed");
        assertThat(HOST.get("/account", HOST.token(key)).at("state")).isEqualTo("allowed");
        assertThat(HOST.get("/gate?subject=nobody", SpringTestApplication.SERVICE)
                        .at("state"))
                .isEqualTo("erased");
        assertThat(HOST.get("/gate", SpringTestApplication.SERVICE).problem()).isEqualTo("invalid");
    }

    @Test
    @DisplayName(
            "WS-01 WS-02 WS-07 what is downloaded is a ZIP with each section twice; asking for it is in the audit log")
    void bundle() throws IOException {
        String mira = HOST.token(MIRA);
        HttpAnswer asked = HOST.post("/account/export", mira, "{}");
        String way = ready(mira).at("latest.download");
        HttpAnswer zip = HOST.get(HOST.get(way, mira).header("Location"), null);
        assertThat(zip.header("Content-Type")).isEqualTo("application/zip");
        assertThat(zip.header("Content-Disposition"))
                .matches("attachment; filename=\"data-export-" + MIRA + "-\\d{8}-\\d{6}\\.zip\".*");
        Map<String, String> entries = entries(zip);
        for (String section :
                List.of("profile", "memberships", "notification_prefs", "connected_accounts", "security_events")) {
            assertThat(entries).containsKeys(section + ".json", section + ".csv");
        }
        assertThat(entries.get("memberships.json")).contains("Sand & Fire Pottery", "owner", "2025-02-03");
        assertThat(entries.get("README.txt")).contains("WHAT IS NOT IN IT", "blog_posts");
        assertThat(HOST.database()
                        .column("SELECT name FROM exeunt.event WHERE request = '" + asked.at("id") + "' ORDER BY id"))
                .startsWith("user.data_export_requested");
    }

    @Test
    void anExportOfSomeSectionsHoldsTheseAndAnUnknownNameIsRefused() throws IOException {
        String pia = HOST.token("usr_pia000000000004");
        HttpAnswer unknown = HOST.post("/account/export", pia, "{\"sections\": [\"profil\"]}");
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.at("detail")).contains("no section profil", "Did you mean profile?", "memberships");
        for (String wrong : List.of("\"profile\"", "[]", "[1]", "[\"profile\", \"profile\"]", "[\" \"]")) {
            assertThat(HOST.post("/account/export", pia, "{\"sections\": " + wrong + "}")
                            .text())
                    .contains("\"field\":\"sections\"");
        }

        HttpAnswer asked = HOST.post("/account/export", pia, "{\"sections\": [\"profile\"]}");
        assertThat(asked.status()).isEqualTo(202);
        assertThat(asked.json().get("sections").toString()).isEqualTo("[\"profile\"]");
        String way = ready(pia).at("latest.download");
        Map<String, String> entries = entries(HOST.get(HOST.get(way, pia).header("Location"), null));
        assertThat(entries).containsKey("profile.json").doesNotContainKey("memberships.json");
        assertThat(entries.get("README.txt"))
                .contains("It holds only what was asked for: profile.", "Responsible: Workspace Suite GmbH");
    }

    /** The worker is held up at a table that only the making of an export reads. */
    @Test
    @DisplayName(
            "WS-05 a status call says that one is being made, then that it can be downloaded and until when, then neither")
    void status() throws Exception {
        String noor = HOST.token(NOOR, Map.of(), Duration.ofDays(3));
        assertThat(HOST.get("/account/export", noor).at("latest")).isNull();
        try (Connection holding = HOST.database().connection();
                Statement statement = holding.createStatement()) {
            holding.setAutoCommit(false);
            statement.execute("LOCK TABLE user_security_events IN ACCESS EXCLUSIVE MODE");
            HttpAnswer asked = HOST.post("/account/export", noor, "{}");
            HttpAnswer pending = HOST.get("/account/export", noor);
            assertThat(pending.at("latest.id")).isEqualTo(asked.at("id"));
            assertThat(pending.at("latest.state")).isIn("pending", "running");
            assertThat(pending.at("latest.download")).isNull();
            assertThat(pending.at("latest.expiresAt")).isNull();
            assertThat(HOST.get(asked.header("Location") + "/download", noor).problem())
                    .isEqualTo("not-ready");
        }
        Instant made = HOST.clock().instant();
        HttpAnswer ready = ready(noor);
        assertThat(Instant.parse(ready.at("latest.expiresAt"))).isEqualTo(made.plus(Duration.ofHours(24)));
        assertThat(HOST.get(ready.at("latest.download"), noor).status()).isEqualTo(302);
        HOST.clock().set(made.plus(Duration.ofHours(24)));
        for (boolean cleaned : new boolean[] {false, true}) {
            HttpAnswer over = HOST.get("/account/export", noor);
            assertThat(over.at("latest.state")).as("cleaned: " + cleaned).isEqualTo("expired");
            assertThat(over.at("latest.download")).isNull();
            HOST.bean(ExportJobs.class).removeExpired();
        }
        HOST.clock().set(made);
    }
}
