package dev.exeunt.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.Exeunt;
import dev.exeunt.database.Database;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.ledger.ErasureLedger;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.ReapResult;
import dev.exeunt.request.NewRequest;
import dev.exeunt.testkit.SeededRandom;
import dev.exeunt.testkit.TestConnectionPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that killed workers leave every person wholly in one state, and erase no person before the copy of the ledger has the record of it.
 */
class WorkerKillTest {

    private static final int KILLS = Integer.getInteger("exeunt.kills", Boolean.getBoolean("exeunt.long") ? 200 : 30);
    private static final long SEED = Long.getLong("exeunt.seed", 1);
    private static final Duration LEASE = Duration.ofMinutes(10);
    private static final int GROUP = 40;

    /** A person with all that is theirs, and their request: as it must be in each of its states. */
    private static final String HALVES = """
            SELECT p.id || ' ' || r.state || ' ' || p.email FROM people p JOIN %s AS a(person, request) ON a.person = p.id
            JOIN exeunt.request r ON r.id = a.request::uuid
            CROSS JOIN LATERAL (SELECT (SELECT count(*) FROM posts WHERE person = p.id) AS posts,
                (SELECT count(*) FROM posts WHERE person = p.id AND deleted_at IS NOT NULL AND NOT visible) AS hidden,
                (SELECT count(*) FROM likes WHERE person = p.id) AS likes,
                (SELECT count(*) FROM exeunt.stash s WHERE s.request = r.id) AS stashed,
                (SELECT count(*) FROM exeunt.undo u WHERE u.request = r.id) AS undo,
                (SELECT count(*) FROM exeunt.event e WHERE e.request = r.id AND e.name = 'user.erased') AS told) c
            WHERE NOT CASE WHEN r.state IN ('scheduled', 'erasing')
                THEN p.email = 'hidden-' || p.id || '@erased.invalid' AND p.name = 'Somebody' AND r.subject = ARRAY[p.id::text]
                    AND (posts, hidden, likes, stashed, undo, told) = (2, 2, 0, 1, 3, 0)
                ELSE r.state = 'erased' AND p.email = 'deleted-' || p.id || '@erased.invalid' AND p.name IS NULL
                    AND r.subject IS NULL AND r.receipt IS NOT NULL
                    AND (posts, hidden, likes, stashed, undo, told) = (0, 0, 0, 0, 0, 1) END
            """;

    private final GuildTestApplication guilds = GuildTestApplication.create();
    private final List<String> asked = new ArrayList<>();
    private Instant now = GuildTestApplication.START;
    private AccountRequests requests;
    private ErasureLedger ledger;
    private TestConnectionPool pool;

    @TempDir
    Path directory;

    @BeforeEach
    void keepALedger() {
        MapDefinition map = MapReader.read(GuildTestApplication.UNGUARDED, "exeunt.yaml");
        Exeunt exeunt = Exeunt.builder(Database.at(
                                guilds.database().jdbcUrl(),
                                guilds.database().user(),
                                guilds.database().password())
                        .pooled(fresh -> pool = new TestConnectionPool(fresh)))
                .clock(guilds.clock())
                .key(GuildTestApplication.KEY)
                .ledger(directory.resolve("ledger"))
                .build();
        requests = exeunt.requests(map);
        ledger = exeunt.ledger(map);
    }

    @AfterEach
    void close() throws SQLException {
        pool.close();
        guilds.close();
    }

