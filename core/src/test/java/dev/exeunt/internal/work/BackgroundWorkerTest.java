package dev.exeunt.internal.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.archive.directory.DirectoryArchives;
import dev.exeunt.database.Database;
import dev.exeunt.export.ExportJob;
import dev.exeunt.export.ExportJobs;
import dev.exeunt.internal.delivery.ExportTestApplication;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.Actor;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import dev.exeunt.work.BackgroundWorker;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests that workers share background work and take over from dead workers. */
@Timeout(120)
class BackgroundWorkerTest {

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final BackgroundWorker.Settings QUICK =
            new BackgroundWorker.Settings(2, SHORT, SHORT, SHORT, Duration.ofSeconds(10), Duration.ofSeconds(10));

    @TempDir
    Path directory;

    private ExportTestApplication counter;

    @BeforeEach
    void open() {
        counter = new ExportTestApplication(directory);
    }

    @AfterEach
    void close() {
        counter.close();
    }

    private BackgroundWorker worker(String name) {
        var database = counter.guilds().database();
        ExportJobs exports = ExportTestApplication.exports(counter.guilds().exeunt(), new DirectoryArchives(directory));
        BackgroundWorker worker = new ScheduledWorker(
                name,
                new BackgroundWorker.Duties(
                        Database.at(database.jdbcUrl(), database.user(), database.password()),
                        Clock.systemUTC(),
                        counter.guilds().requests(),
                        exports),
                QUICK);
        worker.start();
        return worker;
    }

    private void await(String condition) {
        while (!"t".equals(counter.guilds().database().scalar("SELECT " + condition))) {
            assertThat(Thread.currentThread().isInterrupted())
                    .as("waited in vain")
                    .isFalse();
        }
    }

    @Test
    void exportsAreMadeAndDueAccountsErased() {
        UUID export = counter.exports().submit("1", null, Actor.SELF, null).id();
        var leaving = counter.guilds()
                .requests()
                .submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, "2").typing("ben@x.test"));
        counter.guilds().clock().set(leaving.dueAt());
        try (BackgroundWorker first = worker("first");
                BackgroundWorker second = worker("second")) {
            await("count(*) = 2 FROM exeunt.request WHERE state IN ('ready', 'erased')");
        }
        assertThat(counter.exports().job("1", export).state()).isEqualTo(ExportJob.State.READY);
        assertThat(counter.guilds().database().column("SELECT state FROM exeunt.request WHERE kind <> 'export'"))
                .containsExactly(Request.State.ERASED.word());
    }

    @Test
    void whatADeadWorkerHeldIsTakenOver() {
        UUID export = counter.exports().submit("1", null, Actor.SELF, null).id();
        counter.guilds()
                .database()
                .execute("UPDATE exeunt.job SET picked = true, picked_by = 'dead', version = 2,"
                        + " last_heartbeat = now() - interval '1 hour';"
                        + "UPDATE exeunt.request SET state = 'running', worker = 'dead', fence = 1");
        try (BackgroundWorker worker = worker("living")) {
            await("state = 'ready' FROM exeunt.request");
        }
        assertThat(counter.exports().job("1", export).state()).isEqualTo(ExportJob.State.READY);
    }

    @Test
    void whatADeadWorkerHeldDoesNotQueueUpAgain() {
        UUID first = counter.exports().submit("1", null, Actor.SELF, null).id();
        counter.guilds()
                .database()
                .execute("UPDATE exeunt.job SET picked = true, picked_by = 'dead', version = 2,"
                        + " last_heartbeat = now() - interval '1 hour';"
                        + "UPDATE exeunt.request SET state = 'running', worker = 'dead', fence = 1;"
                        + "INSERT INTO people SELECT i, 'p' || i, 'P', NULL, NULL FROM generate_series(100, 159) i");
        counter.guilds().clock().set(counter.guilds().clock().instant().plusSeconds(1));
        for (int i = 100; i < 160; i++) {
            counter.exports().submit("" + i, null, Actor.SELF, null);
        }
        try (BackgroundWorker worker = worker("living")) {
            await("state = 'ready' FROM exeunt.request WHERE id = '" + first + "'");
            assertThat(counter.guilds()
                            .database()
                            .scalar("SELECT count(*) FROM exeunt.request WHERE state = 'pending'"))
                    .as("those who asked later")
                    .isNotEqualTo("0");
        }
    }

    @Test
    void manyAreSharedAndWorkersThatGoLeaveNothingUndone() throws Exception {
        counter.guilds()
                .database()
                .execute("INSERT INTO people SELECT i, 'p' || i, 'P', NULL, NULL FROM generate_series(100, 139) i");
        List<UUID> asked = new ArrayList<>();
        for (int i = 100; i < 140; i++) {
            asked.add(counter.exports().submit("" + i, null, Actor.SELF, null).id());
        }
        for (int i = 1; i < 4; i++) {
            try (BackgroundWorker passing = worker("passing-" + i)) {
                await("count(*) >= " + 5 * i + " FROM exeunt.request WHERE state = 'ready'");
            }
        }
        try (BackgroundWorker last = worker("last")) {
            await("count(*) = 40 FROM exeunt.request WHERE state = 'ready'");
        }
        assertThat(counter.files()).hasSize(asked.size());
        assertThat(counter.guilds()
                        .database()
                        .column("SELECT task_instance FROM exeunt.job WHERE task_name = 'export'"))
                .isEmpty();
    }
}
