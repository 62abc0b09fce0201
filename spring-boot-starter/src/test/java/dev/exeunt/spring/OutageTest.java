package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.testkit.LedgerReceiver;
import dev.exeunt.testkit.TcpRelay;
import dev.exeunt.testkit.TestDatabase;
import dev.exeunt.testkit.TestSkip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server stands on is away: that is said in a sentence, without a word of it, and what was asked for is done later. */
class OutageTest {

    /** What nobody who calls need know. */
    private static final String[] INSIDE = {"127.0.0.1", "localhost", "jdbc", "postgres", "SQLSTATE", "test_", "exports"
    };

    @TempDir
    Path directory;

    private static void unavailable(HttpAnswer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(answer.problem()).isEqualTo("unavailable");
        assertThat(answer.header("Retry-After")).matches("[1-9]\\d*");
        assertThat(answer.at("detail")).endsWith(".").doesNotContain(INSIDE);
        assertThat(answer.text()).doesNotContain(INSIDE);
    }

    /** The copy of the ledger has an entry that the database lacks, as after a restored backup. */
    @Test
    void theDatabaseWasRestored() throws Exception {
        Path ledger =
                Files.writeString(directory.resolve("ledger"), "1 " + "0".repeat(64) + " requested key=00000000\n");
        try (SpringTestApplication host =
                SpringTestApplication.of("guild-platform", Map.of("exeunt.ledger.file", ledger.toString()))) {
            String anna = host.token("1001");
            List<Supplier<HttpAnswer>> calls = List.of(
                    () -> host.get("/account", anna),
                    () -> host.post("/account/export", anna, "{}"),
                    () -> host.post("/account/deactivation", host.token("1003"), "{\"confirm\": \"chiara\"}"),
                    () -> host.get("/gate/1001", SpringTestApplication.SERVICE));
            calls.forEach(call -> unavailable(call.get()));
            Files.delete(ledger);
            assertThat(host.get("/account", anna).status()).isEqualTo(200);
            assertThat(host.post("/account/export", anna, "{}").status()).isEqualTo(202);
        }
    }

    /** What the receiver does not have would not be erased again after a restore: no request is accepted meanwhile. */
    @Test
    void theReceiverOfTheLedgerIsDown() throws Exception {
        LedgerReceiver receiver = LedgerReceiver.start(directory.resolve("ledger"));
        try (SpringTestApplication host = SpringTestApplication.of(
                "guild-platform",
                Map.of(
                        "exeunt.ledger.url",
                        receiver.address().toString(),
                        "exeunt.ledger.token",
                        LedgerReceiver.TOKEN))) {
            String anna = host.token("1001");
            String digest = host.get("/account/preview?flow=deactivate", anna).at("digest");
            HttpAnswer accepted = host.post(
                    "/account/deactivation", anna, "{\"acknowledge\": \"" + digest + "\", \"confirm\": \"anna\"}");
            assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
            assertThat(Files.readString(directory.resolve("ledger")))
                    .startsWith("1 ")
                    .contains(" requested ");
            receiver.close();
            assertThat(host.post("/account/reactivation", anna, "{}").status())
                    .as("it is committed when its copy fails")
                    .isEqualTo(200);
            unavailable(host.get("/account", anna));
        } finally {
            receiver.close();
        }
    }

    @Test
    void theDatabaseIsDown() throws Exception {
        try (TestDatabase server = TestDatabase.create();
                TcpRelay relay = new TcpRelay(server.port());
                SpringTestApplication host = SpringTestApplication.of(
                        "guild-platform",
                        Map.of("exeunt.database.url", "jdbc:postgresql://127.0.0.1:" + relay.port() + "/{database}"))) {
            String anna = host.token("1001");
            String ready = AttackerAccount.ready(host, anna);
            String download =
                    host.get("/account/export/" + ready + "/download", anna).header("Location");
            String waiting = cutWhileAnExportIsMade(host, relay);
            List<Supplier<HttpAnswer>> calls = List.of(
                    () -> host.get("/account", anna),
                    () -> host.get("/account/export/" + ready, anna),
                    () -> host.post("/account/export", host.token("1003"), "{}"),
                    () -> host.post("/account/deactivation", host.token("1003"), "{\"confirm\": \"chiara\"}"),
                    () -> host.get("/gate/1001", SpringTestApplication.SERVICE),
                    () -> host.get(download, null));
            calls.stream().map(CompletableFuture::supplyAsync).toList().forEach(c -> unavailable(c.join()));
            assertThat(host.get("/account/openapi.json", null).status()).isEqualTo(200);
            assertThat(host.get("/account", null).status()).isEqualTo(401);

            relay.mend();
            PollingLoop.until(() -> host.get("/account", anna).status(), s -> s == 200);
            assertThat(host.get(download, null).status()).isEqualTo(200);
            assertThat(host.get("/account", host.token("1003")).at("state")).isEqualTo("allowed");
            await(host, waiting);
            assertThat(host.post("/account/export", host.token("1003"), "{}").status())
                    .isEqualTo(202);
        }
    }

