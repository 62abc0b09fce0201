package dev.exeunt.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.archive.directory.DirectoryArchives;
import dev.exeunt.export.ExportJobs;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.Actor;
import dev.exeunt.request.RequestRefusedException;
import dev.exeunt.samples.SampleCommands.CommandResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The workspace suite's rows of the acceptance table, as far as they need no HTTP. */
class WorkspaceSuiteTest {

    private static final String MIRA = "usr_mira00000000001";

    @TempDir
    Path folder;

    private static Map<String, String> entries(Path zip) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return entries;
    }

    private Map<String, String> exported(LoadedSample sample) throws IOException {
        CommandResult export = new SampleCommands(sample).run("export", MIRA, "-o", folder.toString());
        assertThat(export.code()).as(export.err()).isZero();
        try (Stream<Path> files = Files.list(folder)) {
            Path zip =
                    files.filter(f -> f.toString().endsWith(".zip")).findFirst().orElseThrow();
            assertThat(zip.getFileName().toString()).matches("data-export-" + MIRA + "-\\d{8}-\\d{6}\\.zip");
            return entries(zip);
        }
    }

    @Test
    @DisplayName("whoever loads the sample can go on writing: no sequence lags behind the data")
    void sequences() {
        try (LoadedSample sample = LoadedSample.load("workspace-suite")) {
            sample.database().execute("""
                    INSERT INTO user_auth_providers (user_id, provider, provider_uid) VALUES ('usr_pia000000000004', 'google', 'g-1');
                    INSERT INTO user_security_events (user_id, kind) VALUES ('usr_pia000000000004', 'login');
                    INSERT INTO blog_posts (workspace_id, title, body) VALUES ('ws_solo', 'New', 'Words');
                    INSERT INTO shop_products (workspace_id, name, price_cents) VALUES ('ws_solo', 'Mug', 900);
                    """);
            assertThat(sample.database().scalar("SELECT max(id) FROM user_security_events"))
                    .isEqualTo("6");
        }
    }

    @Test
    @DisplayName("the map passes check strictly")
    void check() {
        try (LoadedSample sample = LoadedSample.load("workspace-suite")) {
            CommandResult check = new SampleCommands(sample).run("check", "--strict");
            assertThat(check.code()).as(check.out()).isZero();
        }
    }

    @Test
    @DisplayName("WS-01 the bundle is a ZIP of the five sections as JSON and CSV, with a README")
    void bundle() throws IOException {
        try (LoadedSample sample = LoadedSample.load("workspace-suite")) {
            Map<String, String> entries = exported(sample);
            assertThat(entries.keySet())
                    .contains(
                            "README.txt",
                            "profile.json",
                            "profile.csv",
                            "memberships.json",
                            "memberships.csv",
                            "notification_prefs.json",
                            "notification_prefs.csv",
                            "connected_accounts.json",
                            "connected_accounts.csv",
                            "security_events.json",
                            "security_events.csv");
            assertThat(entries.get("security_events.csv"))
                    .as("a spreadsheet runs no formula")
                    .contains("'=HYPERLINK");
            assertThat(String.join("\n", entries.values())).doesNotContain("pw-hash", "refresh-token", "noor@");
        }
    }

    @Test
    @DisplayName(
            "WS-02 memberships carry the workspace's name, role and date; what belongs to a workspace is not in it, and the"
                    + " README says so")
    void memberships() throws IOException {
        try (LoadedSample sample = LoadedSample.load("workspace-suite")) {
            Map<String, String> entries = exported(sample);
            assertThat(entries.get("memberships.csv").lines())
                    .hasSize(4)
                    .anySatisfy(
                            line -> assertThat(line).contains("Sand & Fire Pottery", "owner", "2025-02-03 09:05:00"))
                    .anySatisfy(line -> assertThat(line).contains("Hearth Bakery", "viewer"));
            assertThat(String.join("\n", entries.values()))
                    .doesNotContain("Glazing", "clear glaze", "Blue bowl", "usr_noor");
            assertThat(entries.get("README.txt"))
                    .contains(
                            "WHAT IS IN IT",
                            "memberships (3 rows)",
                            "WHAT IS NOT IN IT",
                            "blog_posts",
                            "shop_products");
        }
    }

    @Test
    @DisplayName("WS-07 the audit log holds user.data_export_requested, and nobody's name")
    void audit() {
        try (SampleTestApplication office = SampleTestApplication.of("workspace-suite")) {
            ExportJobs exports = office.exeunt()
                    .exports(
                            office.sample().map(),
                            new DirectoryArchives(folder),
                            new ExportJobs.ExportTerms(
                                    office.sample().map().export(),
                                    SampleTestApplication.KEY,
                                    ExportJobs.ExportTerms.REMEMBER));
            exports.submit(MIRA, null, Actor.SELF, null);
            assertThat(office.column("SELECT name || ' ' || actor FROM exeunt.event"))
                    .containsExactly("user.data_export_requested self");
            assertThat(office.column("SELECT e::text FROM exeunt.event e")).noneMatch(row -> row.contains("mira"));
        }
    }

    @Test
    @DisplayName("who is the only owner of a workspace that others work in stays until it has another")
    void lastOwner() {
        try (SampleTestApplication office = SampleTestApplication.of("workspace-suite")) {
            assertThatThrownBy(() -> office.requests()
                            .submit(office.ask(AccountFlow.DELETE_ACCOUNT, MIRA, "mira@suite.example")))
                    .isInstanceOfSatisfying(
                            RequestRefusedException.class,
                            e -> assertThat(e.obstacles())
                                    .singleElement()
                                    .satisfies(o -> assertThat(o.link()).isEqualTo("/workspaces/ws_solo/members")));
            office.execute("UPDATE memberships SET role = 'owner' WHERE user_id = 'usr_pia000000000004'");
            office.requests().submit(office.ask(AccountFlow.DELETE_ACCOUNT, MIRA, "MIRA@suite.example"));
        }
    }
}
