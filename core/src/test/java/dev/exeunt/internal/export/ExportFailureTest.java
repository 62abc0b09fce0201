package dev.exeunt.internal.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.ExeuntException;
import dev.exeunt.database.DatabaseException;
import dev.exeunt.internal.export.block.ExportThreads;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.map.ExportSettings.BundleFormat;
import dev.exeunt.testkit.SeededRandom;
import dev.exeunt.testkit.TestDatabase;
import dev.exeunt.testkit.TestSkip;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that an export that ends too early, at any moment, leaves no thread, no file and no transaction. */
class ExportFailureTest {

    /** Some 8 MB of JSON that hardly become less, so that all threads have work and the data files wait on disk. */
    private static final String SCHEMA = """
            CREATE TABLE users (id int PRIMARY KEY);
            CREATE TABLE notes (id int PRIMARY KEY, user_id int NOT NULL REFERENCES users, body text);
            CREATE INDEX ON notes (user_id);
            INSERT INTO users VALUES (1);
            INSERT INTO notes SELECT n, 1, (SELECT string_agg(md5(n || ':' || k), '') FROM generate_series(1, 10) k)
            FROM generate_series(1, 20000) n;
            """;

    private static final String MAP = """
            version: 1
            subject: { table: users, key: id }
            tables:
              users: { erase: delete }
              notes: { subject: user_id, erase: delete }
            """;

    private static final SubjectKey ONE = new SubjectKey(List.of("1"));
    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

    private static TestDatabase database;
    private static int wholeBytes;

    @TempDir
    private Path directory;

    private Connection connection;

