package dev.exeunt.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.Exeunt;
import dev.exeunt.archive.Archives.ByteRange;
import dev.exeunt.archive.directory.DirectoryArchives;
import dev.exeunt.export.ExportJob;
import dev.exeunt.export.ExportJobs;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.internal.request.GuildTestApplication;
import dev.exeunt.internal.store.UpgradedTestApplication;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.LegalHold;
import dev.exeunt.request.AccountRequests.LegalHolds;
import dev.exeunt.request.AccountRequests.NewLegalHold;
import dev.exeunt.request.AccountRequests.ReapResult;
import dev.exeunt.request.Actor;
import dev.exeunt.request.GateDecision;
import dev.exeunt.request.Request;
import dev.exeunt.testkit.SettableClock;
import dev.exeunt.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that requests made by an earlier version come to their end. {@link UpgradedTestApplication} says which there are. */
class UpgradeTest {

    /** The archive of the export that the earlier version made for person 16. */
    private static final String MADE = "b628b475a504c63a3e1af8ce49e5e9e1d4588204";

    @TempDir
    Path archive;

    private final UpgradedTestApplication upgraded = new UpgradedTestApplication();
    private final SettableClock clock = upgraded.clock();
    private final TestDatabase database = upgraded.database();
    private final Exeunt exeunt = upgraded.exeunt();
    private AccountRequests requests;

    @BeforeEach
    void migrate() {
        requests = upgraded.migrate();
        requests.makeGateFunction();
    }

    @AfterEach
    void close() {
        upgraded.close();
    }

    private ExportJobs exports() {
        return ExportTestApplication.exports(exeunt, new DirectoryArchives(archive));
    }

    private String visiblePosts(int person) {
        return database.scalar(
                "SELECT string_agg(id::text, ',' ORDER BY id) FROM posts WHERE deleted_at IS NULL AND person = "
                        + person);
    }

    private String likes(String which) {
        return database.scalar("SELECT string_agg(id::text, ',' ORDER BY id) FROM likes WHERE " + which);
    }

    /** The secret was given out by the earlier version, with the request of person 14. */
    @Test
    void aReceiptIsFoundByTheSecretOfTheEarlierVersion() {
        AccountRequests.StoredReceipt receipt =
                requests.receipt("kyYZEnL1T5uvDtHzqMBiVqQn8V3Hr6QY14WEHLR6oUU").orElseThrow();
        assertThat(receipt.request().state()).isEqualTo(Request.State.ERASED);
        assertThat(receipt.receipt()).contains("\"erasedAt\"", "\"people\"");
    }

    @Test
    void theGateAnswersAsBefore() {
        assertThat(requests.gate("1", null).state()).isEqualTo(GateDecision.GateState.DEACTIVATED);
        assertThat(requests.gate("12", null).state()).isEqualTo(GateDecision.GateState.SCHEDULED);
        assertThat(requests.gate("13", null).state()).isEqualTo(GateDecision.GateState.ALLOWED);
        assertThat(requests.gate("14", null).state()).isEqualTo(GateDecision.GateState.ERASED);
        assertThat(database.scalar("SELECT state FROM exeunt.gate(14)")).isEqualTo("allowed");
    }

    @Test
    void everySubjectSoFarIsAPerson() {
        for (String table : new String[] {"request", "erased", "event"}) {
            assertThat(database.column("SELECT DISTINCT subject_kind FROM exeunt." + table))
                    .as(table)
                    .containsExactly("person");
        }
    }