    @Test
    void everybodyIsWhollyInOneStateAndTheNextGoesOn() throws Exception {
        Map<String, List<String>> others = guilds.rows();
        SeededRandom dice = new SeededRandom(SEED);
        int interrupted = 0;
        int finished = 0;
        boolean carriedOut = false;
        int window = 1_000;
        for (int i = 0; i < KILLS; i++) {
            now = now.plus(LEASE).plusSeconds(1);
            if (count("state <> 'erased'") < GROUP) {
                people();
            }
            int dies = dice.chance(40) ? dice.one(-3, -2, -1, 1, 2, 3) : 0;
            boolean done = kill(i, dice.chance(50), dies, dies == 0 ? dice.below(window) : 4_000);
            if (dies == 0) {
                window = done ? window * 3 / 4 : Math.min(window * 9 / 8, 2_000); // as long as the work takes here
            }
            carriedOut |= count("state = 'erased'") % GROUP > 0;
            assertThat(halves()).as("after kill %d of seed %d", i, SEED).isEmpty();
            assertThat(uncopiedIntents())
                    .as("after kill %d of seed %d", i, SEED)
                    .isZero();
            interrupted += !done && count("state = 'erasing'") > 0 ? 1 : 0;
            finished += done ? 1 : 0;
        }
        guilds.clock().set(now.plus(LEASE).plusSeconds(1));
        ReapResult rest = requests.eraseDue("last");
        System.out.println("WorkerKillTest: " + KILLS + " kills, " + interrupted + " amid the work, " + finished
                + " too late; " + asked.size() + " people, the last worker " + rest);
        assertThat(interrupted).as("killed amid the work").isGreaterThan(KILLS / 4);
        assertThat(carriedOut).as("some of a group were erased and others not").isTrue();
        assertThat(halves()).isEmpty();
        assertThat(ledger.verify()).satisfies(c -> assertThat(c.copied()).isEqualTo(c.entries()));
        assertThat(Files.readAllLines(directory.resolve("ledger")))
                .containsExactlyElementsOf(
                        guilds.database()
                                .column(
                                        "SELECT position || ' ' || encode(mac, 'hex') || ' ' || entry FROM exeunt.ledger ORDER BY position"));
        assertThat(count("state <> 'erased'")).as("stuck").isZero();
        assertThat(guilds.database().scalar("SELECT count(DISTINCT hash) || ' ' || count(*) FROM exeunt.erased"))
                .isEqualTo(asked.size() + " " + asked.size());
        guilds.database().execute("DELETE FROM people WHERE id >= 1000");
        assertThat(guilds.rows()).as("nobody else's row has changed").isEqualTo(others);
    }

    /** Each with two posts, a like and a session, deactivated and due. */
    private void people() {
        int first = 1000 + asked.size();
        int last = first + GROUP - 1;
        guilds.database().execute("""
                INSERT INTO people SELECT i, 'p' || i || '@x.test', 'P', NULL, NULL FROM generate_series(%1$d, %2$d) i;
                INSERT INTO sessions SELECT i, i FROM generate_series(%1$d, %2$d) i;
                INSERT INTO posts SELECT 2 * i + j, i, 'text', true, NULL, '2026-01-01' FROM generate_series(%1$d, %2$d) i, generate_series(0, 1) j;
                INSERT INTO likes (id, post, person) SELECT i, 3, i FROM generate_series(%1$d, %2$d) i
                """.formatted(first, last));
        guilds.clock().set(now.minus(Duration.ofDays(30)));
        for (int id = first; id <= last; id++) {
            asked.add("(" + id + ", '"
                    + requests.submit(NewRequest.self(AccountFlow.DEACTIVATE, "" + id))
                            .id() + "')");
        }
    }

    private boolean kill(int number, boolean guarded, int dies, int millis) throws Exception {
        KilledWorker.Orders orders =
                new KilledWorker.Orders(now, guarded, "worker-" + number, directory.resolve("ledger"), dies);
        pool.close(); // only the worker is connected
        try (KilledWorker worker = KilledWorker.start(guilds, orders)) {
            return worker.killAfter(() -> true, millis);
        }
    }

    /** People who are erased although the file does not have the record of what was about to be done. */
    private long uncopiedIntents() throws IOException {
        String lines = Files.readString(directory.resolve("ledger"));
        long whole = lines.chars().filter(c -> c == '\n').count();
        return Long.parseLong(guilds.database().scalar("""
                SELECT count(*) FROM exeunt.request r WHERE r.state = 'erased' AND NOT EXISTS (
                    SELECT FROM exeunt.ledger l
                    WHERE l.position <= %d AND l.entry LIKE 'intent %%' AND l.entry LIKE '%% request=' || r.id || ' %%')
                """.formatted(whole)));
    }

    private List<String> halves() {
        return guilds.database().column(HALVES.formatted("(VALUES " + String.join(", ", asked) + ")"));
    }

    private long count(String where) {
        return Long.parseLong(guilds.database().scalar("SELECT count(*) FROM exeunt.request WHERE " + where));
    }
}
