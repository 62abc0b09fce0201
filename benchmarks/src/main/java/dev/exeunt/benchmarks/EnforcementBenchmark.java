package dev.exeunt.benchmarks;

import dev.exeunt.Exeunt;
import dev.exeunt.HashKey;
import dev.exeunt.database.Database;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.Actor;
import dev.exeunt.request.NewRequest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measures what row security and triggers of an enforced map cost the application, and how long hiding a person takes. */
public final class EnforcementBenchmark {

    private static final String DATABASE = "enforced";

    private static final String MAP = """
            version: 1
            subject: { table: users, key: id }
            flows: { delete-data: { grace: 30d }, deactivate: { grace: 30d } }
            tables:
              users: { erase: { anonymize: { email: "gone-{key}" } } }
              posts: { subject: author_id, created: created_at, new-rows: refuse, erase: delete }
              pages: { subject: author_id, created: created_at, policy: feed, erase: delete }
              unguarded: { subject: author_id, created: created_at, reads: shown, erase: delete }
              events: { subject: user_id, scope: account, erase: delete }
            roles: { application: [app] }
            """;

    private static final String SCAN = "SELECT count(*), sum(length(body)) FROM %s";
    private static final String COUNT = "SELECT count(*) FROM %s";
    private static final String FEED = "SELECT * FROM %s ORDER BY created_at DESC LIMIT 50";

    private final BenchmarkServer server;
    private final int rows;
    private final int rounds;

    private EnforcementBenchmark(BenchmarkServer server, int rows, int rounds) {
        this.server = server;
        this.rows = rows;
        this.rounds = rounds;
    }

    /** @param args how many rows are read (1,000,000), and how often (7) */
    public static void main(String[] args) throws Exception {
        int rows = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 7;
        try (BenchmarkServer server = BenchmarkServer.start()) {
            new EnforcementBenchmark(server, rows, rounds).run();
        }
    }

    private void run() throws SQLException {
        server.execute("postgres", "CREATE DATABASE " + DATABASE);
        for (String sql : BenchmarkFiles.text("enforced.sql").split(";\n")) {
            server.execute(DATABASE, sql.replace(":rows", Integer.toString(rows)));
        }
        Exeunt exeunt = Exeunt.builder(Database.at(server.url(DATABASE), BenchmarkServer.USER, BenchmarkServer.USER))
                .key(HashKey.ofHex("ab".repeat(32)))
                .build();
        DataMap map = Exeunt.readMap(MAP, "exeunt.yaml");
        exeunt.migrate();
        exeunt.enforcement(map).apply();
        server.execute(DATABASE, "VACUUM ANALYZE");
        say("PostgreSQL %s, %,d rows, the median of %d", server.scalar(DATABASE, "SHOW server_version"), rows, rounds);
        for (int hidden : List.of(0, 10, 10_000, 100_000)) {
            hide(hidden);
            compare("scan, policy scan", hidden, SCAN, "posts");
            compare("count only, policy scan", hidden, COUNT, "posts");
            compare("feed, policy scan", hidden, FEED, "posts");
            compare("scan, policy feed", hidden, SCAN, "pages");
            compare("feed, policy feed", hidden, FEED, "pages");
        }
        inserts();
        hiding(exeunt.requests(map));
    }

    /** Enters people as hidden, from the second on, as their requests would. */
    private void hide(int people) throws SQLException {
        server.execute(DATABASE, "DELETE FROM exeunt.absent_account");
        server.execute(
                DATABASE,
                "INSERT INTO exeunt.absent_account SELECT n, FALSE FROM generate_series(2, " + (people + 1) + ") AS n");
        server.execute(DATABASE, "VACUUM ANALYZE exeunt.absent_account");
    }

    /** The application's role beside the owner, whom no policy binds, on the same table in turns. */
    private void compare(String what, int hidden, String query, String table) throws SQLException {
        List<Double> with = new ArrayList<>();
        List<Double> without = new ArrayList<>();
        try (Connection application = connect("app");
                Connection owner = connect(BenchmarkServer.USER)) {
            for (int round = 0; round <= rounds; round++) {
                double unbound = milliseconds(owner, query.formatted(table));
                double bound = milliseconds(application, query.formatted(table));
                if (round > 0) {
                    without.add(unbound);
                    with.add(bound);
                }
            }
        }
        report("%s, %,d hidden".formatted(what, hidden), MedianTime.of(without), MedianTime.of(with));
    }

    private void inserts() throws SQLException {
        List<Double> with = new ArrayList<>();
        List<Double> without = new ArrayList<>();
        try (Connection connection = connect("app")) {
            for (int i = 1; i <= 2_000; i++) {
                String insert = "INSERT INTO %s VALUES (" + (rows + i) + ", " + (rows / 2 - i) + ", 'text', now())";
                without.add(milliseconds(connection, insert.formatted("unguarded")));
                with.add(milliseconds(connection, insert.formatted("posts")));
            }
        }
        report("one INSERT, new rows refused", MedianTime.of(without), MedianTime.of(with));
    }

    private void hiding(AccountRequests requests) {
        List<Double> hiding = new ArrayList<>();
        List<Double> restoring = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            double hide = milliseconds(() -> requests.submit(NewRequest.self(AccountFlow.DEACTIVATE, "1")));
            double restore = milliseconds(() -> requests.reactivate("1", Actor.SELF, null));
            if (round > 0) {
                hiding.add(hide);
                restoring.add(restore);
            }
        }
        say("%-42s %9.1f ms", "hiding a person with 600,000 rows", MedianTime.of(hiding));
        say("%-42s %9.1f ms", "showing the rows again", MedianTime.of(restoring));
    }

    private Connection connect(String user) throws SQLException {
        Connection connection = DriverManager.getConnection(server.url(DATABASE), user, user);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET max_parallel_workers_per_gather = 0");
        }
        return connection;
    }

    private static double milliseconds(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            long begin = System.nanoTime();
            statement.execute(sql);
            return (System.nanoTime() - begin) / 1e6;
        }
    }

    private static double milliseconds(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e6;
    }

    private static void report(String what, double without, double with) {
        say("%-42s %9.2f ms without %9.2f ms with %6.2f", what, without, with, with / without);
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
