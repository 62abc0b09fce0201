package dev.exeunt.internal.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.ProgressListener;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.map.ExportSettings.BundleFormat;
import dev.exeunt.testkit.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeExportTest {

    private static final String SCHEMA = """
            CREATE TABLE users (id int PRIMARY KEY);
            CREATE TABLE notes (id int PRIMARY KEY, user_id int NOT NULL REFERENCES users, body text);
            CREATE INDEX ON notes (user_id);
            INSERT INTO users VALUES (1);
            INSERT INTO notes SELECT n, 1, repeat(md5(n::text), 10) FROM generate_series(1, 300000) n;
            """;

    private static final String MAP = """
            version: 1
            subject: { table: users, key: id }
            tables:
              users: { erase: delete }
              notes: { subject: user_id, erase: delete }
            """;

    @TempDir
    private Path directory;

    /** Some 200 MB of JSON and CSV pass through a heap of 32 MB. */
    @Test
    void memoryDoesNotGrowWithTheRows() throws Exception {
        try (TestDatabase database = TestDatabase.createFrom(SCHEMA)) {
            assertThat(run("-Xmx32m", database, MAP, directory)).isEqualTo("300001");
        }
        try (ZipFile zip = new ZipFile(directory.resolve("x.zip").toFile())) {
            assertThat(zip.getEntry("notes.json").getSize()).isGreaterThan(100_000_000);
        }
    }

    @Test
    void aRowThatDoesNotFitIsRefusedByName() throws Exception {
        try (TestDatabase database = TestDatabase.createFrom(SCHEMA)) {
            database.execute("ALTER TABLE notes ADD a text, ADD b text, ADD c text, ADD d text, ADD e text");
            database.execute(
                    "UPDATE notes SET (a, b, c, d, e) = (SELECT x, x, x, x, x FROM repeat('x', 8000000) AS x) WHERE id = 150000");
            assertThat(run("-Xmx32m", database, MAP, directory))
                    .startsWith("A row of notes is too large")
                    .contains("except");
        }
        assertThat(directory).isEmptyDirectory();
    }

    /** Exports into {@code x.zip} of the directory, in a program with that heap, and returns what it said: the rows, or why it failed. */
    static String run(String heap, TestDatabase database, String map, Path directory) throws Exception {
        Process process = start(heap, database, map, directory);
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    static Process start(String heap, TestDatabase database, String map, Path directory) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        heap,
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeExportProgram.class.getName(),
                        database.jdbcUrl(),
                        database.user(),
                        directory.resolve("x.zip").toString(),
                        map)
                .redirectErrorStream(true)
                .start();
    }

    /** Exports in a small heap and prints the number of rows or the error. */
    static final class LargeExportProgram {
        public static void main(String[] arguments) throws Exception {
            try (Connection connection = DriverManager.getConnection(arguments[0], arguments[1], "")) {
                Exporter exporter = new Exporter(
                        connection,
                        ExportedBundle.plan(connection, arguments[3]),
                        ExportedBundle.CLOCK,
                        ProgressListener.NONE);
                SubjectKey subject = new SubjectKey(List.of("1"));
                System.out.println(exporter.exportTo(Path.of(arguments[2]), subject, BundleFormat.ZIP)
                        .rows());
            } catch (RuntimeException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
