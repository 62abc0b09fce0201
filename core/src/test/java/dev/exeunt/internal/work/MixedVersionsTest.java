package dev.exeunt.internal.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.Exeunt;
import dev.exeunt.archive.directory.DirectoryArchives;
import dev.exeunt.database.Database;
import dev.exeunt.export.ExportJob;
import dev.exeunt.export.ExportJobs;
import dev.exeunt.internal.delivery.ExportTestApplication;
import dev.exeunt.internal.request.GuildTestApplication;
import dev.exeunt.internal.store.UpgradedTestApplication;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.ReapResult;
import dev.exeunt.request.Actor;
import dev.exeunt.request.GateDecision;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import dev.exeunt.testkit.SettableClock;
import dev.exeunt.testkit.TestDatabase;
import dev.exeunt.work.BackgroundWorker;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that a worker of an earlier version, which knows no kind of subject, and a worker of this one share the migrated tables: no request
 * is done twice, none is lost. {@link UpgradedTestApplication} says which requests there are.
 */
@Timeout(120)
class MixedVersionsTest {

    private static final Instant DUE = Instant.parse("2026-04-01T00:00:00Z");

    @TempDir
    Path archive;

    private final UpgradedTestApplication upgraded = new UpgradedTestApplication();
    private final SettableClock clock = upgraded.clock();
    private final TestDatabase database = upgraded.database();
    private final Exeunt exeunt = upgraded.exeunt();
    private EarlierWorker earlier;
    private AccountRequests requests;

    @BeforeEach
    void migrateWhileTheEarlierWorkerIsConnected() throws SQLException {
        earlier = new EarlierWorker(database);
        requests = upgraded.migrate();
    }

    @AfterEach
    void close() throws SQLException {
        earlier.close();
        upgraded.close();
    }

    /** What the earlier worker's plan does to the rows of the map's tables; no statement of it names schema exeunt. */
    private void eraseRows(String person) {
        database.execute("DELETE FROM posts WHERE person = " + person + "; DELETE FROM sessions WHERE person = "
                + person
                + "; DELETE FROM members WHERE person = " + person + "; UPDATE people SET email = 'deleted-" + person
                + "@erased.invalid', name = NULL, bio = NULL WHERE id = " + person);
    }

    private void everyRequestIsErasedOnce() {
        assertThat(database.column(
                        "SELECT DISTINCT state FROM exeunt.request WHERE kind <> 'export' AND state <> 'cancelled'"))
                .containsExactly("erased");
        assertThat(database.column("SELECT request::text FROM exeunt.event WHERE name = 'user.erased'"))
                .hasSize(6)
                .doesNotHaveDuplicates();
        assertThat(database.column("SELECT encode(hash, 'hex') FROM exeunt.erased"))
                .as("people 1, 11, 12 and 14; 10 has erased their data only")
                .containsExactlyInAnyOrder(
                        EarlierWorker.hash("1"),
                        EarlierWorker.hash("11"),
                        EarlierWorker.hash("12"),
                        EarlierWorker.hash("14"));
        assertThat(database.column("SELECT id::text FROM posts WHERE person IN (1, 10, 11, 12, 14)"))
                .isEmpty();
        assertThat(database.column("SELECT request::text FROM exeunt.hidden")).isEmpty();
        assertThat(database.column(
                        "SELECT subject_kind FROM exeunt.request UNION SELECT subject_kind FROM exeunt.erased"
                                + " UNION SELECT subject_kind FROM exeunt.event"))
                .containsExactly("person");
    }

    @Test
    void eachErasesWhatTheOtherHasNotClaimed() throws SQLException {
        clock.set(DUE);
        List<EarlierWorker.Claim> claims = earlier.claim(DUE, 1);
        assertThat(claims).extracting(EarlierWorker.Claim::subject).containsExactly("11");
        assertThat(requests.eraseDue("new"))
                .as("while the claim is not committed")
                .isEqualTo(new ReapResult(4, 0, 0));
        earlier.commit();
        assertThat(requests.eraseDue("new")).isEqualTo(new ReapResult(0, 0, 0));
        assertThat(earlier.holds(claims.get(0))).isTrue();
        eraseRows("11");
        earlier.finish(claims.get(0), DUE);
        earlier.commit();
        assertThat(earlier.claim(DUE, 200)).isEmpty();
        everyRequestIsErasedOnce();
        for (String person : List.of("1", "11", "12", "14")) {
            assertThat(requests.gate(person, null)).isEqualTo(new GateDecision(GateDecision.GateState.ERASED, null));
            assertThat(earlier.query("fenced", EarlierWorker.hash(person)))
                    .as("known to the earlier program")
                    .isEqualTo(GuildTestApplication.KEY.id());
        }
    }