    @BeforeAll
    static void create() throws SQLException {
        database = TestDatabase.createFrom(SCHEMA);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try (Connection connection = database.connection()) {
            ExportedBundle.exporter(connection, MAP).export(ONE, BundleFormat.ZIP, whole);
        }
        wholeBytes = whole.size();
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    @BeforeEach
    void connect() {
        connection = database.connection();
    }

    @AfterEach
    void nothingIsLeft() throws IOException, SQLException, InterruptedException {
        connection.close();
        ExportThreads.assertEnded();
        try (Stream<Path> files = Files.list(TEMPORARY)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".spool"));
        }
        assertThat(database.scalar("""
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND state LIKE 'idle in transaction%'""")).isEqualTo("0");
    }

    private interface Event {
        void happen() throws IOException;
    }

    /** Something happens once so many bytes were written. */
    private static OutputStream after(int bytes, Event event) {
        return new OutputStream() {
            private long written;
            private boolean happened;

            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] buffer, int offset, int length) throws IOException {
                written += length;
                if (written > bytes && !happened) {
                    happened = true;
                    event.happen();
                }
            }
        };
    }

    /** Moments from the first byte to the last. */
    private static List<Integer> moments(int seed) {
        SeededRandom dice = new SeededRandom(seed);
        return Stream.generate(() -> dice.below(wholeBytes - (1 << 16)))
                .limit(6)
                .toList();
    }

    private void export(OutputStream out) {
        ExportedBundle.exporter(connection, MAP).export(ONE, BundleFormat.ZIP, out);
    }

    @Test
    void aStreamThatFailsEndsTheExport() throws SQLException {
        for (int moment : moments(1)) {
            assertThatThrownBy(() -> export(after(moment, () -> {
                        throw new IOException("the reader is gone");
                    })))
                    .isInstanceOf(ExeuntException.class)
                    .hasMessageContaining("Could not write the export")
                    .hasMessageNotContaining("gone");
            connection.close();
            connection = database.connection();
        }
    }

    @Test
    void anInterruptEndsTheExport() {
        for (int moment : moments(2)) {
            assertThatThrownBy(() ->
                            export(after(moment, () -> Thread.currentThread().interrupt())))
                    .isInstanceOf(ExeuntException.class)
                    .hasMessageContaining("interrupted");
            assertThat(Thread.interrupted()).isTrue();
            connection = database.connection();
        }
    }

    @Test
    void aLostConnectionEndsTheExport() throws SQLException {
        for (int moment : List.of(0, wholeBytes / 4)) {
            String process = database.scalar("SELECT pid FROM pg_stat_activity WHERE pid = "
                    + connection.unwrap(org.postgresql.PGConnection.class).getBackendPID());
            assertThatThrownBy(() -> export(after(
                            moment, () -> database.execute("SELECT pg_terminate_backend(" + process + ", 5000)"))))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("exporting notes");
            connection = database.connection();
        }
    }

    /** Of disks of several sizes: the temporary file, or the file itself, is the first that does not fit. */
    @Test
    void aFullDiskEndsTheExportAndHoldsNothingAfterwards() throws Exception {
        TestSkip.unless(
                run("mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "tmpfs", directory.toString()) == 0,
                "mount needs root");
        String before = System.setProperty("java.io.tmpdir", directory.toString());
        try {
            for (int megabytes : List.of(1, 3, 5, 8)) {
                run("mount", "-o", "remount,size=" + megabytes + "m", directory.toString());
                assertThatThrownBy(() -> ExportedBundle.exporter(connection, MAP)
                                .exportTo(directory.resolve("x.zip"), ONE, BundleFormat.ZIP))
                        .isInstanceOf(ExeuntException.class)
                        .hasMessageStartingWith("No space left")
                        .hasMessageContaining("Nothing was kept.");
                assertThat(directory).as("with %s MB", megabytes).isEmptyDirectory();
                assertThat(Files.getFileStore(directory).getUsableSpace()).isEqualTo((long) megabytes << 20);
                connection.close();
                connection = database.connection();
            }
            run("mount", "-o", "remount,size=1m", directory.toString());
            assertThatThrownBy(() -> export(OutputStream.nullOutputStream()))
                    .isInstanceOf(ExeuntException.class)
                    .hasMessageStartingWith("No space left in " + directory)
                    .hasMessageContaining("java.io.tmpdir");
            assertThat(directory).isEmptyDirectory();
        } finally {
            System.setProperty("java.io.tmpdir", before);
            run("umount", directory.toString());
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** Ctrl-C and a kill, at random moments. Only Ctrl-C lets a program tidy up; of a kill the part stays, which only its owner may read. */
    @Test
    void aProgramThatIsEndedLeavesNoFileThatIsNotWhole() throws Exception {
        SeededRandom dice = new SeededRandom(5);
        for (boolean kill : List.of(true, false)) {
            long moment = dice.below(wholeBytes * 9 / 10);
            Process process = LargeExportTest.start("-Xmx64m", database, MAP, directory);
            while (process.isAlive() && size(directory) < moment) {
                Thread.onSpinWait();
            }
            if (kill) {
                process.destroyForcibly();
            } else {
                process.destroy();
            }
            process.waitFor();
            assertThat(process.exitValue()).as("it was not faster").isNotZero();
            try (Stream<Path> files = Files.list(directory)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .hasSize(kill ? 1 : 0)
                        .allMatch(name -> name.matches("\\.exeunt-.*\\.part"));
            }
            try (Stream<Path> files = Files.list(directory)) {
                for (Path part : files.toList()) {
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(part)))
                            .isEqualTo("rw-------");
                    Files.delete(part);
                }
            }
        }
    }

    private static long size(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    @Test
    void aTemporaryFileThatCannotBeWrittenIsToldWithItsDirectory() {
        String before = System.setProperty("java.io.tmpdir", "/nonexistent/exeunt");
        try {
            assertThatThrownBy(() -> export(OutputStream.nullOutputStream()))
                    .isInstanceOf(ExeuntException.class)
                    .hasMessageContaining("/nonexistent/exeunt")
                    .hasMessageContaining("java.io.tmpdir");
        } finally {
            System.setProperty("java.io.tmpdir", before);
        }
    }
}
