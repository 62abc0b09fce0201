package dev.exeunt.internal.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.ExeuntException;
import dev.exeunt.ProgressListener;
import dev.exeunt.export.ExportSummary;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.map.ExportSettings.BundleFormat;
import dev.exeunt.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExporterTest {

    private static final String SCHEMA = """
            CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, secret bytea, locale text);
            CREATE TABLE catches (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users, species text);
            CREATE INDEX ON catches (user_id);
            CREATE TABLE reports (
                id bigint PRIMARY KEY,
                reporter_id bigint REFERENCES users, target_id bigint REFERENCES users,
                catch_id bigint REFERENCES catches,
                note text, verdict int);
            CREATE INDEX ON reports (reporter_id);
            CREATE INDEX ON reports (target_id);
            CREATE INDEX ON reports (catch_id);
            CREATE TABLE "Odd ""T"" x" ("exeunt_row" int, "select" text, "Us er" bigint NOT NULL REFERENCES users);
            CREATE INDEX ON "Odd ""T"" x" ("Us er");
            CREATE TABLE sessions (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users);
            CREATE INDEX ON sessions (user_id);
            INSERT INTO users SELECT n, 'user' || n || '@example.org', 'hash', 'en' FROM generate_series(1, 9) n;
            INSERT INTO catches SELECT n, 1 + n % 2, 'perch ' || n FROM generate_series(40, 1, -1) n;
            INSERT INTO reports VALUES (1, 1, 2, NULL, 'by one', 10), (2, 2, 1, NULL, 'about one', 20),
                (3, 1, 1, NULL, 'both', 30), (4, 2, 3, NULL, 'none of theirs', 40), (5, 9, 2, 2, 'their catch', 50);
            INSERT INTO "Odd ""T"" x" VALUES (1, 'mine', 1), (2, 'not mine', 2);
            INSERT INTO sessions VALUES (1, 1);
            """;

    private static final String MAP = """
            version: 1
            subject: { table: users, key: id, identifiers: [email] }
            tables:
              users:
                section: profile
                export: { except: [secret] }
                erase: { anonymize: { email: "deleted-{key}@erased.invalid", secret: null }, retain: [locale] }
              reports:
                erase: delete
                links:
                  reporter: { subject: reporter_id, export: { except: [verdict, target_id] } }
                  target: { subject: target_id, erase: { keep: { reason: evidence, basis: legal-claims, for: 6y }, retain: [note] }, export: { except: [reporter_id] } }
                  my-catches: { through: catches, on: catch_id, erase: { detach: true, retain: [note] }, export: none }
              catches: { subject: user_id, erase: delete }
              '"Odd ""T"" x"': { subject: "Us er", erase: delete }
              sessions: { subject: user_id, erase: delete, export: none }
            """;

    private TestDatabase database;

    @BeforeEach
    void create() {
        database = TestDatabase.createFrom(SCHEMA);
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void theBundleHasEachSectionTwiceInTheOrderOfTheMap() {
        ExportedBundle bundle = ExportedBundle.zip(database, MAP, "1");
        assertThat(bundle.entries().keySet())
                .filteredOn(name -> !name.startsWith("page/"))
                .containsExactly(
                        "profile.json",
                        "data/profile-0001.js",
                        "profile.csv",
                        "reports.json",
                        "data/reports-0001.js",
                        "reports.csv",
                        "catches.json",
                        "data/catches-0001.js",
                        "catches.csv",
                        "Odd__T__x.json",
                        "data/Odd__T__x-0001.js",
                        "Odd__T__x.csv",
                        "index.html",
                        "data/bundle.js",
                        "README.txt",
                        "manifest.json");
        assertThat(bundle.summary().sections())
                .extracting(ExportSummary.SectionRows::rows)
                .containsExactly(1L, 3L, 20L, 1L);
        assertThat(bundle.summary().rows()).isEqualTo(25);
    }

    @Test
    void columnsNobodyGetsAreAbsent() {
        ExportedBundle bundle = ExportedBundle.zip(database, MAP, "1");
        assertThat(bundle.text("profile.json"))
                .isEqualTo("[\n{\"id\":1,\"email\":\"user1@example.org\",\"locale\":\"en\"}\n]\n");
        assertThat(bundle.text("profile.csv")).isEqualTo("id,email,locale\n1,\"user1@example.org\",\"en\"\n");
    }

    @Test
    void whatOneRoleHidesAnotherMayShowRowByRow() {
        ExportedBundle bundle = ExportedBundle.zip(database, MAP, "1");
        assertThat(bundle.csv("reports"))
                .containsExactly(
                        "1,1,,,\"by one\",,\"{reporter}\"",
                        "2,,1,,\"about one\",20,\"{target}\"",
                        "3,1,1,,\"both\",30,\"{reporter,target}\"");
        assertThat(bundle.json("reports.json").get(1).get("reporter_id").isNull())
                .isTrue();
        assertThat(bundle.json("reports.json").get(2).get("reporter_id").asInt())
                .isEqualTo(1);
    }

    @Test
    void aRoleOfWhichNothingIsExportedAddsNoRows() {
        assertThat(ExportedBundle.zip(database, MAP, "1").csv("reports"))
                .noneMatch(line -> line.contains("their catch"));
    }

    @Test
    void rowsComeInTheOrderOfTheirKey() {
        JsonNode rows = ExportedBundle.zip(database, MAP, "2").json("catches.json");
        List<Integer> ids = StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row.get("id").asInt())
                .toList();
        assertThat(ids).hasSize(20).isSorted();
    }

    @Test
    void awkwardNamesAreQuoted() {
        assertThat(ExportedBundle.zip(database, MAP, "1").text("Odd__T__x.json"))
                .isEqualTo("[\n{\"exeunt_row\":1,\"select\":\"mine\",\"Us er\":1}\n]\n");
    }

    @Test
    void aPersonWithoutRowsGetsEmptySections() {
        ExportedBundle bundle = ExportedBundle.zip(database, MAP, "7");
        assertThat(bundle.text("catches.json")).isEqualTo("[]\n");
        assertThat(bundle.text("catches.csv")).isEqualTo("id,user_id,species\n");
        assertThat(bundle.text("README.txt")).contains("catches (0 rows)");
    }

    @Test
    void theManifestHashesEveryOtherEntry() throws Exception {
        ExportedBundle bundle = ExportedBundle.zip(database, MAP, "1");
        JsonNode manifest = bundle.json("manifest.json");
        assertThat(manifest.get("schema").asInt()).isEqualTo(1);
        assertThat(manifest.get("generated").asString()).isEqualTo("2026-05-03T10:11:12Z");
        List<String> names = new ArrayList<>();
        for (JsonNode entry : manifest.get("entries")) {
            String name = entry.get("name").asString();
            names.add(name);
            byte[] content = bundle.entries().get(name);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            assertThat(entry.get("sha256").asString()).isEqualTo(HexFormat.of().formatHex(hash));
            assertThat(entry.get("bytes").asLong()).isEqualTo(content.length);
            assertThat(entry.has("rows")).isEqualTo(name.matches(".*-\\d{4}\\.js|[^/]*\\.(json|csv)"));
        }
        List<String> all = new ArrayList<>(bundle.entries().keySet());
        all.remove("manifest.json");
        assertThat(names).isEqualTo(all);
    }

    @Test
    void theReadmeSaysWhatIsThereWhatIsNotAndWhatStays() {
        assertThat(ExportedBundle.zip(database, MAP, "1").text("README.txt"))
                .contains(
                        "3 May 2026 at 10:11:12 UTC",
                        "open index.html there",
                        "- profile (1 row): id, email, locale",
                        "- The service does not state here who is responsible for your data. Ask it.",
                        "- The service does not state here for what it uses your data",
                        "  How long: the rows stay when your account is erased, with columns overwritten",
                        "  How long: at the latest until your account is erased",
                        "- profile: without secret; no reason stated",
                        "- reports: reporter_id only in rows that are yours as reporter",
                        "- reports: without rows that are yours only as my-catches",
                        "- sessions: the service does not hand out these rows",
                        "- profile: the rows stay, with locale as it is",
                        "- reports, as target: evidence; legal basis: legal-claims; for 6 years");
    }

    @Test
    void theJsonDocumentHoldsTheSameRowsUnderItsVersion() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Connection connection = database.connection()) {
            ExportSummary summary = ExportedBundle.exporter(connection, MAP)
                    .export(new SubjectKey(List.of("1")), BundleFormat.JSON, bytes);
            assertThat(summary.bytes()).isEqualTo(bytes.size());
        }
        JsonNode document = JsonMapper.shared().readTree(bytes.toByteArray());
        assertThat(document.propertyNames())
                .containsExactly("schema", "generated", "profile", "reports", "catches", "Odd__T__x");
        assertThat(document.get("schema").asInt()).isEqualTo(1);
        ExportedBundle bundle = ExportedBundle.zip(database, MAP, "1");
        for (String section : List.of("profile", "reports", "catches")) {
            assertThat(document.get(section)).isEqualTo(JsonMapper.shared().readTree(bundle.text(section + ".json")));
        }
    }

    @Test
    void everySectionIsOfOneMomentWhateverOthersCommit() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Connection connection = database.connection()) {
            ProgressListener meddle =
                    (what, done, of) -> database.execute("DELETE FROM catches; INSERT INTO catches SELECT n, 1, 'late'"
                            + " FROM generate_series(100, 200) n; UPDATE users SET locale = 'late'");
            Exporter exporter =
                    new Exporter(connection, ExportedBundle.plan(connection, MAP), ExportedBundle.CLOCK, meddle);
            database.execute("DELETE FROM reports WHERE id = 5");
            exporter.export(new SubjectKey(List.of("1")), BundleFormat.ZIP, bytes);
        }
        ExportedBundle bundle = new ExportedBundle(null, ExportedBundle.unzip(bytes.toByteArray()));
        assertThat(bundle.csv("catches")).hasSize(20).noneMatch(line -> line.contains("late"));
        assertThat(bundle.csv("profile")).containsExactly("1,\"user1@example.org\",\"en\"");
    }

    @Test
    void theSameDataMakesTheSameBytes() throws Exception {
        List<byte[]> bundles = new ArrayList<>();
        try (Connection connection = database.connection()) {
            for (int i = 0; i < 2; i++) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                ExportedBundle.exporter(connection, MAP).export(new SubjectKey(List.of("1")), BundleFormat.ZIP, bytes);
                bundles.add(bytes.toByteArray());
            }
        }
        assertThat(bundles.get(0)).isEqualTo(bundles.get(1));
    }

    @Test
    void theConnectionIsLeftAsItWas() throws Exception {
        try (Connection connection = database.connection()) {
            Exporter exporter = ExportedBundle.exporter(connection, MAP);
            exporter.export(new SubjectKey(List.of("1")), BundleFormat.ZIP, new ByteArrayOutputStream());
            assertThat(connection.getAutoCommit()).isTrue();
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("SELECT current_setting('transaction_read_only')")) {
                row.next();
                assertThat(row.getString(1)).isEqualTo("off");
            }
            connection.setAutoCommit(false);
            connection.createStatement().execute("UPDATE users SET locale = 'de' WHERE id = 1");
            assertThatThrownBy(() -> exporter.export(
                            new SubjectKey(List.of("1")), BundleFormat.ZIP, new ByteArrayOutputStream()))
                    .isInstanceOf(ExeuntException.class)
                    .hasMessageContaining("open transaction");
            connection.commit();
        }
        assertThat(database.scalar("SELECT locale FROM users WHERE id = 1")).isEqualTo("de");
    }
}