    @Test
    void whatTheEarlierWorkerLeavesIsTakenOverAndItCannotFinishLate() throws SQLException {
        clock.set(DUE);
        List<EarlierWorker.Claim> claims = earlier.claim(DUE, 200);
        earlier.commit();
        assertThat(claims).hasSize(5);
        assertThat(requests.eraseDue("new")).isEqualTo(new ReapResult(0, 0, 0));
        clock.advance(Duration.ofMinutes(11));
        assertThat(requests.eraseDue("new").erased()).isEqualTo(5);
        for (EarlierWorker.Claim claim : claims) {
            assertThat(earlier.holds(claim)).isFalse();
            assertThatThrownBy(() -> earlier.finish(claim, DUE)).hasMessage("0 requests were changed");
            earlier.rollBack();
        }
        everyRequestIsErasedOnce();
    }

    @Test
    void whatTheEarlierWorkerPutsOffIsTriedAgainByTheNewOne() throws SQLException {
        clock.set(DUE);
        EarlierWorker.Claim claim = earlier.claim(DUE, 1).get(0);
        String again = DUE.plus(Duration.ofMinutes(5)).toString();
        assertThat(earlier.update(
                        "put off",
                        "scheduled",
                        again,
                        "posts",
                        claim.request(),
                        EarlierWorker.NAME,
                        claim.fence(),
                        new String[] {"erasing"}))
                .isEqualTo(1);
        earlier.commit();
        assertThat(requests.eraseDue("new").erased()).isEqualTo(4);
        clock.advance(Duration.ofMinutes(5));
        assertThat(requests.eraseDue("new").erased()).isEqualTo(1);
        everyRequestIsErasedOnce();
    }

    @Test
    void askingTwiceGivesTheSameRequestWhicheverVersionIsAsked() throws SQLException {
        String now = clock.instant().toString();
        String due = clock.instant().plus(Duration.ofDays(30)).toString();
        String asked = earlier.query("ask", "delete-data", "scheduled", new String[] {"13"}, now, "self", due);
        String wish = EarlierWorker.signed("idempotency", "13\nself\nwish");
        earlier.update("leads to", wish, asked);
        earlier.commit();
        NewRequest again = NewRequest.self(AccountFlow.DELETE_DATA, "13");
        assertThat(requests.submit(again).id()).isEqualTo(UUID.fromString(asked));
        requests.cancel("13", Actor.SELF, null);
        assertThat(requests.submit(again.knownBy("wish")).id())
                .as("the call is known, though its request is over")
                .isEqualTo(UUID.fromString(asked));
        NewRequest other = NewRequest.self(AccountFlow.DELETE_DATA, "15")
                .acknowledging(requests.previewRequest(AccountFlow.DELETE_DATA, "15")
                        .warnings()
                        .digest());
        Request request = requests.submit(other.knownBy("wish"));
        assertThat(earlier.query("led", EarlierWorker.signed("idempotency", "15\nself\nwish")))
                .isEqualTo(request.id().toString());
        assertThat(earlier.query("open", (Object) new String[] {"15"}))
                .isEqualTo(request.id().toString());
        assertThatThrownBy(
                        () -> earlier.query("ask", "delete-data", "scheduled", new String[] {"15"}, now, "self", due))
                .hasMessageContaining("request_open");
        earlier.rollBack();
    }

    @Test
    void aLinkIsUsedOnceWhicheverVersionIsAsked() throws SQLException {
        Instant until = clock.instant().plus(Duration.ofHours(1));
        assertThat(requests.markUsed("first", until)).isTrue();
        String first = EarlierWorker.signed("used links", "first");
        assertThat(earlier.update("use link", first, until.toString())).isZero();
        assertThat(earlier.update("use link", EarlierWorker.signed("used links", "second"), until.toString()))
                .isEqualTo(1);
        earlier.commit();
        assertThat(requests.isUsed("second")).isTrue();
        assertThat(requests.markUsed("second", until)).isFalse();
    }