    /** @return an export of 1002's */
    private static String cutWhileAnExportIsMade(SpringTestApplication host, TcpRelay relay) throws Exception {
        try (Connection connection = host.database().connection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE messages IN ACCESS EXCLUSIVE MODE");
            String id = host.post("/account/export", host.token("1002"), "{}").at("id");
            PollingLoop.until(
                    () -> host.get("/account/export/" + id, host.token("1002")).at("state"), "running"::equals);
            relay.cut();
            return id;
        }
    }

    /** The worker tries again after half a minute. */
    private static void await(SpringTestApplication host, String export) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        String state;
        do {
            state = PollingLoop.until(
                    () -> host.get("/account/export/" + export, host.token("1002"))
                            .at("state"),
                    s -> true);
            host.clock().advance(Duration.ofMillis(100));
        } while (!state.equals("ready") && System.nanoTime() < end);
        assertThat(state).isEqualTo("ready");
    }

    @Test
    void theArchiveIsAway() throws IOException {
        Path exports = directory.resolve("exports");
        try (SpringTestApplication host =
                SpringTestApplication.of("guild-platform", Map.of("exeunt.archive.directory", exports.toString()))) {
            String anna = host.token("1001");
            String ready = AttackerAccount.ready(host, anna);
            String download =
                    host.get("/account/export/" + ready + "/download", anna).header("Location");
            Files.move(exports, directory.resolve("unmounted"));
            unavailable(host.get(download, null));
            String waiting = asked(host, "1002");
            told(host, "1002", waiting, "pending", exports);
            Files.move(directory.resolve("unmounted"), exports);
            assertThat(host.get(download, null).status()).isEqualTo(200);
            host.clock().advance(Duration.ofMinutes(1));
            PollingLoop.until(
                    () -> host.get("/account/export/" + waiting, host.token("1002"))
                            .at("state"),
                    "ready"::equals);
            assertThat(host.get("/account/export/" + waiting, host.token("1002"))
                            .at("failure"))
                    .isNull();
        }
    }

    private static String asked(SpringTestApplication host, String person) {
        String id = host.post("/account/export", host.token(person), "{}").at("id");
        PollingLoop.until(
                () -> host.get("/account/export/" + id, host.token(person)).at("failure"), f -> f != null);
        return id;
    }

    /** The person in plain words; staff, what they have to put right. */
    private static void told(SpringTestApplication host, String person, String export, String state, Path where) {
        HttpAnswer own = host.get("/account/export/" + export, host.token(person));
        assertThat(own.at("state")).isEqualTo(state);
        assertThat(own.at("failure")).isEqualTo("It could not be made yet, and will be tried again by itself.");
        assertThat(own.text()).doesNotContain(where.toString());
        HttpAnswer staff = host.get("/account/admin/" + person, host.admin("1008"));
        assertThat(staff.at("exports.0.failure")).contains(where.toString()).endsWith(".");
    }

    /** A disk of a megabyte, where the tests may mount one. */
    @Test
    void theDiskIsFull() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        TestSkip.unless(
                run("mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "tmpfs", disk.toString()),
                "no small disk can be mounted here");
        try (SpringTestApplication host =
                SpringTestApplication.of("guild-platform", Map.of("exeunt.archive.directory", disk.toString()))) {
            Path other = Files.write(disk.resolve("other"), new byte[1 << 20]);
            String waiting = asked(host, "1002");
            told(host, "1002", waiting, "pending", disk);
            assertThat(names(disk)).containsExactly("other");
            Files.delete(other);
            host.clock().advance(Duration.ofMinutes(1));
            PollingLoop.until(
                    () -> host.get("/account/export/" + waiting, host.token("1002"))
                            .at("state"),
                    "ready"::equals);
            assertThat(names(disk)).hasSize(1);
        } finally {
            assertThat(run("umount", disk.toString())).isTrue();
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(f -> f.getFileName().toString()).toList();
        }
    }

    private static boolean run(String... command) throws Exception {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    }
}
