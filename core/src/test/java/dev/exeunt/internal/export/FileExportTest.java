package dev.exeunt.internal.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.ExeuntException;
import dev.exeunt.export.ExportSummary;
import dev.exeunt.internal.files.DirectoryFileStore;
import dev.exeunt.internal.files.FileStores;
import dev.exeunt.internal.files.FileStores.FileLimits;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.map.ExportSettings.BundleFormat;
import dev.exeunt.testkit.TestDatabase;
import dev.exeunt.testkit.TestPicture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class FileExportTest {

    private static final String SCHEMA = """
            CREATE TABLE users (id bigint PRIMARY KEY, avatar text);
            CREATE TABLE notes (
                id bigint PRIMARY KEY, author_id bigint REFERENCES users, about_id bigint REFERENCES users,
                attachment varchar(200), scan text[]);
            CREATE INDEX ON notes (author_id);
            CREATE INDEX ON notes (about_id);
            INSERT INTO users VALUES (1, '/uploads/1/me.PNG'), (2, '/uploads/2/me.png'), (3, '/uploads/../2/me.png');
            INSERT INTO notes VALUES
                (1, 1, 2, 'n/1.txt', '{s/1}'), (2, 1, NULL, 'n/1.txt', NULL), (3, 1, NULL, 'n/gone.txt', '{"",s/1,NULL}'),
                (4, 1, NULL, '/etc/passwd', NULL), (5, 2, 1, 'n/5.txt', '{s/5}'), (6, 1, NULL, 'n/6.tar.gz', NULL);
            """;

    private static final String MAP = """
            version: 1
            subject: { table: users, key: id }
            tables:
              users:
                section: profile
                files: { avatar: { store: uploads, strip: /uploads/ } }
                erase: delete
              notes:
                files: { attachment: uploads, scan: scans }
                links:
                  author: { subject: author_id, erase: delete }
                  about: { subject: about_id, erase: { detach: true, retain: [attachment, scan] }, export: { except: [attachment] } }
            """;

    private static TestDatabase database;

    @TempDir
    private Path directory;

    private FileStores stores;

    @BeforeAll
    static void create() {
        database = TestDatabase.createFrom(SCHEMA);
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    @BeforeEach
    void fill() throws IOException {
        for (String each :
                List.of("up/1/me.PNG", "up/2/me.png", "up/n/1.txt", "up/n/5.txt", "up/n/6.tar.gz", "sc/s/1")) {
            Path file = directory.resolve(each);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "content of " + each);
        }
        Files.createDirectories(directory.resolve("sc/s"));
        Files.createSymbolicLink(directory.resolve("sc/s/5"), directory.resolve("up/2/me.png"));
        stores = stores(FileLimits.USUAL);
    }

    private FileStores stores(FileLimits limits) {
        return new FileStores(
                Map.of(
                        "uploads",
                        new DirectoryFileStore(directory.resolve("up")),
                        "scans",
                        new DirectoryFileStore(directory.resolve("sc"))),
                limits);
    }

    @Test
    void theFilesThatRowsNameLieInTheBundleUnderNamesOfItsOwn() {
        ExportedBundle bundle = bundle("1", stores);
        assertThat(bundle.entries().keySet())
                .filteredOn(name -> name.startsWith("files/"))
                .containsExactly(
                        "files/profile/0001.png", "files/notes/0001.txt", "files/notes/0002.gz", "files/notes/0003");
        assertThat(bundle.text("files/profile/0001.png")).isEqualTo("content of up/1/me.PNG");
        assertThat(bundle.text("files/notes/0003")).isEqualTo("content of sc/s/1");
        assertThat(bundle.text("profile.json")).contains("\"avatar\":\"/uploads/1/me.PNG\"");
        assertThat(bundle.summary().files()).isEqualTo(4);
    }

    @Test
    void theManifestLeadsFromAValueToItsFileAndListsWhatIsLeftOut() {
        ExportedBundle bundle = bundle("1", stores);
        JsonNode manifest = bundle.json("manifest.json");
        assertThat(StreamSupport.stream(manifest.get("files").spliterator(), false)
                        .map(JsonNode::toString))
                .containsExactly(
                        "{\"section\":\"profile\",\"column\":\"avatar\",\"value\":\"/uploads/1/me.PNG\",\"file\":\"files/profile/0001.png\"}",
                        "{\"section\":\"notes\",\"column\":\"attachment\",\"value\":\"/etc/passwd\",\"leftOut\":\"refused\"}",
                        "{\"section\":\"notes\",\"column\":\"attachment\",\"value\":\"n/1.txt\",\"file\":\"files/notes/0001.txt\"}",
                        "{\"section\":\"notes\",\"column\":\"attachment\",\"value\":\"n/6.tar.gz\",\"file\":\"files/notes/0002.gz\"}",
                        "{\"section\":\"notes\",\"column\":\"attachment\",\"value\":\"n/gone.txt\",\"leftOut\":\"missing\"}",
                        "{\"section\":\"notes\",\"column\":\"scan\",\"value\":\"\",\"leftOut\":\"refused\"}",
                        "{\"section\":\"notes\",\"column\":\"scan\",\"value\":\"s/1\",\"file\":\"files/notes/0003\"}",
                        "{\"section\":\"notes\",\"column\":\"scan\",\"value\":\"s/5\",\"leftOut\":\"refused\"}");
        assertThat(manifest.get("filesLeftOut")).hasToString("{\"missing\":1,\"refused\":3}");
        assertThat(manifest.get("entries").toString())
                .contains("{\"name\":\"files/notes/0003\",\"bytes\":17,\"sha256\":");
        assertThat(bundle.text("README.txt"))
                .contains("- files/notes (3 files)\n")
                .contains("- notes: 1 file named by attachment: not found\n")
                .contains("- notes: 2 files named by scan: not read, since the name leads to no plain file");
        assertThat(bundle.summary().filesLeftOut()).isEqualTo(4);
    }

    @Test
    void thePageIsToldWhichValueLeadsToWhichFile() throws IOException {
        Files.write(directory.resolve("up/n/1.txt"), TestPicture.png(3, 2)); // the content tells the type, not the name
        ExportedBundle bundle = bundle("1", stores);
        assertThat(bundle.text("data/files/profile-0001.js"))
                .isEqualTo("exeuntFiles(\"profile\",1,[{\"column\":\"avatar\",\"value\":\"/uploads/1/me.PNG\","
                        + "\"path\":\"files/profile/0001.png\",\"bytes\":22,\"type\":null}]);\n");
        assertThat(bundle.text("data/files/notes-0001.js"))
                .startsWith("exeuntFiles(\"notes\",1,[{\"column\":\"attachment\",\"value\":\"/etc/passwd\","
                        + "\"leftOut\":\"refused\"},{\"column\":\"attachment\",\"value\":\"n/1.txt\",\"path\":"
                        + "\"files/notes/0001.txt\",\"bytes\":")
                .contains(",\"type\":\"image/png\"},");
        assertThat(bundle.text("data/bundle.js"))
                .contains("\"fileLists\":1")
                .contains(
                        "\"name\":\"scan\",\"type\":\"text[]\",\"kind\":\"json\",\"namesFiles\":true,\"filesUnlisted\":false}")
                .contains("\"name\":\"about_id\",\"type\":\"bigint\",\"kind\":\"number\"}");
    }

    /** The column is shown in rows that are the author's alone, so a file that another wrote about them is not taken along. */
    @Test
    void aFileOfAColumnThatTheRowDoesNotShowIsNotTakenAlong() {
        ExportedBundle bundle = bundle("1", stores);
        assertThat(bundle.text("manifest.json")).doesNotContain("n/5.txt");
        assertThat(bundle.entries().values()).noneMatch(bytes -> text(bytes).equals("content of up/n/5.txt"));
    }

    @Test
    void noValueLeadsToTheFileOfAnotherPerson() {
        ExportedBundle bundle = bundle("3", stores);
        assertThat(bundle.entries().keySet()).noneMatch(name -> name.startsWith("files/"));
        assertThat(bundle.json("manifest.json").get("filesLeftOut")).hasToString("{\"refused\":1}");
    }

    @Test
    void filesOverALimitAreLeftOutAndCounted() {
        assertThat(leftOut(new FileLimits(2, 1000, 1000))).isEqualTo("{\"refused\":2,\"over-limit\":4}");
        assertThat(leftOut(new FileLimits(0, 1000, 1000))).isEqualTo("{\"refused\":2,\"over-limit\":6}");
        assertThat(leftOut(new FileLimits(9, 21, 1000))).isEqualTo("{\"missing\":1,\"refused\":3,\"too-large\":2}");
        assertThat(leftOut(new FileLimits(9, 1000, 45))).isEqualTo("{\"missing\":1,\"refused\":3,\"over-limit\":2}");
    }

    private String leftOut(FileLimits limits) {
        return bundle("1", stores(limits))
                .json("manifest.json")
                .get("filesLeftOut")
                .toString();
    }

    @Test
    void aStoreThatFailsFailsTheExportAndIsNamedWithoutAFile() {
        FileStores broken = new FileStores(
                Map.of(
                        "uploads",
                        new DirectoryFileStore(directory.resolve("up")),
                        "scans",
                        new DirectoryFileStore(directory.resolve("up/n/1.txt"))),
                FileLimits.USUAL);
        assertThatThrownBy(() -> bundle("1", broken))
                .isInstanceOf(ExeuntException.class)
                .hasNoCause()
                .hasMessage(
                        "The store scans cannot be read (NotDirectoryException), so the export would lack files. Nothing was"
                                + " handed out. Look at the store, and export again.");
    }

    @Test
    void aStoreThatIsNotConfiguredIsToldBeforeAnythingIsWritten() {
        FileStores none = new FileStores(Map.of("uploads", stores.get("uploads")), FileLimits.USUAL);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThatThrownBy(() -> export("1", none, BundleFormat.ZIP, bytes))
                .isInstanceOf(ExeuntException.class)
                .hasMessageContaining(
                        "The map keeps files in scans, and no setting says where that is. Set EXEUNT_STORES_SCANS");
        assertThat(bytes.size()).isZero();
    }

    @Test
    void aJsonDocumentKeepsTheValuesAndNeedsNoStore() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ExportSummary summary = export("1", FileStores.NONE, BundleFormat.JSON, bytes);
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("\"attachment\":\"n/gone.txt\"");
        assertThat(summary.files() + summary.filesLeftOut()).isZero();
    }

    private static ExportedBundle bundle(String key, FileStores stores) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ExportSummary summary = export(key, stores, BundleFormat.ZIP, bytes);
        return new ExportedBundle(summary, ExportedBundle.unzip(bytes.toByteArray()));
    }

    private static ExportSummary export(
            String key, FileStores stores, BundleFormat format, ByteArrayOutputStream bytes) {
        try (Connection connection = database.connection()) {
            return ExportedBundle.exporter(connection, MAP)
                    .withFiles(stores)
                    .export(new SubjectKey(List.of(key)), format, bytes);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
