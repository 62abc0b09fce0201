package dev.exeunt.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.ReapResult;
import dev.exeunt.request.NewRequest;
import dev.exeunt.testkit.SeededRandom;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests that killed workers leave every person wholly in one state. */
class WorkerKillTest {

    private static final int KILLS = Integer.getInteger("exeunt.kills", Boolean.getBoolean("exeunt.long") ? 500 : 40);
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
    private final AccountRequests requests = guilds.requests(GuildTestApplication.UNGUARDED);
    private final List<String> asked = new ArrayList<>();
    private final List<Process> started = new ArrayList<>();
    private Instant now = GuildTestApplication.START;

    @AfterEach
    void close() {
        started.forEach(Process::destroyForcibly);
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
            boolean done = kill(worker(i, dice.chance(50)), dice.below(window));
            window = done ? window * 3 / 4 : Math.min(window * 9 / 8, 2_000); // as long as the work takes here
            carriedOut |= count("state = 'erased'") % GROUP > 0;
            assertThat(halves()).as("after kill %d of seed %d", i, SEED).isEmpty();
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

    private List<String> halves() {
        return guilds.database().column(HALVES.formatted("(VALUES " + String.join(", ", asked) + ")"));
    }

    private long count(String where) {
        return Long.parseLong(guilds.database().scalar("SELECT count(*) FROM exeunt.request WHERE " + where));
    }

    private Process worker(int number, boolean guarded) throws IOException {
        Process worker = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReaperProcess.class.getName(),
                        guilds.database().jdbcUrl(),
                        guilds.database().user(),
                        now.toString(),
                        guarded ? "guarded" : "unguarded",
                        "worker-" + number)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        started.add(worker);
        return worker;
    }

    /** @return whether it was done before */
    private boolean kill(Process worker, int millis) throws IOException, InterruptedException {
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(worker.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(said.readLine()).isEqualTo("ready");
            worker.getOutputStream().write('g');
            worker.getOutputStream().flush();
            LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
            worker.toHandle().destroyForcibly(); // unlike the process's own, leaves what it said
            worker.waitFor();
            while (count(
                            "EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'exeunt' AND datname = current_database())")
                    > 0) {
                Thread.onSpinWait(); // the server has not noticed yet
            }
            return said.readLine() != null;
        }
    }
}
