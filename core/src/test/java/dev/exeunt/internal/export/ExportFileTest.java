package dev.exeunt.internal.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.ExeuntException;
import dev.exeunt.ProgressListener;
import dev.exeunt.database.DatabaseException;
import dev.exeunt.export.ExportSummary;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.map.ExportSettings.BundleFormat;
import dev.exeunt.support.files.AtomicFileWriter;
import dev.exeunt.testkit.TestDatabase;
import dev.exeunt.testkit.TestSkip;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportFileTest {

    private static final String SCHEMA = """
            CREATE TABLE users (id text PRIMARY KEY);
            CREATE TABLE notes (id int PRIMARY KEY, user_id text NOT NULL REFERENCES users, body text);
            CREATE INDEX ON notes (user_id);
            INSERT INTO users VALUES ('../Ärger/a@b'), ('1');
            INSERT INTO notes SELECT n, '1', 'secret ' || n FROM generate_series(1, 20000) n;
            """;

    private static final String MAP = """
            version: 1
            subject: { table: users, key: id }
            tables:
              users: { erase: delete }
              notes: { subject: user_id, erase: delete }
            """;

    /** A type that becomes JSON by a function, which refuses one value. */
    private static final String FAILS_AT_ROW_19999 = """
            CREATE TYPE body AS ENUM ('good', 'bad');
            CREATE FUNCTION body_json(body) RETURNS json LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN
            IF $1 = 'bad' THEN RAISE 'secret'; END IF; RETURN '1'; END $$;
            CREATE CAST (body AS json) WITH FUNCTION body_json(body);
            ALTER TABLE notes ALTER body TYPE body USING (CASE id WHEN 19999 THEN 'bad' ELSE 'good' END)::body;
            """;

    private static final SubjectKey ONE = new SubjectKey(List.of("1"));

    @TempDir
    private Path directory;

    private TestDatabase database;
    private Connection connection;

    @BeforeEach
    void connect() {
        database = TestDatabase.createFrom(SCHEMA);
        connection = database.connection();
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        database.close();
    }

    @Test
    void aDirectoryGetsTheFileUnderTheMapsName() throws IOException {
        ExportSummary summary = exporter(ProgressListener.NONE).exportTo(directory, ONE, BundleFormat.ZIP);
        assertThat(files()).containsExactly("data-export-1-20260503-101112.zip");
        assertThat(summary.file()).isEqualTo(directory.resolve("data-export-1-20260503-101112.zip"));
        assertThat(summary.bytes()).isEqualTo(Files.size(summary.file()));
        assertThat(ExportedBundle.unzip(Files.readAllBytes(summary.file()))).containsKey("manifest.json");
        assertThat(summary.toString()).doesNotContain("data-export");
    }

    @Test
    void aKeyNeverLeavesItsPlaceInTheName() throws IOException {
        ExportSummary summary = exporter(ProgressListener.NONE)
                .exportTo(directory, new SubjectKey(List.of("../Ärger/a@b")), BundleFormat.JSON);
        assertThat(summary.file().getParent()).isEqualTo(directory);
        assertThat(files()).containsExactly("data-export-..__rger_a_b-67f37bab36a564fe-20260503-101112.json");
    }

    @Test
    void onlyTheOwnerMayReadIt() throws IOException {
        TestSkip.unless(
                directory.getFileSystem().supportedFileAttributeViews().contains("posix"), "no POSIX permissions here");
        Path file = directory.resolve("x.zip");
        ProgressListener look = (what, done, of) -> {
            try {
                Path part = directory.resolve(files().get(0));
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(part)))
                        .isEqualTo("rw-------");
                assertThat(file).doesNotExist();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        };
        exporter(look).exportTo(file, ONE, BundleFormat.ZIP);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aFileThatIsThereStaysAsItIs() throws IOException {
        Path file = Files.writeString(directory.resolve("x.zip"), "precious");
        assertThatThrownBy(() -> exporter(ProgressListener.NONE).exportTo(file, ONE, BundleFormat.ZIP))
                .isInstanceOf(ExeuntException.class)
                .hasMessageContaining(file + " already");
        assertThat(Files.readString(file)).isEqualTo("precious");
        assertThat(files()).containsExactly("x.zip");
    }

    @Test
    void aFileThatComesMeanwhileStaysAsItIs() throws IOException {
        Path file = directory.resolve("x.zip");
        try (AtomicFileWriter safe = AtomicFileWriter.create(file)) {
            safe.stream().write(1);
            Files.writeString(file, "precious");
            assertThatThrownBy(safe::keep).isInstanceOf(FileAlreadyExistsException.class);
        }
        assertThat(Files.readString(file)).isEqualTo("precious");
        assertThat(files()).containsExactly("x.zip");
    }

    @Test
    void anErrorOfTheDatabaseLeavesNothingAndTellsNoValue() throws IOException {
        Exporter exporter = exporter(ProgressListener.NONE);
        database.execute("ALTER TABLE notes RENAME COLUMN body TO text");
        assertThatThrownBy(() -> exporter.exportTo(directory.resolve("x.zip"), ONE, BundleFormat.ZIP))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("exporting notes")
                .hasNoCause();
        assertThat(files()).isEmpty();
    }

    @Test
    void anErrorInTheMiddleOfASectionLeavesNothingAndAConnectionThatWorks() throws Exception {
        database.execute(FAILS_AT_ROW_19999);
        Exporter exporter = exporter(ProgressListener.NONE);
        assertThatThrownBy(() -> exporter.exportTo(directory.resolve("x.zip"), ONE, BundleFormat.ZIP))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("exporting notes")
                .hasMessageNotContaining("secret");
        assertThat(files()).isEmpty();
        assertThat(connection.createStatement().execute("SELECT 1")).isTrue();
    }

    @Test
    void anInterruptLeavesNothingAndIsNotForgotten() throws IOException {
        Exporter exporter = exporter((what, done, of) -> Thread.currentThread().interrupt());
        assertThatThrownBy(() -> exporter.exportTo(directory, ONE, BundleFormat.ZIP))
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(files()).isEmpty();
    }

    @Test
    void anInterruptStopsAStreamToo() {
        Exporter exporter = exporter((what, done, of) -> Thread.currentThread().interrupt());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThatThrownBy(() -> exporter.export(ONE, BundleFormat.ZIP, out)).hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aFailureOfWhoWatchesLeavesNothing() throws IOException {
        Exporter exporter = exporter((what, done, of) -> {
            throw new IllegalStateException("boom");
        });
        assertThatThrownBy(() -> exporter.exportTo(directory, ONE, BundleFormat.ZIP))
                .hasMessage("boom");
        assertThat(files()).isEmpty();
    }

    @Test
    void aFullDiskIsSaid() throws Exception {
        Path full = Path.of("/dev/full");
        TestSkip.unless(Files.isWritable(full), "no " + full + " here");
        try (FileOutputStream out = new FileOutputStream(full.toFile())) {
            assertThatThrownBy(() -> exporter(ProgressListener.NONE).export(ONE, BundleFormat.ZIP, out))
                    .isInstanceOf(ExeuntException.class)
                    .hasMessageContaining("No space left while writing the export. Nothing was kept.");
        }
        assertThat(connection.createStatement().execute("SELECT 1")).isTrue();
    }

    @Test
    void aDirectoryThatIsNotThereIsSaid() {
        assertThatThrownBy(() ->
                        exporter(ProgressListener.NONE).exportTo(directory.resolve("no/x.zip"), ONE, BundleFormat.ZIP))
                .isInstanceOf(ExeuntException.class)
                .hasMessageContaining("its directory does not exist");
    }

    /** What Ctrl-C does: the hooks run while the export is still at work. */
    @Test
    void aProgramThatIsStoppedLeavesNothing() throws Exception {
        Path file = directory.resolve("x.zip");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndlessExportProgram.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(process.getInputStream().read()).isEqualTo('.');
        assertThat(files()).hasSize(1);
        process.destroy();
        process.waitFor();
        assertThat(files()).isEmpty();
    }

    /** Begins an export file and never ends. */
    static final class EndlessExportProgram {
        public static void main(String[] arguments) throws Exception {
            try (AtomicFileWriter file = AtomicFileWriter.create(Path.of(arguments[0]))) {
                file.stream().write(new byte[1000]);
                System.out.write('.');
                System.out.flush();
                new CountDownLatch(1).await();
                file.keep();
            }
        }
    }

    private Exporter exporter(ProgressListener progress) {
        return new Exporter(connection, ExportedBundle.plan(connection, MAP), ExportedBundle.CLOCK, progress);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }
}
