package dev.exeunt.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.Exeunt;
import dev.exeunt.archive.directory.DirectoryArchives;
import dev.exeunt.database.Database;
import dev.exeunt.export.ExportJobs;
import dev.exeunt.export.ExportState;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.internal.request.GuildTestApplication;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.Actor;
import dev.exeunt.request.GateDecision;
import dev.exeunt.request.ReapResult;
import dev.exeunt.testkit.SettableClock;
import dev.exeunt.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that requests made by an earlier version come to their end. The dump was made by commit 60ede8b: person 1 is deactivated, 10 asked
 * to delete their data, 12 that and then to delete the account, 13 took that back, 14 is erased, a worker died while it erased 11, 15
 * waits for an export, 16 has one.
 */
class UpgradeTest {

    private static final Instant DUMPED = Instant.parse("2026-03-02T12:00:00Z");

    @TempDir
    Path archive;

    private final SettableClock clock = new SettableClock(DUMPED);
    private final TestDatabase database = TestDatabase.createFrom(dump());
    private Exeunt exeunt;
    private AccountRequests requests;

    private static String dump() {
        try (InputStream in =
                UpgradeTest.class.getResourceAsStream("/dev/exeunt/internal/store/open-requests-60ede8b.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void migrate() {
        exeunt = Exeunt.builder(Database.at(database.jdbcUrl(), database.user(), database.password()))
                .clock(clock)
                .key(GuildTestApplication.KEY)
                .build();
        exeunt.migrate();
        requests = exeunt.requests(MapReader.read(GuildTestApplication.MAP, "exeunt.yaml"));
        requests.makeGateFunction();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private ExportJobs exports() {
        return ExportTestApplication.exports(exeunt, new DirectoryArchives(archive));
    }

    private String visiblePosts(int person) {
        return database.scalar(
                "SELECT string_agg(id::text, ',' ORDER BY id) FROM posts WHERE deleted_at IS NULL AND person = "
                        + person);
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
        assertThat(requests.cancel("12", Actor.SELF, null).restored().exact()).isTrue();
        assertThat(visiblePosts(12)).as("the weaker request goes on").isNull();
        assertThat(requests.cancel("12", Actor.SELF, null).restored().exact()).isTrue();
        assertThat(visiblePosts(12)).isEqualTo("12");
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
    void exportsAreMadeAndExpire() throws IOException {
        UUID waiting = UUID.fromString(
                database.scalar("SELECT id::text FROM exeunt.request WHERE kind = 'export' AND state = 'pending'"));
        UUID made = UUID.fromString(
                database.scalar("SELECT id::text FROM exeunt.request WHERE kind = 'export' AND state = 'ready'"));
        assertThat(exports().runJob(waiting, "worker")).isEmpty();
        assertThat(exports().job("15", waiting).state()).isEqualTo(ExportState.READY);
        assertThat(exports().job("16", made).state()).isEqualTo(ExportState.READY);
        clock.advance(Duration.ofDays(2));
        assertThat(exports().removeExpired().expired()).isEqualTo(2);
        try (var files = Files.list(archive)) {
            assertThat(files).isEmpty();
        }
    }
}
