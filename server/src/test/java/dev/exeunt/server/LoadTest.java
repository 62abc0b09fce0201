package dev.exeunt.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.testkit.TestDatabase;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Many people ask for their data and keep looking how far it is, while both instances are killed in turn and replaced: every
 * export becomes ready, once, whole, and the right person's. {@code -Dexeunt.long=true}: 2,000 of them.
 */
@Timeout(1_200)
class LoadTest {

    private static final int PEOPLE = Boolean.getBoolean("exeunt.long") ? 2_000 : 200;
    private static final int NOTES = 200;
    private static final int POLLERS = 64;
    private static final int POLLS = Boolean.getBoolean("exeunt.long") ? 500 : 200;
    private static final String SECRET = "a-secret-of-thirty-two-characters-at-least";
    private static final Pattern MARK = Pattern.compile("mark-(\\d+)-(\\d+)\\.");

    private static final String SCHEMA = """
            CREATE TABLE person (id bigint PRIMARY KEY, name text NOT NULL);
            CREATE TABLE note (id bigint PRIMARY KEY, person bigint NOT NULL REFERENCES person, text text NOT NULL);
            CREATE INDEX ON note (person);
            INSERT INTO person SELECT p, 'mark-' || p || '-0.' FROM generate_series(1, %1$d) p;
            INSERT INTO note SELECT p * 1000 + n, p, 'mark-' || p || '-' || n || '.' || repeat(' and so on', 40)
                FROM generate_series(1, %1$d) p, generate_series(1, %2$d) n
            """.formatted(PEOPLE, NOTES);

    private static final String MAP = """
            version: 1
            subject: { table: person, key: id }
            export: { format: json }
            tables:
              person: { erase: delete }
              note: { section: notes, subject: person, erase: delete }
            """;

    @TempDir
    Path directory;

    private final TestDatabase database = TestDatabase.createFrom(SCHEMA);
    private final List<ServerInstance> living = new CopyOnWriteArrayList<>();
    private final List<Integer> ports = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger stop = new AtomicInteger();
    private final LoadTestClients crowd = new LoadTestClients(() -> List.copyOf(ports), SECRET);

    @AfterEach
    void close() {
        stop.set(1);
        threads.shutdownNow();
        living.forEach(ServerInstance::close);
        database.close();
    }

