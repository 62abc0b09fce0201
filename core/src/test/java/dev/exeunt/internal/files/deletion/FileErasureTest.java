package dev.exeunt.internal.files.deletion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.Exeunt;
import dev.exeunt.ExeuntException;
import dev.exeunt.HashKey;
import dev.exeunt.WorkObserver;
import dev.exeunt.erase.Receipt;
import dev.exeunt.erase.Receipt.FileReceipt;
import dev.exeunt.erase.ReceiptKeys;
import dev.exeunt.erase.ReceiptKeys.CheckResult;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.DataMap.FileState;
import dev.exeunt.map.DataMap.FileStore;
import dev.exeunt.map.DataMap.StoredFile;
import dev.exeunt.map.FindingCode;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that an erasure deletes the files that its rows named, and no file that another row names. */
class FileErasureTest {

    private static final HashKey KEY = HashKey.ofHex("0123456789abcdef".repeat(4));

    private static final String TABLES = """
            CREATE TABLE people (id text PRIMARY KEY, avatar text);
            CREATE TABLE posts (id int PRIMARY KEY, person text NOT NULL REFERENCES people, pictures varchar(90)[]);
            CREATE INDEX ON posts (person);
            CREATE TABLE notes (id int PRIMARY KEY, person text REFERENCES people, scan varchar(90));
            CREATE INDEX ON notes (person);
            INSERT INTO people VALUES ('a', '/up/a/me.png'), ('b', '/up/b/me.png');
            INSERT INTO posts VALUES
                (1, 'a', '{p/1.png,p/shared.png,p/gone.png}'), (2, 'b', '{p/2.png,p/shared.png}'),
                (3, 'a', '{../up/b/me.png,/etc/passwd,p/link.png}');
            INSERT INTO notes VALUES (1, 'a', 's/1.txt'), (2, 'b', 's/2.txt');
            """;

    private static final String MAP = """
            version: 1
            subject: { table: people, key: id }
            flows: { delete-account: { grace: 1d } }
            tables:
              people: { files: { avatar: { store: up, strip: /up/ } }, hide: { set: { avatar: null } }, erase: delete }
              posts: { subject: person, files: { pictures: up }, hide: stash, erase: delete }
              notes: { subject: person, files: { scan: scans }, erase: { detach: true, anonymize: { scan: null } } }
            """;

    private static final List<String> ALL = List.of(
            "scans/s/1.txt",
            "scans/s/2.txt",
            "up/a/me.png",
            "up/b/me.png",
            "up/p/1.png",
            "up/p/2.png",
            "up/p/link.png",
            "up/p/shared.png");

    private final SettableClock clock = new SettableClock(Instant.parse("2026-05-01T12:00:00Z"));

    @TempDir
    private Path directory;

    private MappedDatabase world;

