package dev.exeunt.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * Erases all due people by hand and with Exeunt in turns, and prints medians and ratios. Prints the medians and their
 * ratios.
 */
public final class ErasureBenchmark {

    private static final int ALONE = 40;

    private final BenchmarkServer server;
    private final int people;
    private final int rounds;

    private ErasureBenchmark(BenchmarkServer server, int people, int rounds) {
        this.server = server;
        this.people = people;
        this.rounds = rounds;
    }

    /** @param args how many are due (10,000), and in how many rounds they are erased (5) after one that does not count */
    public static void main(String[] args) throws Exception {
        int people = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        try (BenchmarkServer server = BenchmarkServer.start()) {
            ErasureBenchmark benchmark = new ErasureBenchmark(server, people, rounds);
            benchmark.prepare();
            benchmark.together();
            benchmark.alone();
        }
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    /** Runs the work that the benchmark measures. */
    private interface TimedWork {
        void run() throws Exception;
    }

    private static double seconds(TimedWork work) throws Exception {
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
        ForumDatabase.create(server, "forum", people);
        ForumDatabase.ask(server, "forum");
        say(
                "%,d people are due, and as many stay; of each %s",
                people, server.scalar("forum", BenchmarkFiles.text("of-one.sql")));
    }

    /** Lists the methods of erasing all due people that the benchmark compares. */
    private enum BatchMethod {
        SCRIPT("by hand: SQL script"),
        PREPARED("by hand: prepared"),
        ONE("exeunt, one worker"),
        COPIED("exeunt, ledger copied"),
        TWO("exeunt, two workers");

        private final String title;

        BatchMethod(String title) {
            this.title = title;
        }
    }

    private void together() throws Exception {
        Map<BatchMethod, List<Double>> times = new EnumMap<>(BatchMethod.class);
        List<BatchMethod> order = new ArrayList<>(List.of(BatchMethod.values()));
        for (int round = 0; round <= rounds; round++) {
            Map<String, String> left = Map.of();
            for (BatchMethod way : order) {
                server.copy("forum", "trial");
                double time = seconds(() -> erase(way));
                say("%s %-24s %6.2f s", round == 0 ? "warming up" : "round " + round + "   ", way.title, time);
                left = same(left, ForumDatabase.rows(server, "trial"));
                if (round > 0) {
                    times.computeIfAbsent(way, w -> new ArrayList<>()).add(time);
                }
            }
            Collections.rotate(order, 1);
        }
        say("%n%,d people due, median of %d", people, rounds);
        double script = MedianTime.of(times.getOrDefault(BatchMethod.SCRIPT, List.of()));
        double prepared = MedianTime.of(times.getOrDefault(BatchMethod.PREPARED, List.of()));
        double one = MedianTime.of(times.getOrDefault(BatchMethod.ONE, List.of()));
        double copied = MedianTime.of(times.getOrDefault(BatchMethod.COPIED, List.of()));
        say("  the copy of the ledger: %.2f of one worker without it", copied / one);
        times.forEach((way, all) -> say(
                "  %-24s %7.2f s  %5.0f people/s  %.2f of the script  %.2f of prepared",
                way.title,
                MedianTime.of(all),
                people / MedianTime.of(all),
                MedianTime.of(all) / script,
                MedianTime.of(all) / prepared));
    }

    private void erase(BatchMethod way) throws Exception {
        switch (way) {
            case SCRIPT -> HandwrittenErasure.script(server, "trial");
            case PREPARED -> HandwrittenErasure.erase(server, "trial");
            case ONE ->
                requireAll(ExeuntErasure.at(server, "trial", ExeuntErasure.DUE).reap(1));
            case TWO ->
                requireAll(ExeuntErasure.at(server, "trial", ExeuntErasure.DUE).reap(2));
            case COPIED -> {
                Path folder = Files.createTempDirectory("exeunt-ledger");
                Path ledger = folder.resolve("ledger");
                requireAll(ExeuntErasure.copyingTo(ledger, server, "trial", ExeuntErasure.DUE)
                        .reap(1));
                Files.delete(ledger);
                Files.delete(folder);
            }
        }
    }

    private void requireAll(int erased) {
        if (erased != people) {
            throw new IllegalStateException("erased " + erased + " of " + people);
        }
    }

    private static Map<String, String> same(Map<String, String> before, Map<String, String> now) {
        if (!before.isEmpty() && !before.equals(now)) {
            throw new IllegalStateException("not the same is left: " + before + " and " + now);
        }
        return now;
    }

    /** Lists the methods of erasing one person that the benchmark compares. */
    private enum SinglePersonMethod {
        SCRIPT("by hand: SQL script"),
        PREPARED("by hand: prepared"),
        EXEUNT("exeunt"),
        PREPARED_KEPT("by hand: prepared, kept"),
        EXEUNT_KEPT("exeunt, kept");

        private final String title;

        SinglePersonMethod(String title) {
            this.title = title;
        }
    }

    /** One person due at a time, each way in turn, with everything from connecting, where that has to be, to the commit. */
    private void alone() throws Exception {
        server.copy("forum", "trial");
        server.execute("trial", "UPDATE exeunt.request SET due_at = due_at + interval '1 year'");
        server.execute("trial", "VACUUM ANALYZE exeunt.request");
        Map<SinglePersonMethod, List<Double>> times = new EnumMap<>(SinglePersonMethod.class);
        List<HikariDataSource> pools = new ArrayList<>();
        try (Connection kept = server.connect("trial")) {
            ExeuntErasure connecting = ExeuntErasure.at(server, "trial", ExeuntErasure.DUE);
            ExeuntErasure pooled = ExeuntErasure.at(server, "trial", ExeuntErasure.DUE, fresh -> pool(fresh, pools));
            long user = 0;
            for (int i = 0; i < 2 * ALONE; i++) {
                for (SinglePersonMethod way : SinglePersonMethod.values()) {
                    user += 2;
                    long who = user;
                    boolean product = way == SinglePersonMethod.EXEUNT || way == SinglePersonMethod.EXEUNT_KEPT;
                    if (product) {
                        due(who);
                    }
                    double time = seconds(() -> {
                        switch (way) {
                            case SCRIPT -> HandwrittenErasure.script(server, "trial", who);
                            case PREPARED -> HandwrittenErasure.erase(server, "trial", who);
                            case PREPARED_KEPT -> HandwrittenErasure.erase(kept, List.of(who));
                            case EXEUNT, EXEUNT_KEPT -> one(way == SinglePersonMethod.EXEUNT ? connecting : pooled);
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
        double script = MedianTime.of(times.getOrDefault(SinglePersonMethod.SCRIPT, List.of()));
        times.forEach((way, all) -> say(
                "  %-24s %7.1f ms  %.2f of the script",
                way.title, MedianTime.of(all) * 1000, MedianTime.of(all) / script));
    }

    private static HikariDataSource pool(DataSource fresh, List<HikariDataSource> pools) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(fresh);
        config.setMaximumPoolSize(1);
        HikariDataSource pool = new HikariDataSource(config);
        pools.add(pool);
        return pool;
    }

    private static void one(ExeuntErasure product) throws Exception {
        if (product.reap(1) != 1) {
            throw new IllegalStateException("the reaper erased no person");
        }
    }

    private void due(long user) throws SQLException {
        server.execute(
                "trial",
                "UPDATE exeunt.request SET due_at = due_at - interval '1 year' WHERE subject = ARRAY['" + user + "']");
    }
}
