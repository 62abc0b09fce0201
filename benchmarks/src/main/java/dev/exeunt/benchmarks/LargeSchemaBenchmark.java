package dev.exeunt.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Measures {@code init --no-data} and {@code check}, each as a process from its start to its end, on a schema of 1,000 tables. */
public final class LargeSchemaBenchmark {

    private static final String DATABASE = "large";
    /** Runs the words that follow, then prints the processor time of what it ran. */
    private static final String TIMED = "\"$@\" >/dev/null; code=$?; times; exit $code";

    private static final Pattern MINUTES = Pattern.compile("(\\d+)m([\\d.]+)s");

    private final BenchmarkServer server;
    private final Path folder;
    private final Map<String, List<MeasuredRun>> runs = new LinkedHashMap<>();

    private LargeSchemaBenchmark(BenchmarkServer server, Path folder) {
        this.server = server;
        this.folder = folder;
    }

    /** @param args how many rounds, and the programs that take turns in each of them */
    public static void main(String[] args) throws Exception {
        int rounds = Integer.parseInt(args[0]);
        List<String> programs = List.of(args).subList(1, args.length);
        Path folder = Files.createTempDirectory("exeunt-large-schema");
        try (BenchmarkServer server = BenchmarkServer.start()) {
            server.execute("postgres", "CREATE DATABASE " + DATABASE);
            server.execute(DATABASE, BenchmarkFiles.text("large-schema.sql"));
            server.execute(DATABASE, "VACUUM ANALYZE"); // what autovacuum does elsewhere, the catalogue included
            System.out.println(server.scalar(
                            DATABASE, "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relname !~ '^(pg|sql)_'")
                    + " tables, "
                    + server.scalar(DATABASE, "SELECT count(*) FROM pg_constraint WHERE contype = 'f'")
                    + " foreign keys");
            new LargeSchemaBenchmark(server, folder).measure(rounds, programs);
        }
    }

    /** The first round warms up: the programs make their archives of classes, the server reads its catalogue. */
    private void measure(int rounds, List<String> programs) throws IOException, InterruptedException {
        for (int round = 0; round <= rounds; round++) {
            for (String program : programs) {
                MeasuredRun init = run(program, "init", "--subject", "users", "--no-data", "--force");
                MeasuredRun check = run(program, "check");
                if (round > 0) {
                    runs.computeIfAbsent(program + " init", p -> new ArrayList<>())
                            .add(init);
                    runs.computeIfAbsent(program + " check", p -> new ArrayList<>())
                            .add(check);
                }
            }
        }
        System.out.println("seconds (median, least), processor seconds of the program (median, least)");
        runs.forEach((command, measured) -> System.out.printf(
                Locale.ROOT,
                "%5.2f %5.2f   %5.2f %5.2f   %s%n",
                MedianTime.of(measured.stream().map(MeasuredRun::seconds).toList()),
                measured.stream().mapToDouble(MeasuredRun::seconds).min().orElseThrow(),
                MedianTime.of(measured.stream().map(MeasuredRun::processor).toList()),
                measured.stream().mapToDouble(MeasuredRun::processor).min().orElseThrow(),
                command));
    }

    /** Holds the seconds from start to end, and those of the processor that the program took; those of the server are not among them. */
    private record MeasuredRun(double seconds, double processor) {}

    private MeasuredRun run(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", TIMED, "sh", program));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("errors").toFile());
        builder.environment()
                .putAll(Map.of(
                        "EXEUNT_DB", server.url(DATABASE),
                        "EXEUNT_DB_USER", BenchmarkServer.USER,
                        "EXEUNT_DB_PASSWORD", BenchmarkServer.USER));
        long begin = System.nanoTime();
        Process process = builder.start();
        String times = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (code > 1) { // 1: check has found something, as it should in a draft
            throw new IOException(String.join(" ", command) + " ended with " + code + ": "
                    + Files.readString(folder.resolve("errors")));
        }
        return new MeasuredRun(seconds, ofChildren(times));
    }

    /** The second line is that of the children: user and system. */
    private static double ofChildren(String times) {
        return MINUTES.matcher(times.strip().split("\n")[1])
                .results()
                .mapToDouble(LargeSchemaBenchmark::seconds)
                .sum();
    }

    private static double seconds(MatchResult time) {
        return Integer.parseInt(time.group(1)) * 60 + Double.parseDouble(time.group(2));
    }
}
