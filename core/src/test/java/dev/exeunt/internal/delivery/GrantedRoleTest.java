package dev.exeunt.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.Exeunt;
import dev.exeunt.archive.directory.DirectoryArchives;
import dev.exeunt.database.Database;
import dev.exeunt.export.ExportJob;
import dev.exeunt.export.ExportJobs;
import dev.exeunt.export.ExportJobs.NewExport;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.internal.request.GuildTestApplication;
import dev.exeunt.internal.work.ScheduledWorker;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.ExportSettings.BundleFormat;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.LegalHold;
import dev.exeunt.request.AccountRequests.LegalHolds;
import dev.exeunt.request.AccountRequests.NewLegalHold;
import dev.exeunt.request.AccountRequests.ReapResult;
import dev.exeunt.request.Actor;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import dev.exeunt.work.BackgroundWorker;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A role with what {@code exeunt grants --print} says, and nothing else, runs requests, the reaper and the work of a server. */
class GrantedRoleTest {

    private final GuildTestApplication guilds = GuildTestApplication.create();
    private final MapDefinition map = MapReader.read(GuildTestApplication.MAP, "exeunt.yaml");

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        guilds.close();
    }

    private Exeunt as(String role) {
        return Exeunt.builder(Database.at(guilds.database().jdbcUrl(), role, role))
                .clock(guilds.clock())
                .key(GuildTestApplication.KEY)
                .build();
    }

    private String granted() {
        String role = guilds.database().createRole("plain_" + guilds.database().databaseName());
        guilds.exeunt().grants(map, role).forEach(guilds.database()::execute);
        return role;
    }

    private static NewRequest acknowledged(AccountRequests requests, AccountFlow flow, String key) {
        return NewRequest.self(flow, key)
                .acknowledging(requests.previewRequest(flow, key).warnings().digest());
    }

    @Test
    void withoutTheTablesThereIsNothingToGrantOnThem() {
        guilds.database().execute("DROP SCHEMA exeunt CASCADE");
        assertThat(guilds.exeunt().grants(map, "x")).isNotEmpty().noneMatch(g -> g.contains("\"exeunt\""));
    }

    @Test
    void requestsAreAskedForTakenBackAndCarriedOut() {
        String role = granted();
        AccountRequests requests = as(role).requests(map);
        requests.requireKey();
        Request away = requests.submit(
                acknowledged(requests, AccountFlow.DEACTIVATE, "1").knownBy("wish"));
        assertThat(requests.submit(NewRequest.staff(AccountFlow.DEACTIVATE, "1", "kim", "a letter")))
                .isEqualTo(away);
        requests.reactivate("1", Actor.SELF, null);
        requests.submit(acknowledged(requests, AccountFlow.DELETE_DATA, "1").because("mine"));
        requests.cancel("1", Actor.staff("kim"), "a mistake");
        requests.submit(acknowledged(requests, AccountFlow.DELETE_DATA, "1"));
        Request account = requests.submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, "2")
                .typing("ben@x.test")
                .knownBy("wish"));
        requests.submit(
                NewRequest.staff(AccountFlow.DEACTIVATE, "3", "kim", "a letter").overriding());
        assertThat(requests.markUsed("link", guilds.clock().instant().plusSeconds(60)))
                .isTrue();
        requests.recordStaffCall(Actor.staff("kim"), "GET /admin/{subject}", "1");
        assertThat(requests.listRequests(true, null, 50).entries()).hasSize(5);
        assertThat(requests.status("1").requests()).hasSize(3);
        requests.countRequests();
        guilds.clock().advance(Duration.ofDays(40));
        requests.eraseDue("w");
        assertThat(
                        guilds.database()
                                .column(
                                        "SELECT kind || ' ' || state || coalesce(' ' || failure, '') FROM exeunt.request ORDER BY 1"))
                .containsExactly(
                        "deactivate erased",
                        "deactivate reactivated",
                        "delete-account erased",
                        "delete-data cancelled",
                        "delete-data erased");
        assertThat(requests.gate("2", null).state().word()).isEqualTo("erased");
        assertThat(requests.receipt(requests.receiptSecret(account))).isPresent();
        assertThatThrownBy(() -> requests.retry("1", Actor.staff("kim"), "again"))
                .hasMessageContaining("No request of this person has failed");
    }

    @Test
    void holdsArePlacedReleasedAndHeeded() {
        Exeunt exeunt = as(granted());
        AccountRequests requests = exeunt.requests(map);
        LegalHolds holds = exeunt.holds(map);
        LegalHold hold = holds.place(NewLegalHold.on("2", "lawsuit"), Actor.staff("kim"));
        requests.submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, "2").typing("ben@x.test"));
        guilds.clock().advance(Duration.ofDays(40));
        assertThat(requests.eraseDue("w")).isEqualTo(new ReapResult(0, 0, 0, 1));
        holds.release(hold.id(), Actor.staff("kim"), "settled");
        assertThat(holds.list("2", true)).hasSize(1);
        assertThat(holds.countActive()).isZero();
        assertThat(requests.eraseDue("w")).isEqualTo(new ReapResult(1, 0, 0));
        assertThat(holds.list(null, true)).isEmpty();
    }

    @Test
    void exportsAreMadeInTheBackgroundFetchedAndCleanedUp() throws Exception {
        String role = granted();
        Exeunt exeunt = as(role);
        ExportJobs exports =
                ExportTestApplication.exports(exeunt, new DirectoryArchives(directory), GuildTestApplication.MAP);
        AccountRequests requests = exeunt.requests(map);
        BackgroundWorker.Settings pace = new BackgroundWorker.Settings(
                2,
                Duration.ofMillis(50),
                Duration.ofMillis(50),
                Duration.ofMillis(50),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5));
        UUID id = exports.submit(new NewExport("1", BundleFormat.ZIP, Actor.SELF, null, "wish", List.of()))
                .id();
        UUID stopped = exports.submit("2", BundleFormat.ZIP, Actor.staff("kim"), "a letter")
                .id();
        exports.cancel("2", stopped, Actor.SELF, null);
        try (BackgroundWorker worker = new ScheduledWorker(
                "w",
                new BackgroundWorker.Duties(
                        Database.at(guilds.database().jdbcUrl(), role, role), Clock.systemUTC(), requests, exports),
                pace)) {
            worker.start();
            while (exports.job("1", id).state().isOpen()) {
                Thread.onSpinWait();
            }
        }
        assertThat(exports.job("1", id).state()).isEqualTo(ExportJob.State.READY);
        exports.download(exports.grantDownload("1", id).token());
        guilds.clock().advance(Duration.ofDays(60));
        exports.removeExpired();
        exports.removeOrphans();
        assertThat(exports.job("1", id).state()).isEqualTo(ExportJob.State.EXPIRED);
        guilds.clock().advance(Duration.ofDays(4000));
        exports.removeExpired();
        assertThat(exports.status("1").jobs()).isEmpty();
    }

    /** Nothing by which the role could rewrite the audit log, or forget who was erased. */
    @Test
    void grantsNothingThatRewritesHistory() {
        String role = granted();
        List<String> rights = guilds.database()
                .column(
                        "SELECT table_schema || '.' || table_name || ' ' || privilege_type FROM information_schema.role_table_grants"
                                + " WHERE grantee = '" + role + "' AND table_schema = 'exeunt' ORDER BY 1");
        assertThat(rights)
                .hasSize(84)
                .doesNotContain(
                        "exeunt.event UPDATE",
                        "exeunt.event DELETE",
                        "exeunt.erased DELETE",
                        "exeunt.ledger UPDATE",
                        "exeunt.ledger DELETE",
                        "exeunt.schema_history INSERT")
                .noneMatch(r -> r.endsWith("TRUNCATE") || r.endsWith("REFERENCES") || r.endsWith("TRIGGER"));
    }
}
