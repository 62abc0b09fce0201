package dev.exeunt.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Erases everybody who is due, by hand and with the product, each time in a fresh copy of the same database, in turns; and one
 * person alone. Prints the medians and their ratios.
 */
public final class Benchmark {

    private static final int ALONE = 40;

    private final Server server;
    private final int people;
    private final int rounds;

    private Benchmark(Server server, int people, int rounds) {
        this.server = server;
        this.people = people;
        this.rounds = rounds;
    }

    /** @param args how many are due (10,000), and in how many rounds they are erased (5) after one that does not count */
    public static void main(String[] args) throws Exception {
        int people = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        try (Server server = Server.start()) {
            Benchmark benchmark = new Benchmark(server, people, rounds);
            benchmark.prepare();
            benchmark.together();
            benchmark.alone();
        }
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    private interface Work {
        void run() throws Exception;
    }

    private static double seconds(Work work) throws Exception {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e9;
    }

    private void prepare() throws Exception {
        say(
                "PostgreSQL %s, %d processors, %d MB for the program",
                server.scalar("postgres", "SHOW server_version"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() >> 20);
        Forum.create(server, "forum", people);
        Forum.ask(server, "forum");
        say(
                "%,d people are due, and as many stay; of each %s",
                people, server.scalar("forum", Resources.text("of-one.sql")));
    }

    private enum Way {
        SCRIPT("by hand: SQL script"),
        PREPARED("by hand: prepared"),
        ONE("exeunt, one worker"),
        TWO("exeunt, two workers");

        private final String title;

        Way(String title) {
            this.title = title;
        }
    }

    private void together() throws Exception {
        Map<Way, List<Double>> times = new EnumMap<>(Way.class);
        List<Way> order = new ArrayList<>(List.of(Way.values()));
        for (int round = 0; round <= rounds; round++) {
            Map<String, String> left = Map.of();
            for (Way way : order) {
                server.copy("forum", "trial");
                double time = seconds(() -> erase(way));
                say("%s %-24s %6.2f s", round == 0 ? "warming up" : "round " + round + "   ", way.title, time);
                left = same(left, Forum.rows(server, "trial"));
                if (round > 0) {
                    times.computeIfAbsent(way, w -> new ArrayList<>()).add(time);
                }
            }
            Collections.rotate(order, 1);
        }
        say("%n%,d people due, median of %d", people, rounds);
        double script = median(times.getOrDefault(Way.SCRIPT, List.of()));
        double prepared = median(times.getOrDefault(Way.PREPARED, List.of()));
        times.forEach((way, all) -> say(
                "  %-24s %7.2f s  %5.0f people/s  %.2f of the script  %.2f of prepared",
                way.title, median(all), people / median(all), median(all) / script, median(all) / prepared));
    }

    private void erase(Way way) throws Exception {
        switch (way) {
            case SCRIPT -> ByHand.script(server, "trial");
            case PREPARED -> ByHand.erase(server, "trial");
            case ONE, TWO -> {
                int erased = Product.at(server, "trial", Product.DUE).reap(way == Way.ONE ? 1 : 2);
                if (erased != people) {
                    throw new IllegalStateException("erased " + erased + " of " + people);
                }
            }
        }
    }

    private static Map<String, String> same(Map<String, String> before, Map<String, String> now) {
        if (!before.isEmpty() && !before.equals(now)) {
            throw new IllegalStateException("not the same is left: " + before + " and " + now);
        }
        return now;
    }

    /** How one person is erased, on a connection of its own or on one that is kept. */
    private enum Single {
        SCRIPT("by hand: SQL script"),
        PREPARED("by hand: prepared"),
        EXEUNT("exeunt"),
        PREPARED_KEPT("by hand: prepared, kept"),
        EXEUNT_KEPT("exeunt, kept");

        private final String title;

        Single(String title) {
            this.title = title;
        }
    }

    /** One person due at a time, each way in turn, with everything from connecting, where that has to be, to the commit. */
    private void alone() throws Exception {
        server.copy("forum", "trial");
        server.execute("trial", "UPDATE exeunt.request SET due_at = due_at + interval '1 year'");
        server.execute("trial", "VACUUM ANALYZE exeunt.request");
        Map<Single, List<Double>> times = new EnumMap<>(Single.class);
        List<HikariDataSource> pools = new ArrayList<>();
        try (Connection kept = server.connect("trial")) {
            Product connecting = Product.at(server, "trial", Product.DUE);
            Product pooled = Product.at(server, "trial", Product.DUE, fresh -> pool(fresh, pools));
            long user = 0;
            for (int i = 0; i < 2 * ALONE; i++) {
                for (Single way : Single.values()) {
                    user += 2;
                    long who = user;
                    boolean product = way == Single.EXEUNT || way == Single.EXEUNT_KEPT;
                    if (product) {
                        due(who);
                    }
                    double time = seconds(() -> {
                        switch (way) {
                            case SCRIPT -> ByHand.script(server, "trial", who);
                            case PREPARED -> ByHand.erase(server, "trial", who);
                            case PREPARED_KEPT -> ByHand.erase(kept, List.of(who));
                            case EXEUNT, EXEUNT_KEPT -> one(way == Single.EXEUNT ? connecting : pooled);
                        }
                    });
                    if (i >= ALONE) {
                        times.computeIfAbsent(way, w -> new ArrayList<>()).add(time);
                    }
                }
            }
        } finally {
            pools.forEach(HikariDataSource::close);
        }
        say("%none person due, median of %d", ALONE);
        double script = median(times.getOrDefault(Single.SCRIPT, List.of()));
        times.forEach((way, all) -> say(
                "  %-24s %7.1f ms  %.2f of the script", way.title, median(all) * 1000, median(all) / script));
    }

    private static HikariDataSource pool(DataSource fresh, List<HikariDataSource> pools) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(fresh);
        config.setMaximumPoolSize(1);
        HikariDataSource pool = new HikariDataSource(config);
        pools.add(pool);
        return pool;
    }

    private static void one(Product product) throws Exception {
        if (product.reap(1) != 1) {
            throw new IllegalStateException("nobody was erased");
        }
    }

    private void due(long user) throws SQLException {
        server.execute(
                "trial",
                "UPDATE exeunt.request SET due_at = due_at - interval '1 year' WHERE subject = ARRAY['" + user + "']");
    }

    private static double median(List<Double> times) {
        List<Double> sorted = times.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
