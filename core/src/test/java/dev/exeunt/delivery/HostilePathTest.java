package dev.exeunt.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.Exeunt;
import dev.exeunt.archive.DirectoryArchives;
import dev.exeunt.ledger.Actor;
import dev.exeunt.lifecycle.Ask;
import dev.exeunt.lifecycle.Departures;
import dev.exeunt.lifecycle.Reaped;
import dev.exeunt.lifecycle.Town;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.ExportSettings.Format;
import dev.exeunt.map.Flow;
import dev.exeunt.map.yaml.MapReader;
import dev.exeunt.postgres.Database;
import dev.exeunt.testkit.HostilePath;
import dev.exeunt.work.Pace;
import dev.exeunt.work.Worker;
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
        try (Town town = Town.made()) {
            town.database().execute(TRIGGER);
            HostilePath hostile = HostilePath.plant(town.database(), "mallory_" + path.length());
            assertThat(hostile.shadows()).isGreaterThan(10_000);
            town.database().execute("DROP SCHEMA exeunt CASCADE");
            Exeunt exeunt = town.exeunt(HostilePath.parameters(path));
            String text = path.equals(HostilePath.USUAL) ? Town.MAP : Town.UNGUARDED;
            DataMap map = MapReader.read(text, "exeunt.yaml");
            exeunt.migrations().apply();
            Departures departures = exeunt.departures(map);
            departures.makeGateFunction();
            goAndComeBack(town, departures);
            export(town, exeunt, text);
            exeunt.preview(map, List.of("4"));
            exeunt.rehearse(map, List.of("4"), 2);
            exeunt.erase(map, List.of("4"), receipt -> {});
            exeunt.verify(map, List.of("4"), List.of("dee@x.test"));
            exeunt.export(map, "email:cem@x.test", OutputStream.nullOutputStream(), Format.ZIP);
            exeunt.export(map, "3", OutputStream.nullOutputStream(), Format.JSON);
            exeunt.diagram(map);
            exeunt.draft("people");
            exeunt.update(text, "exeunt.yaml");
            departures.tally();
            work(town, exeunt, departures, text, path);
            assertThat(hostile.calls()).isZero();
            assertThat(hostile.callsOfTriggers())
                    .as("of the application's trigger")
                    .isPositive();
        }
    }

    /** The statements of the scheduler's library. */
    private void work(Town town, Exeunt exeunt, Departures departures, String map, String path) {
        Exports exports = Counter.exports(exeunt, new DirectoryArchives(directory), map);
        UUID id = exports.ask("3", null, Actor.SELF, null).id();
        Duration often = Duration.ofMillis(50);
        Database database = Database.at(
                town.database().jdbcUrl() + HostilePath.parameters(path),
                town.database().user(),
                town.database().password());
        Pace pace = new Pace(1, often, often, often, Duration.ofMillis(500), Duration.ofSeconds(10));
        try (Worker worker = new Worker("worker", database, Clock.systemUTC(), departures, exports, pace)) {
            worker.start();
            while (exports.job("3", id).state() != ExportState.READY) {
                assertThat(Thread.currentThread().isInterrupted())
                        .as("waited in vain")
                        .isFalse();
            }
        }
    }

    private static void goAndComeBack(Town town, Departures departures) {
        Ask deactivation = Ask.self(Flow.DEACTIVATE, "1")
                .acknowledging(
                        departures.outlook(Flow.DEACTIVATE, "1").warnings().digest());
        departures.ask(deactivation);
        departures.gate("1", town.clock().instant());
        departures.status("1");
        departures.preview(Flow.DEACTIVATE, "1");
        departures.reactivate("1", Actor.SELF, null);
        Ask deletion = Ask.self(Flow.DELETE_DATA, "1")
                .acknowledging(
                        departures.outlook(Flow.DELETE_DATA, "1").warnings().digest());
        departures.ask(deletion);
        departures.ask(Ask.self(Flow.DELETE_ACCOUNT, "1").typing("anna@x.test"));
        departures.cancel("1", Actor.staff("kim"), "asked by letter");
        var leaving = departures.ask(Ask.self(Flow.DELETE_ACCOUNT, "2").typing("ben@x.test"));
        town.clock().to(leaving.dueAt().plusSeconds(60L * 60 * 24 * 60));
        assertThat(departures.reap("worker")).isEqualTo(new Reaped(2, 0, 0));
    }

    private void export(Town town, Exeunt exeunt, String map) {
        Exports exports = Counter.exports(exeunt, new DirectoryArchives(directory), map);
        UUID id = exports.ask("3", null, Actor.SELF, null).id();
        assertThat(exports.make(id, "worker")).isEmpty();
        exports.handOver("3", id);
        exports.status("3");
        town.clock().go(Duration.ofDays(3));
        exports.clean();
        exports.sweep();
    }
}