    @BeforeEach
    void fill() throws IOException {
        world = MappedDatabase.of(TABLES, MAP);
        for (String each : ALL) {
            Path file = directory.resolve(each);
            Files.createDirectories(file.getParent());
            if (each.endsWith("link.png")) {
                Files.createSymbolicLink(file, Path.of("../b/me.png"));
            } else {
                Files.writeString(file, each);
            }
        }
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Exeunt.Builder builder() {
        return world.builder(clock)
                .fileStore("up", directory.resolve("up"))
                .fileStore("scans", directory.resolve("scans"));
    }

    private AccountRequests requests() {
        Exeunt exeunt = builder().key(KEY).build();
        exeunt.migrate();
        return exeunt.requests(world.map());
    }

    /** The files that are gone. */
    private List<String> gone() {
        List<String> gone = new ArrayList<>(ALL);
        gone.removeIf(each -> Files.exists(directory.resolve(each), LinkOption.NOFOLLOW_LINKS));
        return gone;
    }

    private static Request leave(AccountRequests requests, String person) {
        return requests.submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, person));
    }

    private static String receipt(AccountRequests requests, Request request) {
        String json =
                requests.receipt(requests.receiptSecret(request)).orElseThrow().receipt();
        if (json == null) {
            return "none";
        }
        assertThat(ReceiptKeys.of(KEY).check(json).result()).isEqualTo(CheckResult.UNCHANGED);
        return json.replace(" ", "");
    }

    @Test
    void theFilesOfErasedRowsGoOnceNoOtherRowNamesThem() {
        AccountRequests requests = requests();
        Request first = leave(requests, "a");
        assertThat(gone()).isEmpty();
        clock.advance(Duration.ofDays(2));
        requests.eraseDue("w");
        assertThat(gone()).containsExactly("scans/s/1.txt", "up/a/me.png", "up/p/1.png");
        assertThat(receipt(requests, first))
                .contains("\"files\":{\"inUse\":1,\"deleted\":3,\"missing\":1,\"refused\":3,\"waiting\":0}");
        assertThat(world.database().scalar("SELECT count(*) FROM exeunt.file_deletion"))
                .isEqualTo("0");
        Request second = leave(requests, "b");
        clock.advance(Duration.ofDays(2));
        requests.eraseDue("w");
        assertThat(gone()).hasSize(7).doesNotContain("up/p/link.png");
        assertThat(receipt(requests, second))
                .contains("\"files\":{\"inUse\":0,\"deleted\":4,\"missing\":0,\"refused\":0,\"waiting\":0}");
    }

    /** Both rows go in one transaction, so neither keeps the file for the other. */
    @Test
    void aFileThatTwoPeopleShareGoesWhenBothAreErasedTogether() {
        AccountRequests requests = requests();
        leave(requests, "a");
        leave(requests, "b");
        clock.advance(Duration.ofDays(2));
        requests.eraseDue("w");
        assertThat(gone()).hasSize(7).doesNotContain("up/p/link.png");
    }

    @Test
    void aFileThatIsNamedByRowsOutOfSightIsStillInUse() {
        AccountRequests requests = requests();
        leave(requests, "a");
        clock.advance(Duration.ofHours(12));
        leave(requests, "b");
        assertThat(world.database().scalar("SELECT count(*) FROM posts")).isEqualTo("0");
        clock.advance(Duration.ofHours(13));
        requests.eraseDue("w");
        assertThat(gone()).containsExactly("scans/s/1.txt", "up/a/me.png", "up/p/1.png");
    }

    @Test
    void anErasureWithoutARequestDeletesTheFilesAfterItsCommit() {
        List<FileReceipt> before = new ArrayList<>();
        Receipt receipt = builder().build().erase(world.map(), List.of("a"), done -> {
            before.add(done.files());
            assertThat(gone()).isEmpty();
        });
        assertThat(before).containsExactly(new FileReceipt(0, 0, 0, 2, 6));
        assertThat(receipt.files()).isEqualTo(new FileReceipt(3, 1, 1, 3, 0));
        assertThat(gone()).containsExactly("scans/s/1.txt", "up/a/me.png", "up/p/1.png");
        assertThat(receipt.toJson())
                .endsWith("\"files\":{\"deleted\":3,\"inUse\":1,\"missing\":1,\"refused\":3,\"waiting\":0}}");
    }

    @Test
    void anErasureThatIsRolledBackDeletesNothing() {
        Exeunt exeunt = builder().key(KEY).build();
        exeunt.migrate();
        assertThatThrownBy(() -> exeunt.erase(world.map(), List.of("a"), done -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(gone()).isEmpty();
        assertThat(world.database().scalar("SELECT count(*) FROM exeunt.file_deletion"))
                .isEqualTo("0");
        assertThat(exeunt.erase(world.map(), List.of("a"), done -> {}).files())
                .isEqualTo(new FileReceipt(3, 1, 1, 3, 0));
    }

    @Test
    void whatAStoreCouldNotDeleteWaitsAndIsTriedAgain() throws IOException {
        AccountRequests requests = requests();
        Request request = leave(requests, "a");
        clock.advance(Duration.ofDays(2));
        Files.move(directory.resolve("up"), directory.resolve("down"));
        requests.eraseDue("w");
        assertThat(receipt(requests, request)).contains("\"inUse\":1,\"deleted\":1", "\"refused\":2,\"waiting\":4");
        assertThat(builder()
                        .key(KEY)
                        .build()
                        .verify(world.map(), List.of("a"), List.of())
                        .outside())
                .anyMatch(place ->
                        place.startsWith("4 files that erased rows named are still to be deleted, of which 4 could"
                                + " not be deleted yet"));
        Files.move(directory.resolve("down"), directory.resolve("up"));
        requests.eraseDue("w");
        assertThat(gone()).containsExactly("scans/s/1.txt");
        clock.advance(Duration.ofMinutes(2));
        requests.eraseDue("w");
        assertThat(gone()).containsExactly("scans/s/1.txt", "up/a/me.png", "up/p/1.png");
        assertThat(receipt(requests, request)).contains("\"deleted\":3", "\"refused\":3,\"waiting\":0");
    }

    /** The process ends after the erasure has been committed: it fails in the first deletion. */
    @Test
    void aCrashBetweenCommitAndDeletionLosesNothing() {
        AccountRequests requests = requests();
        leave(requests, "a");
        clock.advance(Duration.ofDays(2));
        AccountRequests killed = builder()
                .key(KEY)
                .fileStore("up", new KillingStore())
                .fileStore("scans", new KillingStore())
                .build()
                .requests(world.map());
        assertThatThrownBy(() -> killed.eraseDue("w")).hasMessage("killed");
        assertThat(world.database().column("SELECT id FROM people")).containsExactly("b");
        assertThat(world.database().scalar("SELECT count(*) FROM exeunt.file_deletion"))
                .isEqualTo("6");
        assertThat(world.database().scalar("""
                SELECT count(*) FROM exeunt.file_deletion
                WHERE position('png'::bytea IN name) + position('png'::bytea IN name_hash) > 0""")).isEqualTo("0");
        assertThat(gone()).isEmpty();
        requests.eraseDue("w");
        assertThat(gone()).containsExactly("scans/s/1.txt", "up/a/me.png", "up/p/1.png");
    }

    /** Stands for a process that ends. */
    private static final class KillingStore implements FileStore {

        @Override
        public StoredFile open(String name) {
            return StoredFile.absent(FileState.MISSING);
        }

        @Override
        public FileState delete(String name) {
            throw new Error("killed");
        }

        @Override
        public List<String> faults() {
            return List.of();
        }
    }

    /** Fails over one file, as a directory does that lets go of others only. */
    private record StubbornStore(FileStore files, String kept, Exception failure) implements FileStore {

        @Override
        public StoredFile open(String name) throws IOException {
            return files.open(name);
        }

        @Override
        public FileState delete(String name) throws IOException {
            if (!name.equals(kept)) {
                return files.delete(name);
            }
            if (failure instanceof IOException e) {
                throw e;
            }
            throw (RuntimeException) failure;
        }

        @Override
        public List<String> faults() {
            return files.faults();
        }
    }

    static List<Exception> failures() {
        return List.of(new AccessDeniedException("a/me.png"), new IllegalStateException("a/me.png"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFileThatCannotBeDeletedKeepsNoOtherFromIt(Exception failure) {
        requests();
        List<String> told = new ArrayList<>();
        WorkObserver observer = new WorkObserver() {
            @Override
            public void filesNotDeleted(String store, int files, String reason) {
                told.add(store + " " + files + " " + reason);
            }
        };
        FileStore up = Exeunt.directoryStore(directory.resolve("up").toString());
        AccountRequests requests = builder()
                .key(KEY)
                .observer(observer)
                .fileStore("up", new StubbornStore(up, "a/me.png", failure))
                .build()
                .requests(world.map());
        Request request = leave(requests, "a");
        clock.advance(Duration.ofDays(2));
        requests.eraseDue("w");
        assertThat(gone()).containsExactly("scans/s/1.txt", "up/p/1.png");
        assertThat(receipt(requests, request)).contains("\"waiting\":1");
        assertThat(told).containsExactly("up 1 " + failure.getClass().getSimpleName());
    }

    @Test
    void waysOfRowsThatLeaveFilesBehindAreRefused() {
        assertThat(refused("hide: stash, erase: delete", "hide: delete, erase: delete"))
                .containsExactly("posts.pictures: rows of posts.link go by hide: delete");
        assertThat(refused(
                        "hide: stash, erase: delete",
                        "erase: { keep: { reason: tax, basis: legal-obligation, for: 6y, then: delete } }"))
                .containsExactly("posts.pictures: rows of posts.link go by then: delete");
    }

    private List<String> refused(String before, String after) {
        assertThat(MAP).contains(before);
        return builder().build().check(Exeunt.readMap(MAP.replace(before, after), "exeunt.yaml")).findings().stream()
                .filter(finding -> finding.code() == FindingCode.NOT_SUPPORTED)
                .map(finding -> finding.what() + ": " + finding.message().replaceFirst(",.*", ""))
                .toList();
    }

    @Test
    void aRowThatAnotherTransactionIsAboutToCommitKeepsTheFile() throws Exception {
        AccountRequests requests = requests();
        leave(requests, "a");
        clock.advance(Duration.ofDays(2));
        try (Connection other = world.database().connection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("INSERT INTO posts VALUES (9, 'b', '{p/1.png}')");
            requests.eraseDue("w");
            assertThat(gone()).containsExactly("scans/s/1.txt");
            other.commit();
        }
        clock.advance(Duration.ofMinutes(2));
        requests.eraseDue("w");
        assertThat(gone()).containsExactly("scans/s/1.txt", "up/a/me.png");
    }

    @Test
    void aStoreThatIsNotConfiguredStopsTheErasureBeforeItBegins() {
        requests();
        Exeunt bare = world.builder(clock)
                .key(KEY)
                .fileStore("up", directory.resolve("up"))
                .build();
        assertThatThrownBy(() -> bare.erase(world.map(), List.of("a"), done -> {}))
                .isInstanceOf(ExeuntException.class)
                .hasMessageStartingWith("The map keeps files in scans, and no setting says where that is.");
        assertThatThrownBy(() -> bare.requests(world.map()).eraseDue("w"))
                .hasMessageStartingWith("The map keeps files in scans");
        assertThat(world.database().scalar("SELECT count(*) FROM people")).isEqualTo("2");
    }
}
