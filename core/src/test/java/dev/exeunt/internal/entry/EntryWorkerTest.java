package dev.exeunt.internal.entry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.Exeunt;
import dev.exeunt.archive.directory.DirectoryArchives;
import dev.exeunt.database.Database;
import dev.exeunt.export.ExportJobs;
import dev.exeunt.internal.delivery.ExportTestApplication;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.internal.request.GuildTestApplication;
import dev.exeunt.internal.work.ScheduledWorker;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.Request;
import dev.exeunt.testkit.RequestGateway;
import dev.exeunt.work.BackgroundWorker;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests workers beside each other and beside people who call the functions at the same moment. */
@Timeout(120)
class EntryWorkerTest extends EntryTestCase {

    private static final String DELETE = "exeunt.request_deletion(flow => 'delete-account', confirm => ?)";

    @TempDir
    Path archive;

    /** With what {@code exeunt grants --print} says, and nothing else. */
    @Test
    void theWorkerOfAServerTakesWhatWaitsWithinSecondsWithTheRightsItIsGranted() throws Exception {
        String map = withSql(GuildTestApplication.MAP, "");
        String role = guilds.database().createRole("plain_" + guilds.database().databaseName());
        guilds.exeunt().grants(MapReader.read(map, "m"), role).forEach(guilds.database()::execute);
        Database own = Database.at(guilds.database().jdbcUrl(), role, role);
        Exeunt exeunt = Exeunt.builder(own).key(GuildTestApplication.KEY).build();
        guilds.clock().set(Instant.now());
        AccountRequests granted = exeunt.requests(MapReader.read(map, "m"));
        ExportJobs exports = ExportTestApplication.exports(exeunt, new DirectoryArchives(archive));
        Duration often = Duration.ofMillis(100);
        Duration patient = Duration.ofSeconds(10); // a pause of a busy machine is no worker's death
        BackgroundWorker.Settings settings = new BackgroundWorker.Settings(3, often, often, often, patient, patient);
        try (BackgroundWorker worker = new ScheduledWorker(
                "w", new BackgroundWorker.Duties(own, Clock.systemUTC(), granted, exports), settings)) {
            worker.start();
            json("1", DELETE, "anna@x.test");
            json("2", "exeunt.request_export()");
            await(() -> !status("1").path("open").isEmpty()
                    && status("2")
                            .path("exports")
                            .path(0)
                            .path("state")
                            .asString()
                            .equals("ready"));
            json("1", "exeunt.cancel()");
            await(() -> status("1").path("open").isEmpty());
        }
        assertThat(requests.status("1").requests()).extracting(Request::state).containsExactly(Request.State.CANCELLED);
    }

    private static void await(Callable<Boolean> done) throws Exception {
        while (!done.call()) {
            assertThat(Thread.currentThread().isInterrupted())
                    .as("waited in vain")
                    .isFalse();
        }
    }

    @Test
    void whatSeveralWorkersAndCallsDoAtOnceIsDoneOnce() throws Exception {
        int threads = 8;
        CyclicBarrier together = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Boolean>> calls = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                boolean asks = i % 2 == 0;
                calls.add(pool.submit(() -> {
                    try (RequestGateway own = RequestGateway.connect(guilds.database(), guilds.clock())) {
                        together.await();
                        for (int round = 0; round < 5; round++) {
                            if (asks) {
                                own.call("1", DELETE, "anna@x.test");
                            } else {
                                requests.carryOutSqlRequests();
                            }
                        }
                    }
                    return true;
                }));
            }
            for (Future<Boolean> call : calls) {
                call.get();
            }
        } finally {
            pool.shutdownNow();
        }
        requests.carryOutSqlRequests();
        assertThat(requests.status("1").requests()).hasSize(1);
        assertThat(guilds.database().column("SELECT name FROM exeunt.event"))
                .containsExactly("user.account_deletion_requested");
    }

    /** Of a person who takes back and a worker who erases, one wins and the other is told. */
    @Test
    void whoTakesBackWhileTheErasureBeginsIsEitherKeptOrTold() throws Exception {
        guilds.database()
                .execute(
                        "INSERT INTO people SELECT n, 'p' || n || '@x.test', 'P', NULL, NULL FROM generate_series(100, 119) n");
        ExecutorService pool = Executors.newFixedThreadPool(2);
        int kept = 0;
        try {
            for (int person = 100; person < 120; person++) {
                String key = Integer.toString(person);
                json(key, DELETE, "p" + key + "@x.test");
                requests.carryOutSqlRequests();
                Instant before = guilds.clock().instant();
                guilds.clock().advance(Duration.ofDays(14));
                CyclicBarrier together = new CyclicBarrier(2);
                Future<Boolean> taken = pool.submit(() -> {
                    together.await();
                    return takenBack(key);
                });
                Future<Integer> erased = pool.submit(() -> {
                    together.await();
                    return requests.eraseDue("w").erased();
                });
                assertThat(taken.get() ? 0 : 1).as(key).isEqualTo(erased.get());
                requests.carryOutSqlRequests();
                String name = guilds.database().scalar("SELECT coalesce(name, 'gone') FROM people WHERE id = " + key);
                assertThat(name).isEqualTo(taken.get() ? "P" : "gone");
                kept += taken.get() ? 1 : 0;
                guilds.clock().set(before);
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(guilds.database().column("SELECT id::text FROM people WHERE name = 'P'"))
                .hasSize(kept);
    }

    private boolean takenBack(String key) {
        try {
            gateway.call(key, "exeunt.cancel()");
            return true;
        } catch (SQLException e) {
            assertThat(e.getSQLState()).as(e.getMessage()).isIn("PT423", "PT410");
            return false;
        }
    }
}