    @Test
    void everyExportBecomesReadyOnceAndWholeAlthoughBothInstancesAreKilled() throws Exception {
        Files.writeString(directory.resolve("exeunt.yaml"), MAP);
        List.of(threads.submit(this::start), threads.submit(this::start)).forEach(LoadTest::done);
        List<Future<?>> polling = new ArrayList<>();
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE note IN ACCESS EXCLUSIVE MODE"); // nothing is made until all have asked
            asking().forEach(LoadTest::done);
            assertThat(database.scalar("SELECT count(*) FROM exeunt.request WHERE state IN ('pending', 'running')"))
                    .isEqualTo("" + PEOPLE);
            for (int i = 0; i < POLLERS; i++) {
                polling.add(threads.submit(() -> crowd.poll(POLLERS, POLLS, PEOPLE, stop)));
            }
        }
        long began = System.nanoTime();
        KilledInstance first = killedAt(PEOPLE / 4);
        KilledInstance second = killedAt(PEOPLE / 2);
        await("count(*) = " + PEOPLE + " FROM exeunt.request WHERE state = 'ready'");
        double seconds = (System.nanoTime() - began) / 1e9;
        List.of(first.other(), second.other()).forEach(LoadTest::done);
        stop.set(1);
        polling.forEach(LoadTest::done);
        System.out.printf(
                Locale.ROOT,
                "LoadTest: %d exports ready after %.1f s; %d polls answered, %.0f a second, median %.1f ms, 99%% within %.1f ms;"
                        + " %d calls met an instance that was killed;%s;%s%n",
                PEOPLE,
                seconds,
                crowd.took.size(),
                crowd.took.size() / seconds,
                crowd.latency(50),
                crowd.latency(99),
                crowd.unanswered.get(),
                told(first),
                told(second));
        assertThat(crowd.wrong).isEmpty();
        nothingIsLeftOver();
        everybodyHasTheirOwnAndAllOfIt();
    }

    private Void start() throws IOException {
        ServerInstance started = ServerInstance.start(
                directory,
                List.of(
                        "--server.port=0",
                        "--exeunt.map=" + directory.resolve("exeunt.yaml"),
                        "--exeunt.key=00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
                        "--exeunt.archive.directory=" + directory.resolve("exports"),
                        "--exeunt.jwt.secret=" + SECRET,
                        "--exeunt.database.url=" + database.jdbcUrl(),
                        "--exeunt.database.user=" + database.user(),
                        "--exeunt.database.password=" + database.password()));
        living.add(started);
        ports.add(started.port());
        return null;
    }

    private List<Future<?>> asking() {
        List<Future<?>> asking = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int first = i + 1;
            asking.add(threads.submit(() -> {
                for (int person = first; person <= PEOPLE; person += 4) {
                    crowd.ask(person);
                }
                return null;
            }));
        }
        return asking;
    }

    /**
     * Describes a killed instance: time, remaining work and the instance that replaces it.
     *
     * @param at when
     * @param left to be made
     * @param held being made, by it or by the other
     * @param other that takes its place
     */
    private record KilledInstance(Instant at, String left, List<String> held, Future<?> other) {}

    /** The older of those that live, once so many exports are ready. */
    private KilledInstance killedAt(int done) {
        await("count(*) >= " + done + " FROM exeunt.request WHERE state = 'ready'");
        ServerInstance older = living.remove(0);
        older.close();
        ports.remove((Integer) older.port());
        return new KilledInstance(
                Instant.now(),
                database.scalar("SELECT count(*) FROM exeunt.request WHERE state <> 'ready'"),
                database.column("SELECT id::text FROM exeunt.request WHERE state = 'running'"),
                threads.submit(this::start));
    }

    private String told(KilledInstance killed) {
        String taken = database.scalar("SELECT count(*) || ' taken over, ready after '"
                + " || coalesce(round(extract(epoch FROM max(e.ready_at) - '" + killed.at()
                + "')::numeric, 1) || ' s', '-')"
                + " FROM exeunt.request r JOIN exeunt.export e ON e.request = r.id WHERE r.fence > 1 AND r.id::text = ANY ('{"
                + String.join(",", killed.held()) + "}')");
        return " one killed with " + killed.left() + " to be made: " + taken;
    }

    private static void done(Future<?> one) {
        try {
            one.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private void await(String condition) {
        while (!"t".equals(database.scalar("SELECT " + condition))) {
            assertThat(Thread.currentThread().isInterrupted())
                    .as("waited in vain: " + condition)
                    .isFalse();
            LockSupport.parkNanos(20_000_000);
        }
    }

    private void nothingIsLeftOver() throws IOException {
        await("count(*) = 0 FROM exeunt.job WHERE task_name = 'export'");
        assertThat(
                        database.column(
                                "SELECT request::text FROM exeunt.event WHERE name = 'user.data_export_ready' GROUP BY 1 HAVING count(*) <> 1"))
                .as("told to be ready more than once")
                .isEmpty();
        assertThat(database.scalar("SELECT count(*) || ' ' || count(DISTINCT subject) FROM exeunt.request"))
                .isEqualTo(PEOPLE + " " + PEOPLE);
        assertThat(Integer.parseInt(database.scalar("SELECT count(*) FROM exeunt.request WHERE fence > 1")))
                .as("taken over")
                .isPositive();
        try (Stream<Path> files = Files.list(directory.resolve("exports"))) {
            assertThat(new TreeSet<>(files.map(f -> f.getFileName().toString()).toList()))
                    .isEqualTo(new TreeSet<>(database.column("SELECT object FROM exeunt.export")));
        }
    }

    private void everybodyHasTheirOwnAndAllOfIt() throws Exception {
        assertThat(crowd.jobs).hasSize(PEOPLE);
        for (int person = 1; person <= PEOPLE; person++) {
            HttpResponse<byte[]> to =
                    crowd.send("GET", "/account/export/" + crowd.jobs.get(person) + "/download", person);
            HttpResponse<byte[]> archive =
                    crowd.send("GET", to.headers().firstValue("Location").orElseThrow(), person);
            JsonNode json = JsonMapper.shared().readTree(archive.body());
            assertThat(json.isObject()).isTrue();
            TreeSet<Integer> notes = new TreeSet<>();
            Matcher mark = MARK.matcher(new String(archive.body(), StandardCharsets.UTF_8));
            while (mark.find()) {
                assertThat(mark.group(1)).as("whose it is").isEqualTo("" + person);
                notes.add(Integer.valueOf(mark.group(2)));
            }
            assertThat(notes).hasSize(NOTES + 1);
        }
    }
}
