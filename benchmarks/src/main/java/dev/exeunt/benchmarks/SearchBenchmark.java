package dev.exeunt.benchmarks;

import dev.exeunt.Exeunt;
import dev.exeunt.database.Database;
import dev.exeunt.erase.RehearsalResult;
import dev.exeunt.map.DataMap;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** Measures the search of {@code rehearse} beside {@code pg_dump | grep -F}, and how long it keeps a writer waiting. */
public final class SearchBenchmark {

    private static final int PEOPLE_PER_GIGABYTE = 70_000;

    private static final String MAP = """
            version: 1
            subject: { table: users, key: id, identifiers: [email] }
            tables:
              users: { erase: delete }
              posts: { subject: user_id, erase: delete }
            not-personal: { numbers: measurements }
            """;

    private final String url;

    private SearchBenchmark(String url) {
        this.url = url;
    }

    /** @param args how many gigabytes are searched (5), and how often (3) */
    public static void main(String[] args) throws Exception {
        int gigabytes = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        String url = System.getenv("EXEUNT_DB");
        if (url == null) {
            System.err.println(
                    "EXEUNT_DB names no database. Give an empty scratch database of a superuser, such as"
                            + " jdbc:postgresql://localhost:5432/scratch?user=postgres. Its tables users, posts, events and numbers are dropped.");
            System.exit(2);
        }
        new SearchBenchmark(url).run(gigabytes, rounds);
    }

    private void run(int gigabytes, int rounds) throws Exception {
        execute(BenchmarkFiles.text("search.sql")
                .replace(":people", Integer.toString(gigabytes * PEOPLE_PER_GIGABYTE)));
        say(
                "%s, %d processors, %d MB for the program",
                size(), Runtime.getRuntime().availableProcessors(), memory());
        List<Double> dumps = new ArrayList<>();
        List<Double> searches = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            double dump = dump();
            double search = search();
            say("round %d   pg_dump | grep -F %6.2f s   search %6.2f s   %.2f", round, dump, search, search / dump);
            dumps.add(dump);
            searches.add(search);
        }
        say("median     %.2f of pg_dump | grep -F", MedianTime.of(searches) / MedianTime.of(dumps));
    }

    private double dump() throws IOException, InterruptedException {
        URI address = URI.create(url.substring("jdbc:".length()));
        long begin = System.nanoTime();
        List<Process> pipeline = ProcessBuilder.startPipeline(List.of(
                new ProcessBuilder("pg_dump", address.toString()).redirectError(ProcessBuilder.Redirect.INHERIT),
                new ProcessBuilder("grep", "-cF", "user4711@example.org")));
        for (Process each : pipeline) {
            if (each.waitFor() != 0) {
                throw new IOException("pg_dump | grep failed: is there a pg_dump of the server's version in the PATH?");
            }
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private double search() throws Exception {
        Exeunt exeunt = Exeunt.builder(Database.at(url, null, null)).build();
        DataMap map = Exeunt.readMap(MAP, "exeunt.yaml");
        try (WaitingWriter writer = new WaitingWriter(url)) {
            RehearsalResult result = exeunt.rehearse(map, List.of(), 3);
            if (result.search().places().isEmpty()) {
                throw new IllegalStateException("the events of the people were not found");
            }
            say("          a writer of other people's rows waited %.0f ms at most", writer.longest() * 1000);
            return result.search().time().toNanos() / 1e9;
        }
    }

    /** Updates a row of other people about a hundred times a second, and remembers the longest time that an update took. */
    private static final class WaitingWriter implements AutoCloseable {

        private final AtomicBoolean ended = new AtomicBoolean();
        private final Thread thread;
        private volatile double longest;
        private final List<SQLException> failures = new CopyOnWriteArrayList<>();

        WaitingWriter(String url) {
            thread = new Thread(() -> write(url));
            thread.start();
        }

        private void write(String url) {
            try (Connection connection = DriverManager.getConnection(url);
                    PreparedStatement update = connection.prepareStatement(
                            "UPDATE posts SET likes = likes + 1 WHERE id = (SELECT 12 + (random() * 1000)::int)")) {
                while (!ended.get()) {
                    long begin = System.nanoTime();
                    update.executeUpdate();
                    longest = Math.max(longest, (System.nanoTime() - begin) / 1e9);
                    Thread.sleep(10);
                }
            } catch (SQLException e) {
                failures.add(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        double longest() {
            return longest;
        }

        @Override
        public void close() throws InterruptedException, SQLException {
            ended.set(true);
            thread.join();
            if (!failures.isEmpty()) {
                throw failures.get(0); // its longest time would be no measurement
            }
        }
    }

    private void execute(String script) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String sql : script.split(";\n")) {
                statement.execute(sql);
            }
        }
    }

    private String size() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_size_pretty(pg_database_size(current_database()))")) {
            row.next();
            return row.getString(1);
        }
    }

    private static long memory() {
        return Runtime.getRuntime().maxMemory() >> 20;
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
