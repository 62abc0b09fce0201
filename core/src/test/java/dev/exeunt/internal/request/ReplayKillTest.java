package dev.exeunt.internal.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.Exeunt;
import dev.exeunt.database.Database;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.ledger.ErasureLedger;
import dev.exeunt.ledger.ErasureLedger.ReplayResult;
import dev.exeunt.ledger.LedgerException;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.LegalHolds;
import dev.exeunt.request.AccountRequests.NewLegalHold;
import dev.exeunt.request.Actor;
import dev.exeunt.request.NewRequest;
import dev.exeunt.testkit.RowBackup;
import dev.exeunt.testkit.SeededRandom;
import dev.exeunt.testkit.TestConnectionPool;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that a replay which is killed at any moment is carried to its end by the next one. */
class ReplayKillTest {

    private static final int KILLS =
            Integer.getInteger("exeunt.kills", Boolean.getBoolean("exeunt.long") ? 200 : 20) / 4;
    private static final long SEED = Long.getLong("exeunt.seed", 1);

    private static final String PEOPLE = """
            INSERT INTO people SELECT i, 'p' || i || '@x.test', 'P', NULL, NULL FROM generate_series(1001, 1100) i;
            INSERT INTO posts SELECT i, i, 'text', true, NULL, '2026-01-01' FROM generate_series(1001, 1100) i;
            INSERT INTO likes (id, post, person) SELECT i, 3, i FROM generate_series(1001, 1100) i
            """;

    @TempDir
    Path directory;

    private final GuildTestApplication guilds = GuildTestApplication.create();
    private final MapDefinition map = MapReader.read(GuildTestApplication.UNGUARDED, "exeunt.yaml");

    private final List<TestConnectionPool> pools = new ArrayList<>();
    private AccountRequests requests;
    private LegalHolds holds;
    private ErasureLedger replays;

    @BeforeEach
    void keepALedger() {
        Database database = Database.at(
                        guilds.database().jdbcUrl(),
                        guilds.database().user(),
                        guilds.database().password())
                .pooled(fresh -> {
                    pools.add(new TestConnectionPool(fresh));
                    return pools.get(0);
                });
        Exeunt exeunt = Exeunt.builder(database)
                .clock(guilds.clock())
                .key(GuildTestApplication.KEY)
                .ledger(ledger())
                .build();
        requests = exeunt.requests(map);
        holds = exeunt.holds(map);
        replays = exeunt.ledger(map);
    }

    @AfterEach
    void close() throws SQLException {
        pools.get(0).close();
        guilds.close();
    }

    private Path ledger() {
        return directory.resolve("ledger");
    }

    @Test
    void aKilledReplayIsResumedToTheEnd() throws Exception {
        RowBackup backup = liveOnAfterABackup();
        SeededRandom dice = new SeededRandom(SEED);
        int amid = 0;
        int window = 500;
        for (int i = 0; i < KILLS; i++) {
            restore(backup);
            guilds.clock().advance(Duration.ofMinutes(11));
            KilledWorker.Orders orders =
                    new KilledWorker.Orders(guilds.clock().instant(), false, "replay", ledger(), 0);
            boolean done;
            pools.get(0).close(); // the killed process is the only one that is connected
            try (KilledWorker replay = KilledWorker.start(guilds, orders)) {
                done = replay.killAfter(this::isBegun, dice.below(window));
            }
            window = done ? window * 3 / 4 : Math.min(window * 9 / 8, 3_000);
            if (!done) {
                amid++;
                resume();
            }
            check();
        }
        System.out.println("ReplayKillTest: " + KILLS + " kills, " + amid + " amid the replay");
        assertThat(amid).isGreaterThan(KILLS / 4);
    }

    /** 60 people are erased, 20 have asked, 10 took it back; one who has asked is under a hold. */
    private RowBackup liveOnAfterABackup() throws SQLException {
        guilds.database().execute(PEOPLE);
        ask(1081, 1090);
        RowBackup backup;
        try (Connection connection = guilds.database().connection()) {
            backup = RowBackup.of(connection);
        }
        guilds.clock().advance(Duration.ofMinutes(1));
        ask(1001, 1060);
        IntStream.rangeClosed(1081, 1090).forEach(i -> requests.reactivate("" + i, Actor.SELF, null));
        guilds.clock().advance(Duration.ofDays(30));
        assertThat(requests.eraseDue("w").erased()).isEqualTo(60);
        ask(1061, 1080);
        holds.place(NewLegalHold.on("1061", "lawsuit"), Actor.staff("kim"));
        return backup;
    }

    private void ask(int from, int to) {
        IntStream.rangeClosed(from, to).forEach(i -> requests.submit(NewRequest.self(AccountFlow.DEACTIVATE, "" + i)));
    }

    private void restore(RowBackup backup) throws SQLException {
        try (Connection connection = guilds.database().connection()) {
            backup.restore(connection);
        }
    }

    private boolean isBegun() {
        return guilds.database()
                .scalar("SELECT EXISTS (SELECT FROM exeunt.replay WHERE ended_at IS NULL)")
                .equals("t");
    }

    /** No other work is done before. What a killed replay had claimed is taken over when its lease is over. */
    private void resume() {
        assertThatThrownBy(() -> requests.eraseDue("early")).isInstanceOf(LedgerException.class);
        ReplayResult rest = replays.replay(true);
        if (!rest.isFinished()) {
            guilds.clock().advance(Duration.ofMinutes(11));
            rest = replays.replay(true);
        }
        assertThat(rest.isFinished()).as("%s", rest).isTrue();
    }

    private void check() {
        assertThat(guilds.ids("posts", "person BETWEEN 1001 AND 1060")).isEmpty();
        assertThat(guilds.ids("people", "email LIKE 'deleted-%'")).hasSize(60);
        assertThat(guilds.ids("posts", "person BETWEEN 1061 AND 1080 AND NOT visible"))
                .hasSize(20);
        assertThat(guilds.ids("posts", "person BETWEEN 1081 AND 1100 AND visible"))
                .hasSize(20);
        assertThat(guilds.ids("likes", "person > 1000")).hasSize(20);
        assertThat(holds.list(null, false)).hasSize(1);
        assertThat(replays.verify()).satisfies(c -> assertThat(c.copied()).isEqualTo(c.entries()));
        assertThat(replays.replay(true)).isEqualTo(new ReplayResult(0, 0, 0, 0, 0, 0, 0, 0, List.of()));
    }
}
