package dev.exeunt.internal.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.Exeunt;
import dev.exeunt.HashKey;
import dev.exeunt.database.Database;
import dev.exeunt.ledger.ErasureLedger;
import dev.exeunt.ledger.ErasureLedger.LedgerCheck;
import dev.exeunt.ledger.ErasureLedger.ReplayResult;
import dev.exeunt.ledger.LedgerException;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.LegalHold;
import dev.exeunt.request.AccountRequests.LegalHolds;
import dev.exeunt.request.AccountRequests.NewLegalHold;
import dev.exeunt.request.Actor;
import dev.exeunt.request.NewRequest;
import dev.exeunt.testkit.SettableClock;
import dev.exeunt.testkit.TestConnectionPool;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** An application of 2,500 people that is lost after 1,000 of them were erased, and checked after the replay. */
final class DrillApplication implements AutoCloseable {

    private static final HashKey KEY =
            HashKey.ofHex("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Actor STAFF = Actor.staff("officer");

    private static final String SCHEMA = """
            CREATE TABLE person (id bigint PRIMARY KEY, email text NOT NULL, made_at timestamptz NOT NULL);
            CREATE TABLE note (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, person bigint NOT NULL REFERENCES person,
                body text NOT NULL, made_at timestamptz NOT NULL);
            CREATE INDEX ON note (person);
            INSERT INTO person SELECT i, 'p' || i || '@x.test', '2026-01-01' FROM generate_series(1, 2500) AS i;
            INSERT INTO note (person, body, made_at) SELECT i, 'of ' || i, '2026-01-02' FROM generate_series(1, 2500) AS i, generate_series(1, 2);
            """;

    private static final DataMap MAP = Exeunt.readMap("""
            version: 1
            subject: { table: person, key: id, identifiers: [email], created: made_at }
            flows: { delete-data: { grace: 10d }, delete-account: { grace: 14d } }
            tables:
              person: { scope: account, erase: delete }
              note: { subject: person, created: made_at, erase: delete, hide: stash }
            """, "exeunt.yaml");

    /** Rows of people who are neither erased nor have an open request. */
    private static final String OTHERS = """
            SELECT md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM (
                SELECT p.*, n.id AS note, n.body FROM person p LEFT JOIN note n ON n.person = p.id
                WHERE p.id > 1500 AND p.id <= 2500 OR p.id > 10000) AS t""";

    private static final String OPEN = """
            SELECT string_agg(concat_ws(' ', id, kind, subject, requested_at, due_at), chr(10) ORDER BY id) FROM exeunt.request
            WHERE state IN ('scheduled', 'erasing')""";

    private static final String BEGIN = """
            UPDATE exeunt.request SET state = 'erasing', erasing_since = now(), worker = 'gone', worker_until = '2026-01-01'
            WHERE subject[1]::int BETWEEN 1401 AND 1405""";

    private final SettableClock clock;
    private final Database database;
    private final List<TestConnectionPool> pools = new ArrayList<>();
    private final Exeunt exeunt;
    private final AccountRequests requests;
    private final LegalHolds holds;
    private LegalHold early;

    private DrillApplication(Database address, Path ledger, SettableClock clock) {
        this.clock = clock;
        this.database = address.pooled(fresh -> {
            TestConnectionPool pool = new TestConnectionPool(fresh);
            pools.add(pool);
            return pool;
        });
        this.exeunt = Exeunt.builder(database)
                .clock(clock)
                .key(KEY)
                .lockWait(Duration.ofSeconds(5))
                .ledger(ledger)
                .build();
        exeunt.migrate();
        this.requests = exeunt.requests(MAP);
        this.holds = exeunt.holds(MAP);
    }

    static DrillApplication create(Database address, Path ledger) throws SQLException {
        try (Connection connection = address.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(SCHEMA);
            connection.commit();
        }
        return new DrillApplication(address, ledger, new SettableClock(START));
    }

    /** The same on the restored database, an hour later. */
    DrillApplication restored(Database address, Path ledger) {
        clock.advance(Duration.ofHours(1));
        return new DrillApplication(address, ledger, clock);
    }

    private void ask(AccountFlow flow, int from, int to) {
        IntStream.rangeClosed(from, to).forEach(i -> requests.submit(NewRequest.self(flow, Integer.toString(i))));
    }

    /** 100 people are erased, 100 have asked, and one is under a legal hold. */
    void liveBeforeTheBackup() {
        ask(AccountFlow.DELETE_ACCOUNT, 1, 100);
        clock.advance(Duration.ofDays(15));
        assertThat(requests.eraseDue("before").erased()).isEqualTo(100);
        ask(AccountFlow.DELETE_ACCOUNT, 101, 200);
        early = holds.place(NewLegalHold.on("160", "a dispute"), STAFF);
    }

    /** 1,000 people are erased; some register anew, some take it back, some are held, and the erasure of five has begun. */
    void liveOn() throws SQLException {
        holds.release(early.id(), STAFF, "over");
        IntStream.rangeClosed(101, 150).forEach(i -> requests.cancel(Integer.toString(i), Actor.SELF, null));
        ask(AccountFlow.DELETE_ACCOUNT, 201, 1090);
        ask(AccountFlow.DELETE_DATA, 1201, 1250);
        clock.advance(Duration.ofDays(15));
        assertThat(requests.eraseDue("since").erased()).isEqualTo(50 + 890 + 50);
        exeunt.erase(
                MAP,
                IntStream.rangeClosed(1091, 1100).mapToObj(Integer::toString).toList(),
                receipt -> {});
        run("INSERT INTO person VALUES (201, 'anew@x.test', '" + clock.instant().plusSeconds(1) + "')");
        clock.advance(Duration.ofMinutes(1));
        ask(AccountFlow.DELETE_DATA, 201, 201);
        ask(AccountFlow.DELETE_ACCOUNT, 1401, 1405);
        holds.place(NewLegalHold.on("1311", "another dispute"), STAFF);
        holds.place(NewLegalHold.on("1201", "a dispute after the erasure"), STAFF);
        ask(AccountFlow.DELETE_ACCOUNT, 1311, 1311);
        clock.advance(Duration.ofDays(15));
        run(BEGIN);
        ask(AccountFlow.DELETE_ACCOUNT, 1301, 1310);
    }

    /** What is open, without the new person whom the backup cannot have. */
    String open() throws SQLException {
        return run(OPEN.replace("WHERE", "WHERE subject <> '{201}' AND"));
    }

    /** The application runs on the restored database before the replay: a person registers, and one gets the key of an erased person. */
    void registerBeforeTheReplay() throws SQLException {
        run("DELETE FROM note WHERE person = 203; DELETE FROM person WHERE id = 203");
        run("INSERT INTO person VALUES (203, 'new@x.test', '" + clock.instant() + "'), (10001, 'newer@x.test', '"
                + clock.instant() + "')");
    }

    /** Replays, and checks what became of each group of people. */
    void replayAndCheck(String open) throws SQLException {
        String others = run(OTHERS);
        assertThatThrownBy(() -> requests.eraseDue("too early")).isInstanceOf(LedgerException.class);
        ErasureLedger ledger = exeunt.ledger(MAP);
        long begun = System.nanoTime();
        ReplayResult done = ledger.replay(false);
        System.out.println("Drill: " + done + " in " + (System.nanoTime() - begun) / 1_000_000 + " ms");
        assertThat(done.isFinished()).isTrue();
        assertThat(done.erased()).as("but for the person whose key came back").isEqualTo(1_000 - 1);
        assertThat(done.newcomers()).isEqualTo(1);
        assertThat(done.undecided()).isZero();
        assertThat(run("SELECT string_agg(id::text, ' ') FROM person WHERE id BETWEEN 151 AND 1100"))
                .isEqualTo("203");
        assertThat(run("SELECT count(*) FROM note WHERE person BETWEEN 1201 AND 1250"))
                .isEqualTo("0");
        assertThat(run("SELECT count(*) FROM note WHERE person BETWEEN 101 AND 150"))
                .as("took it back")
                .isEqualTo("100");
        assertThat(open()).isEqualTo(open);
        assertThat(run(OTHERS)).as("rows of other people").isEqualTo(others);
        assertThat(holds.list(null, false)).extracting(LegalHold::subject).containsExactlyInAnyOrder("1311", "1201");
        LedgerCheck check = ledger.verify();
        assertThat(check.copied()).isEqualTo(check.entries());
        assertThat(ledger.replay(false)).isEqualTo(new ReplayResult(0, 0, 0, 0, 0, 0, 0, 0, List.of()));
        assertThat(requests.eraseDue("next").erased())
                .as("begun before the loss")
                .isEqualTo(5);
    }

    private String run(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            String value = null;
            if (statement.execute(sql)) {
                try (ResultSet rows = statement.getResultSet()) {
                    value = rows.next() ? rows.getString(1) : null;
                }
            }
            connection.commit();
            return value;
        }
    }

    @Override
    public void close() throws SQLException {
        for (TestConnectionPool pool : pools) {
            pool.close();
        }
    }
}