    @Test
    void whatIsHiddenComesBackExactly() {
        assertThat(visiblePosts(1)).isNull();
        assertThat(requests.reactivate("1", Actor.SELF, null).restored().exact())
                .isTrue();
        assertThat(visiblePosts(1)).as("2 was deleted before").isEqualTo("1,4,5");
        assertThat(database.scalar("SELECT email || ' ' || name FROM people WHERE id = 1"))
                .isEqualTo("Anna@x.test Anna");
        assertThat(likes("id < 100")).as("stashed").isEqualTo("1,2,3,4");
        assertThat(requests.cancel("12", Actor.SELF, null).restored().exact()).isTrue();
        assertThat(visiblePosts(12)).as("the weaker request goes on").isNull();
        assertThat(likes("person = 12")).isNull();
        assertThat(database.scalar("SELECT email FROM people WHERE id = 12")).isEqualTo("p12@x.test");
        assertThat(database.column("SELECT role FROM members WHERE person = 12"))
                .as("stashed by the stronger request alone")
                .containsExactly("member");
        assertThat(requests.cancel("12", Actor.SELF, null).restored().exact()).isTrue();
        assertThat(visiblePosts(12)).isEqualTo("12");
        assertThat(likes("person = 12")).isEqualTo("112");
        assertThat(database.column(
                        "SELECT request::text FROM exeunt.stash WHERE request IN (SELECT id FROM exeunt.request"
                                + " WHERE subject IN ('{1}', '{12}'))"))
                .isEmpty();
    }

    @Test
    void whatIsDueIsErasedAlsoWhereAWorkerDied() {
        clock.set(Instant.parse("2026-04-01T00:00:00Z"));
        assertThat(requests.eraseDue("worker")).isEqualTo(new ReapResult(5, 0, 0));
        assertThat(requests.gate("11", null).state()).isEqualTo(GateDecision.GateState.ERASED);
        assertThat(requests.gate("12", null).state()).isEqualTo(GateDecision.GateState.ERASED);
        assertThat(requests.gate("10", null).state()).isEqualTo(GateDecision.GateState.ALLOWED);
        assertThat(database.column("SELECT id::text FROM posts WHERE person IN (1, 10, 11, 12, 14)"))
                .isEmpty();
        assertThat(database.column("SELECT state FROM exeunt.request WHERE kind <> 'export' ORDER BY state"))
                .containsExactly("cancelled", "erased", "erased", "erased", "erased", "erased", "erased");
        for (String table : new String[] {"hidden", "undo", "stash"}) {
            assertThat(database.column("SELECT request::text FROM exeunt." + table))
                    .as(table)
                    .isEmpty();
        }
    }

    @Test
    void aRequestOfTheEarlierVersionCanBeHeld() {
        LegalHolds holds = exeunt.holds(MapReader.read(GuildTestApplication.MAP, "exeunt.yaml"));
        LegalHold hold = holds.place(NewLegalHold.on("1", "lawsuit"), Actor.staff("kim"));
        clock.set(Instant.parse("2026-04-01T00:00:00Z"));
        assertThat(requests.eraseDue("worker")).isEqualTo(new ReapResult(4, 0, 0, 1));
        assertThat(requests.gate("1", null).state()).isEqualTo(GateDecision.GateState.DEACTIVATED);
        holds.release(hold.id(), Actor.staff("kim"), "settled");
        assertThat(requests.eraseDue("worker")).isEqualTo(new ReapResult(1, 0, 0));
        assertThat(requests.gate("1", null).state()).isEqualTo(GateDecision.GateState.ERASED);
    }

    @Test
    void exportsAreMadeAndExpire() throws IOException {
        UUID waiting = UUID.fromString(
                database.scalar("SELECT id::text FROM exeunt.request WHERE kind = 'export' AND state = 'pending'"));
        UUID made = UUID.fromString(
                database.scalar("SELECT id::text FROM exeunt.request WHERE kind = 'export' AND state = 'ready'"));
        Path madeByTheEarlierVersion = archive.resolve(MADE);
        Files.writeString(madeByTheEarlierVersion, "x".repeat(4522));
        ExportJobs.Download download = exports()
                .download(Objects.requireNonNull(
                        exports().grantDownload("16", made).token()));
        try (InputStream in = download.open(ByteRange.whole(download.bytes()))) {
            assertThat(in.readAllBytes()).hasSize(4522);
        }
        assertThat(exports().runJob(waiting, "worker")).isEmpty();
        assertThat(exports().job("15", waiting).state()).isEqualTo(ExportJob.State.READY);
        assertThat(exports().job("16", made).state()).isEqualTo(ExportJob.State.READY);
        clock.advance(Duration.ofDays(2));
        assertThat(exports().removeExpired().expired()).isEqualTo(2);
        try (var files = Files.list(archive)) {
            assertThat(files).isEmpty();
        }
    }
}
