package dev.exeunt.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.ExeuntException;
import dev.exeunt.archive.directory.DirectoryArchives;
import dev.exeunt.export.ExportJobs;
import dev.exeunt.export.ExportRefusedException;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.internal.request.GuildTestApplication;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.Actor;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import dev.exeunt.request.RequestRefusedException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that actions for a person are refused while the account is being erased. */
@Timeout(60)
class ActionDuringErasureTest {

    private static final String STAYS =
            "erase: { anonymize: { email: \"deleted-{key}@erased.invalid\", name: null, bio: null } }";

    @TempDir
    Path directory;

    private final GuildTestApplication guilds = GuildTestApplication.create();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
        guilds.close();
    }

    /** What became of it: done, or why not. */
    private static String told(Runnable work) {
        try {
            work.run();
            return "done";
        } catch (RequestRefusedException e) {
            return e.why().name();
        } catch (ExportRefusedException e) {
            return e.why().name();
        } catch (ExeuntException e) {
            return e.getMessage();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {STAYS, "erase: delete"})
    void itIsTooLateAndNothingIsLeftOfIt(String fate) throws Exception {
        String map = GuildTestApplication.MAP.replace(STAYS, fate);
        assertThat(map).contains(fate);
        AccountRequests requests = guilds.requests(map);
        ExportJobs exports = guilds.exeunt()
                .exports(
                        MapReader.read(map, "exeunt.yaml"),
                        new DirectoryArchives(directory),
                        new ExportJobs.ExportTerms(
                                ExportTestApplication.SETTINGS,
                                GuildTestApplication.KEY,
                                ExportJobs.ExportTerms.REMEMBER));
        List<Runnable> calls = List.of(
                () -> exports.submit("1", null, Actor.SELF, null),
                () -> exports.stream("1", 1_000, attachment -> OutputStream.nullOutputStream()),
                () -> requests.submit(NewRequest.staff(AccountFlow.DEACTIVATE, "1", "kim", "asked by mail")
                        .overriding()),
                () -> requests.submit(NewRequest.staff(AccountFlow.DELETE_DATA, "1", "kim", "asked by mail")));
        Request leaving =
                requests.submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, "1").typing("anna@x.test"));
        guilds.clock().set(leaving.dueAt());
        try (Connection connection = guilds.database().connection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT FROM posts WHERE id = 1 FOR UPDATE"); // which the erasure comes to, and waits
            Future<?> erasing = threads.submit(() -> requests.eraseDue("w"));
            awaitWaiting(1);
            List<Future<String>> asking =
                    calls.stream().map(call -> threads.submit(() -> told(call))).toList();
            awaitWaiting(1 + calls.size());
            connection.rollback();
            erasing.get();
            assertThat(asking).allSatisfy(each -> assertThat(result(each)).isEqualTo("TOO_LATE"));
        }
        assertThat(guilds.database().column("SELECT state FROM exeunt.request")).containsExactly("erased");
        assertThat(guilds.database().scalar("SELECT count(*) FROM exeunt.request WHERE subject IS NOT NULL"))
                .isEqualTo("0");
        assertThat(requests.gate("1", null).state().word()).isEqualTo("erased");
    }

    private static String result(Future<String> each) throws InterruptedException, ExecutionException {
        return each.get();
    }

    private void awaitWaiting(int number) {
        String waiting = "SELECT count(DISTINCT pid)::text FROM pg_locks WHERE NOT granted";
        while (!guilds.database().scalar(waiting).equals("" + number)) {
            assertThat(Thread.currentThread().isInterrupted())
                    .as("waited in vain")
                    .isFalse();
        }
    }
}
