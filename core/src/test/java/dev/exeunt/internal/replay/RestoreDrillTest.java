package dev.exeunt.internal.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.Exeunt;
import dev.exeunt.HashKey;
import dev.exeunt.WorkObserver;
import dev.exeunt.database.Database;
import dev.exeunt.ledger.ErasureLedger;
import dev.exeunt.ledger.ErasureLedger.ReplayResult;
import dev.exeunt.ledger.LedgerException;
import dev.exeunt.ledger.LedgerSink;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.LegalHold;
import dev.exeunt.request.AccountRequests.LegalHolds;
import dev.exeunt.request.AccountRequests.NewLegalHold;
import dev.exeunt.request.Actor;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import dev.exeunt.testkit.SettableClock;
import dev.exeunt.testkit.TestConnectionPool;
import dev.exeunt.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database is restored from a backup, and the people who had been erased since are erased again. */
class RestoreDrillTest {

    private static final HashKey KEY =
            HashKey.ofHex("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private static final String SCHEMA = """
            CREATE TABLE person (id bigint PRIMARY KEY, email text NOT NULL, made_at timestamptz NOT NULL);
            CREATE TABLE note (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, person bigint NOT NULL REFERENCES person,
                body text NOT NULL, made_at timestamptz NOT NULL);
            CREATE INDEX ON note (person);
            INSERT INTO person SELECT i, 'p' || i || '@x.test', '2026-01-01' FROM generate_series(1, 1300) AS i;
            INSERT INTO note (person, body, made_at) SELECT i, 'of ' || i, '2026-01-02' FROM generate_series(1, 1300) AS i, generate_series(1, 2);
            """;

    private static final String MAP = """
            version: 1
            subject: { table: person, key: id, identifiers: [email], created: made_at }
            flows: { delete-data: { grace: 10d }, delete-account: { grace: 14d } }
            tables:
              person: { scope: account, erase: delete }
              note: { subject: person, created: made_at, erase: delete, hide: stash }
            """;

    private static final Actor STAFF = Actor.staff("officer");

    private static final DataMap DATA_MAP = Exeunt.readMap(MAP, "exeunt.yaml");

    @TempDir
    static Path shared;

    private static final SettableClock CLOCK = new SettableClock(START);
    private static TestDatabase original;
    private static TestDatabase backup;

    @TempDir
    Path directory;

    private final List<TestDatabase> made = new ArrayList<>();
    private final List<TestConnectionPool> pools = new ArrayList<>();

    @AfterEach
    void close() throws SQLException {
        for (TestConnectionPool pool : pools) {
            pool.close();
        }
        made.forEach(TestDatabase::close);
    }

    @AfterAll
    static void closeShared() {
        original.close();
        backup.close();
    }

    private Exeunt exeunt(TestDatabase database) {
        return exeunt(pooled(database, pools), directory.resolve("ledger"));
    }

    private static Database pooled(TestDatabase database, List<TestConnectionPool> pools) {
        return Database.at(database.jdbcUrl(), database.user(), database.password())
                .pooled(fresh -> {
                    TestConnectionPool pool = new TestConnectionPool(fresh);
                    pools.add(pool);
                    return pool;
                });
    }

    private static Exeunt exeunt(Database database, Path ledger) {
        return Exeunt.builder(database)
                .clock(CLOCK)
                .key(KEY)
                .lockWait(Duration.ofSeconds(1))
                .ledger(ledger)
                .build();
    }

    private static void ask(AccountRequests requests, AccountFlow flow, int from, int to) {
        IntStream.rangeClosed(from, to).forEach(i -> requests.submit(NewRequest.self(flow, Integer.toString(i))));
    }

    private List<String> people(TestDatabase database, int from, int to) {
        return database.column("SELECT id FROM person WHERE id BETWEEN " + from + " AND " + to + " ORDER BY id");
    }

    private static NewLegalHold hold(String key) {
        return NewLegalHold.on(key, "a dispute").until(START.plus(Duration.ofDays(365)));
    }

    private static String untouched(TestDatabase database) {
        return database.scalar("""
                SELECT md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM (
                    SELECT p.*, n.id, n.body FROM person p LEFT JOIN note n ON n.person = p.id WHERE p.id > 800 AND p.id < 1301) AS t""");
    }

    /**
     * People 1 to 100 were erased before the backup. Since then 550 were erased on request, 10 without one, 50 had their data erased, 50
     * took their request back, and 10 have just asked. Person 790 is under a legal hold, and 160 was. Person 202's key has come back with another person.
     */
    @BeforeAll
    static void liveOnAfterTheBackup() throws SQLException {
        original = TestDatabase.createFrom(SCHEMA);
        List<TestConnectionPool> pools = new ArrayList<>();
        Exeunt exeunt = exeunt(pooled(original, pools), shared.resolve("ledger"));
        exeunt.migrate();
        LegalHolds holds = exeunt.holds(DATA_MAP);
        AccountRequests requests = exeunt.requests(DATA_MAP);
        ask(requests, AccountFlow.DELETE_ACCOUNT, 1, 100);
        CLOCK.set(START.plus(Duration.ofDays(15)));
        assertThat(requests.eraseDue("before").erased()).isEqualTo(100);
        ask(requests, AccountFlow.DELETE_ACCOUNT, 101, 200);
        LegalHold released = holds.place(hold("160"), STAFF);
        pools.get(0).close();
        backup = original.copy();
        holds.release(released.id(), STAFF, "the dispute is over");
        holds.place(hold("790"), STAFF);
        ask(requests, AccountFlow.DELETE_ACCOUNT, 790, 790);
        IntStream.rangeClosed(101, 150).forEach(i -> requests.cancel(Integer.toString(i), Actor.SELF, null));
        ask(requests, AccountFlow.DELETE_ACCOUNT, 201, 700);
        ask(requests, AccountFlow.DELETE_DATA, 701, 750);
        CLOCK.set(START.plus(Duration.ofDays(30)));
        assertThat(requests.eraseDue("since").erased()).isEqualTo(600);
        List<String> direct =
                IntStream.rangeClosed(761, 770).mapToObj(Integer::toString).toList();
        exeunt.erase(DATA_MAP, direct, receipt -> {});
        ask(requests, AccountFlow.DELETE_ACCOUNT, 751, 760);
        CLOCK.set(START.plus(Duration.ofDays(31)));
        pools.get(0).close();
        backup.execute("""
                DELETE FROM note WHERE person = 202; DELETE FROM person WHERE id = 202;
                INSERT INTO person VALUES (202, 'new@x.test', '2026-03-31 23:00+00');
                INSERT INTO note (person, body, made_at) VALUES (202, 'mine', '2026-03-31 23:01+00')""");
    }

    /** The backup, restored beside a ledger of its own. */
    private TestDatabase restored() {
        try {
            Files.copy(shared.resolve("ledger"), directory.resolve("ledger"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        TestDatabase copy = backup.copy();
        made.add(copy);
        return copy;
    }

    @Test
    void whoHadBeenErasedIsErasedAgainAndNoOtherPerson() {
        TestDatabase restored = restored();
        String others = untouched(restored);
        AccountRequests requests = exeunt(restored).requests(DATA_MAP);
        assertThatThrownBy(() -> requests.submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, "900")))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("exeunt replay");
        assertThatThrownBy(() -> requests.gate("201", null)).isInstanceOf(LedgerException.class);
        assertThatThrownBy(() -> requests.eraseDue("too early")).isInstanceOf(LedgerException.class);

        ErasureLedger ledger = exeunt(restored).ledger(DATA_MAP);
        assertThatThrownBy(ledger::verify).isInstanceOf(LedgerException.class).hasMessageContaining("restored");
        ReplayResult preview = ledger.previewReplay(false);
        assertThat(people(restored, 151, 200)).hasSize(50);
        ReplayResult done = ledger.replay(false);
        assertThat(done).isEqualTo(new ReplayResult(preview.entries(), 609, 11, 50, 0, 1, 0, 0, List.of()));
        assertThat(preview).isEqualTo(done);

        assertThat(people(restored, 151, 700)).containsExactly("202");
        assertThat(people(restored, 761, 770)).isEmpty();
        assertThat(people(restored, 101, 150)).hasSize(50);
        assertThat(restored.scalar("SELECT count(*) FROM note WHERE person BETWEEN 701 AND 760"))
                .isEqualTo("0");
        assertThat(people(restored, 701, 760)).hasSize(60);
        assertThat(restored.scalar("SELECT body FROM note WHERE person = 202")).isEqualTo("mine");
        assertThat(untouched(restored)).isEqualTo(others);
        assertThat(open(restored)).isEqualTo(open(original)).hasSize(11);

        ErasureLedger after = exeunt(restored).ledger(DATA_MAP);
        ErasureLedger.LedgerCheck check = after.verify();
        assertThat(check.copied()).isEqualTo(check.entries());
        assertThat(after.previewReplay(false).isNeeded()).isFalse();
        exeunt(restored).requests(DATA_MAP).cancel("755", Actor.SELF, null);
        assertThat(restored.scalar("SELECT count(*) FROM note WHERE person = 755"))
                .isEqualTo("2");
    }

    private static List<Map<String, Object>> open(TestDatabase database) {
        return database.rows("""
                SELECT id, kind, subject::text, requested_at, soft_deleted_at, due_at, state FROM exeunt.request
                WHERE state = 'scheduled' ORDER BY id""");
    }

    /** A hold that was placed since the backup holds again; one that was released since does not. */
    @Test
    void legalHoldsAreAsTheyWere() {
        TestDatabase restored = restored();
        exeunt(restored).ledger(DATA_MAP).replay(false);
        List<LegalHold> holds = exeunt(restored).holds(DATA_MAP).list(null, false);
        assertThat(holds).singleElement().satisfies(h -> {
            assertThat(h.subject()).isEqualTo("790");
            assertThat(h.until()).isEqualTo(START.plus(Duration.ofDays(365)));
        });
        CLOCK.set(START.plus(Duration.ofDays(60)));
        AccountRequests requests = exeunt(restored).requests(DATA_MAP);
        assertThat(requests.eraseDue("later").erased()).isEqualTo(10);
        assertThat(people(restored, 751, 800)).contains("790").doesNotContain("751");
        exeunt(restored).holds(DATA_MAP).release(holds.get(0).id(), STAFF, "over");
        assertThat(requests.eraseDue("at last").erased()).isEqualTo(1);
        CLOCK.set(START.plus(Duration.ofDays(31)));
    }

    /** Who cannot be erased yet is said, and the next replay goes on where this one stopped. */
    @Test
    void aReplayThatCannotFinishIsRepeated() throws SQLException {
        TestDatabase restored = restored();
        try (Connection application = restored.connection()) {
            application.setAutoCommit(false);
            try (Statement statement = application.createStatement()) {
                statement.execute("SELECT FROM person WHERE id IN (120, 300) FOR UPDATE");
            }
            ReplayResult stopped = exeunt(restored).ledger(DATA_MAP).replay(false);
            assertThat(stopped.isFinished()).isFalse();
            assertThat(stopped.withdrawn()).isEqualTo(49);
            assertThat(stopped.waiting())
                    .hasSize(2)
                    .allSatisfy(w -> assertThat(w.reason()).contains("lock"));
            assertThat(stopped.erased()).isEqualTo(608);
        }
        assertThat(people(restored, 151, 700)).containsExactly("202", "300");
        assertThatThrownBy(() -> exeunt(restored).requests(DATA_MAP).status("900"))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("not finished");
        ReplayResult rest = exeunt(restored).ledger(DATA_MAP).replay(false);
        assertThat(rest.isFinished()).isTrue();
        assertThat(rest.erased()).isEqualTo(1);
        assertThat(people(restored, 151, 700)).containsExactly("202");
        assertThat(exeunt(restored).requests(DATA_MAP).status("900").requests()).isEmpty();
    }

    /** One had failed before the backup, and was tried again since; and other systems had been told before the first erasure. */
    @Test
    void whatHadFailedBeforeIsErasedAndSystemsAreNotWaitedFor() {
        TestDatabase restored = restored();
        restored.execute(
                "UPDATE exeunt.request SET state = 'failed', attempts = 5, failure = 'x' WHERE subject = '{170}'");
        DataMap told = Exeunt.readMap(MAP + "external: { provider: { before-erasure: 10min } }\n", "exeunt.yaml");
        assertThat(exeunt(restored).ledger(told).replay(false).isFinished()).isTrue();
        assertThat(people(restored, 151, 700)).containsExactly("202");
    }

    /** A request that is committed is not called failed because its record could not be copied. */
    @Test
    void aRequestIsAcceptedThoughTheCopyFailsAfterIt() {
        TestDatabase application = TestDatabase.createFrom(SCHEMA);
        made.add(application);
        exeunt(application).migrate();
        LedgerSink failing = new LedgerSink() {
            @Override
            public Optional<Entry> last() {
                return Optional.empty();
            }

            @Override
            public void read(long after, Consumer<Entry> entries) {}

            @Override
            public void append(List<Entry> entries) {
                application.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'exeunt'");
            }

            @Override
            public String place() {
                return "a test";
            }
        };
        AccountRequests requests = Exeunt.builder(
                        Database.at(application.jdbcUrl(), application.user(), application.password()))
                .clock(CLOCK)
                .key(KEY)
                .ledger(failing)
                .build()
                .requests(DATA_MAP);
        Request asked = requests.submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, "1"));
        assertThat(asked.state()).isEqualTo(Request.State.SCHEDULED);
        assertThat(application.scalar("SELECT count(*) FROM exeunt.request")).isEqualTo("1");
    }

    @Test
    void withACopyAndWithoutTheKeyNoPersonIsErased() {
        TestDatabase restored = restored();
        Exeunt keyless = Exeunt.builder(Database.at(restored.jdbcUrl(), restored.user(), restored.password()))
                .ledger(directory.resolve("new"))
                .build();
        assertThatThrownBy(() -> keyless.erase(DATA_MAP, List.of("900"), receipt -> {}))
                .hasMessageContaining("EXEUNT_KEY");
        assertThat(people(restored, 900, 900)).hasSize(1);
    }

    /** Without a column that tells when a person was made, a key alone does not say who it is. A request that the backup has does. */
    @Test
    void withoutCreationTimesNoPersonIsTouchedUntilTheOperatorSaysSo() {
        TestDatabase restored = restored();
        DataMap unknown = Exeunt.readMap(MAP.replace(", created: made_at }", " }"), "exeunt.yaml");
        ReplayResult careful = exeunt(restored).ledger(unknown).replay(false);
        assertThat(careful.erased()).isEqualTo(50);
        assertThat(careful.withdrawn()).isEqualTo(50);
        assertThat(careful.uncertain()).isGreaterThan(500);
        assertThat(careful.isFinished()).isFalse();
        assertThat(people(restored, 151, 700)).hasSize(500);
        assertThat(exeunt(restored).ledger(unknown).replay(true).isFinished()).isTrue();
        assertThat(people(restored, 151, 700)).isEmpty();
    }

    @Test
    void aDatabaseThatWentOnWithoutItsLedgerIsRefused() {
        TestDatabase restored = restored();
        Exeunt.builder(Database.at(restored.jdbcUrl(), restored.user(), restored.password()))
                .clock(CLOCK)
                .key(KEY)
                .build()
                .requests(DATA_MAP)
                .submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, "900"));
        ErasureLedger ledger = exeunt(restored).ledger(DATA_MAP);
        assertThatThrownBy(() -> ledger.replay(false))
                .isInstanceOf(LedgerException.class)
                .extracting(e -> ((LedgerException) e).reason())
                .isEqualTo(LedgerException.Reason.FORKED);
        assertThatThrownBy(ledger::verify).isInstanceOf(LedgerException.class);
    }

    /** Where the copy cannot be written, the person is not erased, and may still take the request back. */
    @Test
    void noPersonIsErasedBeforeTheCopyHasTheRecord() throws IOException {
        TestDatabase application = TestDatabase.createFrom(SCHEMA);
        made.add(application);
        exeunt(application).migrate();
        AccountRequests requests = exeunt(application).requests(DATA_MAP);
        CLOCK.set(START);
        ask(requests, AccountFlow.DELETE_ACCOUNT, 1, 2);
        CLOCK.set(START.plus(Duration.ofDays(31)));
        Path away = directory.resolve("away");
        Files.move(directory.resolve("ledger"), away);
        Files.createDirectory(directory.resolve("ledger"));
        assertThatThrownBy(() -> requests.eraseDue("reaper"))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("Nothing was erased");
        assertThat(people(application, 1, 2)).hasSize(2);
        Files.delete(directory.resolve("ledger"));
        Files.move(away, directory.resolve("ledger"));
        assertThat(requests.eraseDue("reaper").erased()).isEqualTo(2);
    }

    /** Where the operator lets work pass while the copy is away, each failure is told. */
    @Test
    void workThatPassesTellsThatTheCopyFails() throws IOException {
        TestDatabase restored = restored();
        Files.delete(directory.resolve("ledger"));
        Files.createDirectory(directory.resolve("ledger"));
        List<String> told = new ArrayList<>();
        WorkObserver observer = new WorkObserver() {
            @Override
            public void ledgerNotCopied(String reason) {
                told.add(reason);
            }
        };
        AccountRequests requests = Exeunt.builder(Database.at(restored.jdbcUrl(), restored.user(), restored.password()))
                .clock(CLOCK)
                .key(KEY)
                .observer(observer)
                .ledger(directory.resolve("ledger"))
                .passUnreachableLedger(true)
                .build()
                .requests(DATA_MAP);
        assertThat(requests.submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, "900"))
                        .state())
                .isEqualTo(Request.State.SCHEDULED);
        assertThat(told).isNotEmpty().allMatch(r -> r.contains("cannot be"));
    }

    /** The role of the program may add entries and change none; who can, is found by the chain. */
    @Test
    void aChangedRowIsFound() {
        TestDatabase restored = restored();
        exeunt(restored).ledger(DATA_MAP).replay(false);
        assertThatThrownBy(() -> restored.execute("UPDATE exeunt.ledger SET entry = entry WHERE position = 7"))
                .hasMessageContaining("only ever added");
        restored.execute("""
                ALTER TABLE exeunt.ledger DISABLE TRIGGER ledger_only_grows;
                UPDATE exeunt.ledger SET entry = replace(entry, 'requested', 'withdrawn') WHERE position = 7""");
        assertThatThrownBy(() -> exeunt(restored).ledger(DATA_MAP).verify())
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("Entry 7 ");
    }
}
