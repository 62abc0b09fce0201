package dev.exeunt.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.Exeunt;
import dev.exeunt.archive.directory.DirectoryArchives;
import dev.exeunt.database.Database;
import dev.exeunt.export.ExportJob;
import dev.exeunt.export.ExportJobs;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.internal.request.GuildTestApplication;
import dev.exeunt.internal.work.ScheduledWorker;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.ExportSettings.BundleFormat;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.ReapResult;
import dev.exeunt.request.Actor;
import dev.exeunt.request.NewRequest;
import dev.exeunt.testkit.HostilePath;
import dev.exeunt.testkit.TestDatabase;
import dev.exeunt.testkit.TestSkip;
import dev.exeunt.work.BackgroundWorker;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A role that may create functions in the path runs no code with our rights (CVE-2018-1058). */
@Timeout(240)
class HostilePathTest {

    /** The trigger names its table without a schema, and calls a shadow. */
    private static final String TRIGGER = """
            CREATE TABLE changes (what text);
            CREATE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM pg_catalog.set_config('application.trigger', 'runs', true);
                INSERT INTO changes SELECT lower(CAST('A' AS varchar));
                PERFORM pg_catalog.set_config('application.trigger', '', true);
                RETURN NULL;
            END $$;
            CREATE TRIGGER note_change AFTER UPDATE OR DELETE ON posts FOR EACH ROW EXECUTE FUNCTION note_change();
            """;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {HostilePath.USUAL, HostilePath.REVERSED})
    void noShadowIsCalledByAStatementOfOurs(String path) {
        TestSkip.unless(!TestDatabase.hostile(), "it plants shadows of its own");
        try (GuildTestApplication guilds = GuildTestApplication.create()) {
            guilds.database().execute(TRIGGER);
            HostilePath hostile = HostilePath.plant(guilds.database(), "mallory_" + path.length());
            assertThat(hostile.shadows()).isGreaterThan(10_000);
            guilds.database().execute("DROP SCHEMA exeunt CASCADE");
            Exeunt exeunt = guilds.exeunt(HostilePath.parameters(path));
            String text = path.equals(HostilePath.USUAL) ? GuildTestApplication.MAP : GuildTestApplication.UNGUARDED;
            MapDefinition map = MapReader.read(text, "exeunt.yaml");
            exeunt.migrate();
            AccountRequests requests = exeunt.requests(map);
            requests.makeGateFunction();
            goAndComeBack(guilds, requests);
            export(guilds, exeunt, text);
            exeunt.preview(map, List.of("4"));
            exeunt.rehearse(map, List.of("4"), 2);
            exeunt.erase(map, List.of("4"), receipt -> {});
            exeunt.verify(map, List.of("4"), List.of("dee@x.test"));
            exeunt.export(map, "email:cem@x.test", OutputStream.nullOutputStream(), BundleFormat.ZIP);
            exeunt.export(map, "3", OutputStream.nullOutputStream(), BundleFormat.JSON);
            exeunt.diagram(map);
            exeunt.draft("people");
            exeunt.update(text, "exeunt.yaml");
            requests.countRequests();
            work(guilds, exeunt, requests, text, path);
            assertThat(hostile.calls()).isZero();
            assertThat(hostile.callsOfTriggers())
                    .as("of the application's trigger")
                    .isPositive();
        }
    }

    /** The statements of the scheduler's library. */
    private void work(GuildTestApplication guilds, Exeunt exeunt, AccountRequests requests, String map, String path) {
        ExportJobs exports = ExportTestApplication.exports(exeunt, new DirectoryArchives(directory), map);
        UUID id = exports.submit("3", null, Actor.SELF, null).id();
        Duration often = Duration.ofMillis(50);
        Database database = Database.at(
                guilds.database().jdbcUrl() + HostilePath.parameters(path),
                guilds.database().user(),
                guilds.database().password());
        BackgroundWorker.Settings pace =
                new BackgroundWorker.Settings(1, often, often, often, Duration.ofSeconds(10), Duration.ofSeconds(10));
        try (BackgroundWorker worker = new ScheduledWorker(
                "worker", new BackgroundWorker.Duties(database, Clock.systemUTC(), requests, exports), pace)) {
            worker.start();
            while (exports.job("3", id).state() != ExportJob.State.READY) {
                assertThat(Thread.currentThread().isInterrupted())
                        .as("waited in vain")
                        .isFalse();
            }
        }
    }

    private static void goAndComeBack(GuildTestApplication guilds, AccountRequests requests) {
        NewRequest deactivation = NewRequest.self(AccountFlow.DEACTIVATE, "1")
                .acknowledging(requests.previewRequest(AccountFlow.DEACTIVATE, "1")
                        .warnings()
                        .digest());
        requests.submit(deactivation);
        requests.gate("1", guilds.clock().instant());
        requests.status("1");
        requests.previewErasure(AccountFlow.DEACTIVATE, "1");
        requests.reactivate("1", Actor.SELF, null);
        NewRequest deletion = NewRequest.self(AccountFlow.DELETE_DATA, "1")
                .acknowledging(requests.previewRequest(AccountFlow.DELETE_DATA, "1")
                        .warnings()
                        .digest());
        requests.submit(deletion);
        requests.submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, "1").typing("anna@x.test"));
        requests.cancel("1", Actor.staff("kim"), "asked by letter");
        var leaving =
                requests.submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, "2").typing("ben@x.test"));
        guilds.clock().set(leaving.dueAt().plusSeconds(60L * 60 * 24 * 60));
        assertThat(requests.eraseDue("worker")).isEqualTo(new ReapResult(2, 0, 0));
    }

    private void export(GuildTestApplication guilds, Exeunt exeunt, String map) {
        ExportJobs exports = ExportTestApplication.exports(exeunt, new DirectoryArchives(directory), map);
        UUID id = exports.submit("3", null, Actor.SELF, null).id();
        assertThat(exports.runJob(id, "worker")).isEmpty();
        exports.grantDownload("3", id);
        exports.status("3");
        guilds.clock().advance(Duration.ofDays(3));
        exports.removeExpired();
        exports.removeOrphans();
    }
}
