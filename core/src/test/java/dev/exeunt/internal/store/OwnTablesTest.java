package dev.exeunt.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.Exeunt;
import dev.exeunt.HashKey;
import dev.exeunt.archive.directory.DirectoryArchives;
import dev.exeunt.export.ExportJobs.ExportTerms;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.LegalHolds;
import dev.exeunt.request.AccountRequests.NewLegalHold;
import dev.exeunt.request.Actor;
import dev.exeunt.request.NewRequest;
import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the product's own tables hold of people who are erased, and how long. */
class OwnTablesTest {

    private static final HashKey KEY = HashKey.ofHex("0123456789abcdef".repeat(4));
    private static final Actor KIM = Actor.staff("kim");
    private static final String PERSON = "k7f3a9c";
    private static final String EMAIL = "vera.zander@x.test";

    @TempDir
    Path directory;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-05-01T12:00:00Z"));
    private final MappedDatabase world = MappedDatabase.of("""
            CREATE TABLE people (id text PRIMARY KEY, email text, name text);
            CREATE TABLE notes (id int PRIMARY KEY, person text REFERENCES people, body text, made_at timestamptz);
            CREATE INDEX ON notes (person);
            CREATE TABLE bills (id int PRIMARY KEY, person text REFERENCES people, made_at timestamptz);
            CREATE INDEX ON bills (person);
            INSERT INTO people VALUES ('k7f3a9c', 'vera.zander@x.test', 'Vera Zander'), ('other', 'o@x.test', 'Otto');
            INSERT INTO notes VALUES (1, 'k7f3a9c', 'quokka', '2026-01-01'), (2, 'other', 'b', '2026-01-01');
            INSERT INTO bills VALUES (1, 'k7f3a9c', '2026-01-01');
            """, """
            version: 1
            subject: { table: people, key: id, identifiers: [email] }
            flows: { delete-data: { grace: 1d }, deactivate: { grace: 30d }, delete-account: { grace: 1d } }
            tables:
              people: { scope: account, hide: { set: { name: null, email: null } }, erase: { anonymize: { name: null, email: null } } }
              notes: { subject: person, created: made_at, hide: stash, erase: delete }
              bills: { subject: person, created: made_at, erase: { keep: { reason: law, for: 10y } } }
            """);

    private final Exeunt exeunt = world.builder(clock).key(KEY).build();

    private final List<String> migrated = exeunt.migrate();
    private final AccountRequests requests = exeunt.requests(world.map());

    @AfterEach
    void close() {
        world.close();
    }

    private List<String> tables() {
        return world.database()
                .column(
                        "SELECT relname FROM pg_class WHERE relnamespace = 'exeunt'::regnamespace AND relkind = 'r' ORDER BY 1");
    }

    private String everything() {
        StringBuilder all = new StringBuilder();
        tables().forEach(table -> world.database()
                .column("SELECT t::text FROM exeunt.\"" + table + "\" AS t")
                .forEach(row -> all.append(table).append(": ").append(row).append('\n')));
        return all.toString();
    }

    private void live() {
        requests.submit(NewRequest.self(AccountFlow.DELETE_DATA, PERSON)
                .because("Zanzibar")
                .knownBy("first"));
        requests.cancel(PERSON, Actor.SELF, "Madagascar");
        requests.submit(NewRequest.staff(AccountFlow.DEACTIVATE, PERSON, "kim", "mail of " + EMAIL + ", " + PERSON));
        requests.reactivate(PERSON, KIM, EMAIL.toUpperCase(Locale.ROOT) + " is back");
        requests.submit(NewRequest.staff(AccountFlow.DELETE_DATA, PERSON, "kim", "first mail of " + EMAIL));
        requests.submit(NewRequest.staff(AccountFlow.DELETE_DATA, PERSON, "kim", "second mail of " + EMAIL));
        requests.cancel(PERSON, KIM, PERSON + " called");
        exportFor(PERSON + " wants a copy for " + EMAIL);
        LegalHolds holds = exeunt.holds(world.map());
        holds.release(holds.place(NewLegalHold.on(PERSON, "Timbuktu"), KIM).id(), KIM, "Ouagadougou");
        requests.recordStaffCall(KIM, "GET /admin/{subject}", PERSON);
        requests.submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, PERSON).because("Zanzibar again"));
    }

    private void exportFor(String reason) {
        DataMap map = world.map();
        exeunt.exports(map, new DirectoryArchives(directory), new ExportTerms(map.export(), KEY, ExportTerms.REMEMBER))
                .submit(PERSON, null, KIM, reason);
    }

    @Test
    void afterTheErasureNoRowHoldsKeyReasonAddressOrFormerValue() {
        live();
        assertThat(everything()).as("before").contains(PERSON, EMAIL, "Zanzibar", "Madagascar", "Timbuktu", "quokka");
        clock.advance(Duration.ofDays(2));
        assertThat(requests.eraseDue("w").erased()).isEqualTo(1);
        assertThat(everything())
                .as("after")
                .contains("account_deletion_requested")
                .doesNotContainIgnoringCase(
                        PERSON, EMAIL, "Zander", "Zanzibar", "Madagascar", "Timbuktu", "Ouagadougou", "quokka");
    }

    @Test
    void theReasonsOfStaffAreRemovedAfterThreeYears() {
        live();
        clock.advance(Duration.ofDays(2));
        requests.eraseDue("w");
        assertThat(everything()).contains("mail of [removed], [removed]", "[removed] is back");
        clock.advance(Duration.ofDays(3 * 365));
        requests.eraseDue("w");
        assertThat(everything()).contains("staff:kim").doesNotContain("[removed]");
    }

    /** The audit log loses reasons, and nothing else: neither a row nor another column, and no reason is put in. */
    @Test
    void nothingElseOfTheAuditLogCanBeChanged() {
        live();
        for (String change : List.of(
                "UPDATE exeunt.event SET actor = 'self'",
                "UPDATE exeunt.event SET reason = 'other'",
                "UPDATE exeunt.event SET reason = NULL, at = now()",
                "DELETE FROM exeunt.event",
                "TRUNCATE exeunt.event")) {
            assertThatThrownBy(() -> world.database().execute(change))
                    .as(change)
                    .rootCause()
                    .hasMessageContaining("exeunt.event");
        }
        world.database().execute("UPDATE exeunt.event SET reason = NULL");
    }

    @Test
    void theDocumentationSaysOfEachTableHowLongItHoldsWhat() throws IOException {
        String page = Files.readString(Path.of("../docs/explanation/lifecycle.md"));
        String left = page.substring(page.indexOf("### What is left of an erased person"));
        assertThat(migrated).isNotEmpty();
        assertThat(tables()).allSatisfy(table -> assertThat(left).contains("`" + table + "`"));
    }
}