    private ExportJobs exports() {
        return ExportTestApplication.exports(exeunt, new DirectoryArchives(archive));
    }

    private UUID exportOf(String person) {
        return UUID.fromString(database.scalar(
                "SELECT id::text FROM exeunt.request WHERE kind = 'export' AND subject = '{" + person + "}'"));
    }

    private void start(UUID export, String fence) throws SQLException {
        String[] from = {fence.equals("0") ? "pending" : "running"};
        assertThat(earlier.update("start export", "running", EarlierWorker.NAME, export.toString(), fence, from))
                .isEqualTo(1);
        assertThat(earlier.update("name archive", "0123456789012345678901234567890123456789", export.toString()))
                .isEqualTo(1);
        earlier.commit();
    }

    private int heartbeat(UUID export, String fence) throws SQLException {
        return earlier.update("heartbeat", "1", "7", export.toString(), fence);
    }

    private int finish(UUID export, String fence) throws SQLException {
        int finished = earlier.update("finish export", "ready", export.toString(), fence, new String[] {"running"});
        if (finished == 1) {
            String now = clock.instant().toString();
            earlier.update(
                    "ready",
                    "9",
                    "1",
                    now,
                    clock.instant().plus(Duration.ofDays(1)).toString(),
                    export.toString());
            earlier.update("event", "user.data_export_ready", now, export.toString(), "exeunt");
        }
        earlier.commit();
        return finished;
    }

    @Test
    void eachMakesTheExportsThatTheOtherHasNotPicked() throws SQLException {
        String now = clock.instant().toString();
        UUID waiting = exportOf("15");
        List<String> picked = earlier.list("pick", EarlierWorker.NAME, now, now, "200");
        earlier.commit();
        assertThat(picked).contains(waiting.toString()).hasSize(2);
        UUID asked =
                UUID.fromString(earlier.query("ask for export", "pending", new String[] {"10"}, now, "self", "zip"));
        earlier.update("queue", "export", asked.toString(), now);
        earlier.commit();
        UUID submitted = exports().submit("13", null, Actor.SELF, null).id();
        Duration quick = Duration.ofMillis(50);
        Duration patient = Duration.ofSeconds(10); // a pause of a busy machine is no worker's death
        Database own = Database.at(database.jdbcUrl(), database.user(), database.password());
        BackgroundWorker.Settings settings = new BackgroundWorker.Settings(2, quick, quick, quick, patient, patient);
        try (BackgroundWorker worker =
                new ScheduledWorker("new", new BackgroundWorker.Duties(own, clock, requests, exports()), settings)) {
            worker.start();
            while (exports().job("10", asked).state() != ExportJob.State.READY
                    || exports().job("13", submitted).state() != ExportJob.State.READY) {
                Thread.onSpinWait();
            }
            assertThat(exports().job("15", waiting).state()).isEqualTo(ExportJob.State.PENDING);
            start(waiting, "0");
            assertThat(heartbeat(waiting, "1")).isEqualTo(1);
            assertThat(finish(waiting, "1")).isEqualTo(1);
            assertThat(earlier.update("unqueue", "export", waiting.toString(), EarlierWorker.NAME))
                    .isEqualTo(1);
            earlier.commit();
        }
        assertThat(exports().job("15", waiting).state()).isEqualTo(ExportJob.State.READY);
        assertThat(database.column("SELECT request::text FROM exeunt.event WHERE name = 'user.data_export_ready'"))
                .hasSize(4)
                .doesNotHaveDuplicates();
    }

    @Test
    void anExportThatTheNewWorkerTookOverIsNotFinishedByTheEarlierOne() throws SQLException {
        UUID waiting = exportOf("15");
        start(waiting, "0");
        assertThat(exports().runJob(waiting, "new")).isEmpty();
        assertThat(heartbeat(waiting, "1")).isZero();
        assertThat(finish(waiting, "1")).isZero();
        assertThat(exports().job("15", waiting).state()).isEqualTo(ExportJob.State.READY);
        assertThat(database.column(
                        "SELECT request::text FROM exeunt.event WHERE name = 'user.data_export_ready' AND request = '"
                                + waiting + "'"))
                .hasSize(1);
    }
}
