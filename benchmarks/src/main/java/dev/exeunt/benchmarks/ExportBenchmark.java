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
import java.util.stream.Collectors;

/**
 * Exports a person with many rows in turns by {@code psql \copy} and {@code zip -6}, by a JDBC cursor with an object mapper, and by Exeunt.
 * Each is a process, measured from its start to its end.
 */
public final class ExportBenchmark {

    private static final String DATABASE = "export";
    private static final String HEAP = "-Xmx64m";

    private final BenchmarkServer server;
    private final Path folder;
    private final Map<String, List<MeasuredExport>> runs = new LinkedHashMap<>();

    private ExportBenchmark(BenchmarkServer server, Path folder) {
        this.server = server;
        this.folder = folder;
    }

    /** @param args how many rows the person has (1,000,000), and how many rounds count (5) after one to warm up */
    public static void main(String[] args) throws Exception {
        int rows = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        Path folder = Files.createTempDirectory("exeunt-export");
        try (BenchmarkServer server = BenchmarkServer.start()) {
            server.execute("postgres", "CREATE DATABASE " + DATABASE);
            server.execute(DATABASE, BenchmarkFiles.text("export.sql").replace(":rows", Integer.toString(rows)));
            server.execute(DATABASE, "VACUUM ANALYZE");
            new ExportBenchmark(server, folder).measure(rounds);
        }
        Files.delete(folder);
    }

    /**
     * Holds what an export took.
     *
     * @param megabytes resident at most; 0 where it is not known
     * @param bytes of the ZIP
     */
    private record MeasuredExport(double seconds, long megabytes, long bytes) {}

    private void measure(int rounds) throws IOException, InterruptedException {
        for (int round = 0; round <= rounds; round++) {
            for (String way : List.of("psql and zip", "cursor", "exeunt")) {
                MeasuredExport run = way.equals("psql and zip") ? byShell() : byProgram(way);
                if (round > 0) {
                    runs.computeIfAbsent(way, w -> new ArrayList<>()).add(run);
                    say(
                            "round %d   %-12s %6.2f s   %4d MB resident   %,d bytes",
                            round, way, run.seconds(), run.megabytes(), run.bytes());
                }
            }
        }
        double shell = median("psql and zip");
        double cursor = median("cursor");
        runs.keySet()
                .forEach(way -> say(
                        "median    %-12s %6.2f s   %.2f of psql and zip   %.2f of the cursor",
                        way, median(way), median(way) / shell, median(way) / cursor));
    }

    private double median(String way) {
        return MedianTime.of(runs.getOrDefault(way, List.of()).stream()
                .map(MeasuredExport::seconds)
                .toList());
    }

    private MeasuredExport byProgram(String way) throws IOException, InterruptedException {
        Path file = folder.resolve("person.zip");
        return run(
                file,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ExportProgram.class.getName(),
                way,
                server.url(DATABASE),
                file.toString());
    }

    /** The files that the ZIP holds lie beside it for a while. */
    private MeasuredExport byShell() throws IOException, InterruptedException {
        String copies = ExportTables.queries().entrySet().stream()
                .map(section ->
                        "\\copy (SELECT row_to_json(r)::text FROM (%2$s) r) TO '%1$s.json'%n\\copy (%2$s) TO '%1$s.csv' CSV HEADER%n"
                                .formatted(section.getKey(), section.getValue()))
                .collect(Collectors.joining());
        Files.writeString(folder.resolve("copies.sql"), copies);
        MeasuredExport run = run(
                folder.resolve("person.zip"),
                "sh",
                "-ec",
                "psql -qX -v ON_ERROR_STOP=1 -f copies.sql '"
                        + server.url(DATABASE).substring("jdbc:".length())
                        + "?user=" + BenchmarkServer.USER + "&password=" + BenchmarkServer.USER
                        + "' && zip -6 -q person.zip *.json *.csv && echo 0");
        for (String section : ExportTables.queries().keySet()) {
            Files.delete(folder.resolve(section + ".json"));
            Files.delete(folder.resolve(section + ".csv"));
        }
        Files.delete(folder.resolve("copies.sql"));
        return run;
    }

    /** @param command prints the megabytes that it took */
    private MeasuredExport run(Path file, String... command) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int code = process.waitFor();
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (code != 0) {
            throw new IOException(command[0] + " ended with " + code + ": " + said);
        }
        long bytes = Files.size(file);
        Files.delete(file);
        return new MeasuredExport(seconds, Long.parseLong(said), bytes);
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
