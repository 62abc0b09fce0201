package dev.exeunt.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.Exeunt;
import dev.exeunt.archive.DirectoryArchives;
import dev.exeunt.ledger.Actor;
import dev.exeunt.lifecycle.Ask;
import dev.exeunt.lifecycle.Departures;
import dev.exeunt.lifecycle.Request;
import dev.exeunt.lifecycle.Town;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.ExportSettings.Format;
import dev.exeunt.map.Flow;
import dev.exeunt.map.yaml.MapReader;
import dev.exeunt.postgres.Database;
import dev.exeunt.work.Pace;
import dev.exeunt.work.Worker;
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

    private final Town town = Town.made();
    private final DataMap map = MapReader.read(Town.MAP, "exeunt.yaml");

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        town.close();
    }

    private Exeunt as(String role) {
        return Exeunt.builder(Database.at(town.database().jdbcUrl(), role, role))
                .clock(town.clock())
                .key(Town.KEY)
                .build();
    }

    private String granted() {
        String role = town.database().createRole("plain_" + town.database().databaseName());
        town.exeunt().grants(map, role).forEach(town.database()::execute);
        return role;
    }

    private static Ask acknowledged(Departures departures, Flow flow, String key) {
        return Ask.self(flow, key)
                .acknowledging(departures.outlook(flow, key).warnings().digest());
    }

    @Test
    void withoutTheTablesThereIsNothingToGrantOnThem() {
        town.database().execute("DROP SCHEMA exeunt CASCADE");
        assertThat(town.exeunt().grants(map, "x")).isNotEmpty().noneMatch(g -> g.contains("\"exeunt\""));
    }

    @Test
    void requestsAreAskedForTakenBackAndCarriedOut() {
        String role = granted();
        Departures departures = as(role).departures(map);
        departures.requireKey();
        Request away =
                departures.ask(acknowledged(departures, Flow.DEACTIVATE, "1").knownBy("wish"));
        assertThat(departures.ask(Ask.staff(Flow.DEACTIVATE, "1", "kim", "a letter")))
                .isEqualTo(away);
        departures.reactivate("1", Actor.SELF, null);
        departures.ask(acknowledged(departures, Flow.DELETE_DATA, "1").because("mine"));
        departures.cancel("1", Actor.staff("kim"), "a mistake");
        departures.ask(acknowledged(departures, Flow.DELETE_DATA, "1"));
        Request account = departures.ask(
                Ask.self(Flow.DELETE_ACCOUNT, "2").typing("ben@x.test").knownBy("wish"));
        departures.ask(Ask.staff(Flow.DEACTIVATE, "3", "kim", "a letter").overriding());
        assertThat(departures.useUp("link", town.clock().instant().plusSeconds(60)))
                .isTrue();
        departures.recordStaffCall(Actor.staff("kim"), "GET /admin/{subject}", "1");
        assertThat(departures.register(true, null, 50).entries()).hasSize(5);
        assertThat(departures.status("1").requests()).hasSize(3);
        departures.tally();
        town.clock().go(Duration.ofDays(40));
        departures.reap("w");
        assertThat(
                        town.database()
                                .column(
                                        "SELECT kind || ' ' || state || coalesce(' ' || failure, '') FROM exeunt.request ORDER BY 1"))
                .containsExactly(
                        "deactivate erased",
                        "deactivate reactivated",
                        "delete-account erased",
                        "delete-data cancelled",
                        "delete-data erased");
        assertThat(departures.gate("2", null).state().word()).isEqualTo("erased");
        assertThat(departures.receipt(departures.receiptSecret(account))).isPresent();
        assertThatThrownBy(() -> departures.retry("1", Actor.staff("kim"), "again"))
                .hasMessageContaining("No request of this person has failed");
    }

    @Test
    void exportsAreMadeInTheBackgroundFetchedAndCleanedUp() throws Exception {
        String role = granted();
        Exeunt exeunt = as(role);
        Exports exports = Counter.exports(exeunt, new DirectoryArchives(directory), Town.MAP);
        Departures departures = exeunt.departures(map);
        Pace pace = new Pace(
                2,
                Duration.ofMillis(50),
                Duration.ofMillis(50),
                Duration.ofMillis(50),
                Duration.ofMillis(500),
                Duration.ofSeconds(5));
        UUID id = exports.ask("1", Format.ZIP, Actor.SELF, null, "wish").id();
        UUID stopped = exports.ask("2", Format.ZIP, Actor.staff("kim"), "a letter", null)
                .id();
        exports.cancel("2", stopped, Actor.SELF, null);
        try (Worker worker = new Worker(
                "w",
                Database.at(town.database().jdbcUrl(), role, role),
                Clock.systemUTC(),
                departures,
                exports,
                pace)) {
            worker.start();
            while (exports.job("1", id).state().isOpen()) {
                Thread.onSpinWait();
            }
        }
        assertThat(exports.job("1", id).state()).isEqualTo(ExportState.READY);
        exports.download(exports.handOver("1", id).token());
        town.clock().go(Duration.ofDays(60));
        exports.clean();
        exports.sweep();
        assertThat(exports.job("1", id).state()).isEqualTo(ExportState.EXPIRED);
        town.clock().go(Duration.ofDays(4000));
        exports.clean();
        assertThat(exports.status("1").jobs()).isEmpty();
    }

    /** Nothing by which the role could rewrite the audit log, or forget who was erased. */
    @Test
    void grantsNothingThatRewritesHistory() {
        String role = granted();
        List<String> rights = town.database()
                .column(
                        "SELECT table_schema || '.' || table_name || ' ' || privilege_type FROM information_schema.role_table_grants"
                                + " WHERE grantee = '" + role + "' AND table_schema = 'exeunt' ORDER BY 1");
        assertThat(rights)
                .hasSize(33)
                .doesNotContain(
                        "exeunt.event UPDATE",
                        "exeunt.event DELETE",
                        "exeunt.erased DELETE",
                        "exeunt.schema_history INSERT")
                .noneMatch(r -> r.endsWith("TRUNCATE") || r.endsWith("REFERENCES") || r.endsWith("TRIGGER"));
    }
}
