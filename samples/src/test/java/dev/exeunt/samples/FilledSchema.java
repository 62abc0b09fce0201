package dev.exeunt.samples;

import dev.exeunt.Exeunt;
import dev.exeunt.database.Database;
import dev.exeunt.internal.postgres.SqlQuoting;
import dev.exeunt.testkit.TestDatabase;
import dev.exeunt.testkit.TestSkip;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Holds a real schema, filled with one marked person among bystanders.
 *
 * @param manifest what the script says it wrote: the subject, and every row with its kind
 */
record FilledSchema(TestDatabase database, Path script, Path folder, JsonNode manifest) implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();

    /** Loads and fills a schema; skips the test, saying why, where the schema, the script or a program is missing. */
    static FilledSchema orSkip(RealSchema schema, Path folder, List<String> options) {
        Path script = Path.of(needed(schema, "EXEUNT_FILL"));
        Path directory = Path.of(needed(schema, "EXEUNT_REAL_SCHEMAS"));
        TestSkip.unless(
                Files.exists(directory.resolve(schema.name() + ".sql")),
                "real schema " + schema + ": there is no " + schema + ".sql");
        TestSkip.unless(onPath("python3") && onPath("psql"), "real schema " + schema + ": python3 and psql are needed");
        return of(schema, directory, script, folder, options);
    }

    private static String needed(RealSchema schema, String variable) {
        String value = System.getenv(variable);
        TestSkip.unless(value != null, "real schema " + schema + ": " + variable + " is not set");
        return value;
    }

    private static boolean onPath(String program) {
        return List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private static FilledSchema of(RealSchema schema, Path directory, Path script, Path folder, List<String> options) {
        try {
            TestDatabase database =
                    TestDatabase.createFrom(Files.readString(directory.resolve(schema.name() + ".sql")));
            Path manifest = folder.resolve("manifest.json");
            List<String> arguments =
                    new ArrayList<>(List.of("--users", schema.subject(), "--out", manifest.toString()));
            arguments.addAll(options);
            run(database, script, "fill", arguments, List.of(0));
            FilledSchema filled = new FilledSchema(database, script, folder, JSON.readTree(Files.readString(manifest)));
            schema.seams().forEach(filled::add);
            return filled;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Exeunt exeunt() {
        Database at = Database.at(database.jdbcUrl(), database.user(), database.password());
        return Exeunt.builder(at)
                .clock(Clock.fixed(LoadedSample.NOW, ZoneOffset.UTC))
                .build();
    }

    String key() {
        return manifest.at("/subject/pk").iterator().next().asString();
    }

    /** Of the kinds S (the subject's), B, R (others'), M and X (others', tied to the subject or to a row of theirs). */
    List<JsonNode> rows(String kinds) {
        List<JsonNode> rows = new ArrayList<>();
        manifest.path("rows").forEach(r -> {
            if (kinds.contains(r.path("kind").asString())) {
                rows.add(r);
            }
        });
        return rows;
    }

    /** What is left of the subject and missing of the others, as the script sees it. */
    JsonNode scan() {
        try {
            Path report = folder.resolve("report.json");
            List<String> arguments =
                    List.of("--manifest", folder.resolve("manifest.json").toString(), "--json", report.toString());
            run(database, script, "scan", arguments, List.of(0, 1));
            return JSON.readTree(Files.readString(report));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(RealSchema.ExtraRow seam) {
        String values = seam.values()
                .replace(":key", key())
                .replace(":EMAIL", manifest.at("/subject/row/email").asString().toUpperCase(java.util.Locale.ROOT));
        String table = SqlQuoting.identifier(seam.table());
        String bystanders = "t::text !~* 'canary' AND t::text !~ " + SqlQuoting.literal(key());
        database.execute("INSERT INTO " + table + " SELECT (jsonb_populate_record(t, " + SqlQuoting.literal(values)
                + ")).* FROM " + table + " t WHERE " + bystanders + " ORDER BY t::text LIMIT 1");
    }

    private static void run(
            TestDatabase database, Path script, String command, List<String> arguments, List<Integer> good)
            throws IOException {
        List<String> all = new ArrayList<>(List.of("python3", script.toString(), command));
        all.addAll(List.of("-d", database.databaseName(), "-H", "localhost", "-p", "" + database.port()));
        all.addAll(List.of("-U", database.user()));
        all.addAll(arguments);
        Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!good.contains(process.waitFor())) {
                throw new IllegalStateException(command + " failed:\n" + said);
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
