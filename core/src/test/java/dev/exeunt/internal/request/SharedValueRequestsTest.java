package dev.exeunt.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.Exeunt;
import dev.exeunt.database.Database;
import dev.exeunt.erase.ErasurePreview;
import dev.exeunt.erase.Receipt;
import dev.exeunt.export.ExportSummary;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.ExportSettings.BundleFormat;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import dev.exeunt.request.RequestListPage;
import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.SettableClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests that requests, exports and receipts leave rows of shared values out, count them, and that the last holder takes them. */
class SharedValueRequestsTest {

    private static final String TABLES = """
            CREATE TABLE people (id int PRIMARY KEY, email text, gone_at timestamptz);
            CREATE TABLE sessions (id int PRIMARY KEY, person int REFERENCES people);
            CREATE INDEX ON sessions (person);
            CREATE TABLE mails (id int PRIMARY KEY, sent_to text, hidden_at timestamptz);
            CREATE INDEX ON mails (lower(sent_to));
            INSERT INTO people VALUES (1, 'us@x.test', NULL), (2, 'US@x.test', NULL), (3, 'c@x.test', NULL);
            INSERT INTO sessions VALUES (1, 1), (2, 2);
            INSERT INTO mails VALUES (1, 'us@x.test', NULL), (2, 'Us@x.test', NULL), (3, 'c@x.test', NULL);
            """;

    private static final String MAP = """
            version: 1
            subject: { table: people, key: id, identifiers: [email], present: "gone_at is null" }
            flows:
              delete-account: { grace: 7d }
            tables:
              people:
                hide: { set: { gone_at: "{now}", email: null } }
                erase: { keep: why, retain: [email] }
              sessions: { subject: person, erase: delete }
              mails: { matches: email, on: sent_to, shared: leave, hide: { set: { hidden_at: "{now}" } }, erase: delete }
            """;

    private final SettableClock clock = new SettableClock(MappedDatabase.NOW);
    private MappedDatabase world;
    private Exeunt exeunt;

    @BeforeEach
    void open() {
        world = MappedDatabase.of(TABLES, MAP);
        exeunt = Exeunt.builder(Database.at(
                        world.database().jdbcUrl(),
                        world.database().user(),
                        world.database().password()))
                .clock(clock)
                .key(GuildTestApplication.KEY)
                .build();
        exeunt.migrate();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private AccountRequests requests() {
        return exeunt.requests(world.map());
    }

    private List<String> mails(String where) {
        return world.database().column("SELECT id::text FROM mails WHERE " + where + " ORDER BY id");
    }

    private Request erased(String key) {
        Request request = requests().submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, key));
        clock.advance(Duration.ofDays(8));
        requests().eraseDue("worker");
        return request;
    }

    private RequestListPage.RequestListEntry listed(Request request) {
        return requests().listRequests(true, null, 100).entries().stream()
                .filter(e -> e.id().equals(request.id()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aRequestHidesAndErasesNoRowOfASharedValueAndIsIncomplete() {
        Request first = requests().submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, "1"));
        assertThat(mails("hidden_at IS NOT NULL")).isEmpty();
        clock.advance(Duration.ofDays(8));
        requests().eraseDue("worker");

        assertThat(mails("TRUE")).containsExactly("1", "2", "3");
        assertThat(world.database().column("SELECT id FROM sessions")).containsExactly("2");
        assertThat(listed(first).state()).isEqualTo(Request.State.ERASED.word());
        assertThat(listed(first).incomplete()).isTrue();
        assertThat(world.database().scalar("SELECT receipt::text FROM exeunt.request WHERE id = '" + first.id() + "'"))
                .contains("\"shared\": 2");

        Request last = erased("2");
        assertThat(mails("TRUE")).as("the last holder takes them").containsExactly("3");
        assertThat(listed(last).incomplete()).isFalse();
    }

    @Test
    void aHolderWithAnOpenRequestKeepsTheRowsWhateverTheRequestHasHidden() {
        requests().submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, "2"));
        assertThat(world.database().scalar("SELECT gone_at IS NOT NULL AND email IS NULL FROM people WHERE id = 2"))
                .isEqualTo("t");
        Receipt receipt = exeunt.erase(world.map(), List.of("1"), r -> {});
        assertThat(mails("TRUE")).containsExactly("1", "2", "3");
        assertThat(receipt.shared()).isEqualTo(2);
    }

    @Test
    void anAddressThatAnotherPersonTookWhileItWasHiddenIsShared() {
        Request request = requests().submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, "3"));
        assertThat(mails("hidden_at IS NOT NULL")).containsExactly("3");
        world.database().execute("UPDATE people SET email = 'C@x.test' WHERE id = 1");
        clock.advance(Duration.ofDays(8));
        requests().eraseDue("worker");
        assertThat(mails("TRUE")).containsExactly("1", "2", "3");
        assertThat(listed(request).incomplete()).isTrue();
    }

    @Test
    void planReceiptAndExportCountTheRowsThatAreLeft() throws IOException {
        ErasurePreview preview = exeunt.preview(world.map(), List.of("1"));
        assertThat(preview.roles())
                .filteredOn(r -> r.table().equals("mails"))
                .allSatisfy(r -> assertThat(List.of(r.rows(), r.shared())).containsExactly(0L, 2L));

        ByteArrayOutputStream json = new ByteArrayOutputStream();
        ExportSummary summary = exeunt.export(world.map(), "1", json, BundleFormat.JSON);
        assertThat(summary.shared()).containsExactly(new ExportSummary.SectionRows("mails", 2));
        assertThat(json.toString(StandardCharsets.UTF_8))
                .contains("\"exeunt:heldByOthers\": {\"mails\": 2}", "\"mails\": []");

        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        exeunt.export(world.map(), "1", zip, BundleFormat.ZIP);
        Map<String, String> files = unzipped(zip.toByteArray());
        assertThat(files.get("manifest.json")).contains("\"heldByOthers\":{\"mails\":2}");
        assertThat(files.get("README.txt")).contains("- mails: 2 rows found by your name or address");
        assertThat(files.get("mails.json")).doesNotContain("x.test");

        Receipt receipt = exeunt.erase(world.map(), List.of("1"), r -> {});
        assertThat(receipt.toJson()).contains("\"shared\":2");
        assertThat(mails("TRUE")).containsExactly("1", "2", "3");
    }

    @Test
    void anErasedPersonWhoseRowKeptTheValueHoldsItNoMoreByTheRecordOfErasures() {
        exeunt.erase(world.map(), List.of("1"), r -> {});
        assertThat(world.database().scalar("SELECT email FROM people WHERE id = 1"))
                .isEqualTo("us@x.test");
        exeunt.erase(world.map(), List.of("2"), r -> {});
        assertThat(mails("TRUE")).containsExactly("3");
    }

    private static Map<String, String> unzipped(byte[] bytes) throws IOException {
        Map<String, String> files = new HashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }
}
