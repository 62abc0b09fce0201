package dev.exeunt.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.app.command.ExitCode;
import dev.exeunt.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests exeunt init --update after a migration of the application. */
class InitUpdateTest {

    private TestDatabase database;
    private ProgramRunner program;
    private Path map;
    private String before;

    @TempDir
    private Path directory;

    @BeforeEach
    void open() throws IOException {
        database = CatchLogSample.database();
        before = Files.readString(CatchLogSample.MAP);
        map = Files.writeString(directory.resolve("exeunt.yaml"), before);
        program = ProgramRunner.on(database).with("EXEUNT_MAP", map.toString());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void afterAMigrationTheMapGrowsAndCheckHasNothingLeftToAsk() throws IOException {
        assertThat(program.run("check").code()).isZero();
        database.execute("CREATE TABLE lure_likes (user_id uuid NOT NULL REFERENCES profiles, lure text)");
        database.execute("CREATE INDEX ON lure_likes (user_id)");
        database.execute("ALTER TABLE profiles ADD nickname text");
        assertThat(program.run("check").code()).isEqualTo(ExitCode.LEFT.code());

        ProgramRunner.ProgramResult run = program.run("init", "--update");

        assertThat(run.code()).as(run.all()).isZero();
        assertThat(run.out())
                .contains("Added 2 things")
                .contains("table lure_likes")
                .contains("profiles.nickname");
        assertThat(Files.readString(map)).contains("  lure_likes:").contains("nickname");
        ProgramRunner.ProgramResult check = program.run("check");
        assertThat(check.code()).as(check.all()).isZero();
        ProgramRunner.ProgramResult again = program.run("init", "--update");
        assertThat(again.code()).isZero();
        assertThat(again.out()).contains("Nothing to add");
    }

    @Test
    void aMapThatNeedsNothingIsNotWritten() throws IOException {
        var written = Files.getLastModifiedTime(map);
        ProgramRunner.ProgramResult run = program.run("init", "--update", "--format", "json");

        assertThat(run.code()).as(run.all()).isZero();
        assertThat(run.json().get("written").asBoolean()).isFalse();
        assertThat(run.json().get("added")).isEmpty();
        assertThat(map).hasContent(before);
        assertThat(Files.getLastModifiedTime(map)).isEqualTo(written);
    }

    @Test
    void aDryRunShowsADiffAndWritesNothing() {
        database.execute("CREATE TABLE lure_likes (user_id uuid NOT NULL REFERENCES profiles, lure text)");
        ProgramRunner.ProgramResult run = program.run("init", "--update", "--dry-run");

        assertThat(run.code()).as(run.all()).isZero();
        assertThat(run.out())
                .startsWith("--- " + map)
                .contains("\n+  lure_likes:\n")
                .doesNotContain("Would");
        assertThat(run.err()).contains("Would add 1 thing");
        assertThat(map).hasContent(before);
        assertThat(directory).isDirectoryContaining(f -> f.equals(map));
    }

    @Test
    void theFileKeepsItsPermissionsAndALinkToItStaysALink() throws IOException {
        Files.setPosixFilePermissions(map, PosixFilePermissions.fromString("rw-rw-r--"));
        Path link = Files.createSymbolicLink(directory.resolve("link.yaml"), map);
        database.execute("CREATE TABLE lure_likes (user_id uuid NOT NULL REFERENCES profiles, lure text)");
        ProgramRunner.ProgramResult run = program.run("init", "--update", "--map", link.toString());

        assertThat(run.code()).as(run.all()).isZero();
        assertThat(link).isSymbolicLink();
        assertThat(Files.readString(map)).contains("lure_likes");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(map)))
                .isEqualTo("rw-rw-r--");
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("exeunt.yaml", "link.yaml");
    }

    @Test
    void whatCannotBeAddedIsSaidWithWhatToPasteAndWhatIsGoneIsLeft() throws IOException {
        String written = """
                version: 1
                subject: { table: profiles, key: id }
                tables:
                  # mine
                  notes: { subject: user_id, erase: delete }
                  lures: { subject: user_id, erase: delete }
                  profiles: { erase: delete }
                """;
        try (TestDatabase other = TestDatabase.createFrom("""
                CREATE TABLE profiles (id uuid PRIMARY KEY);
                CREATE TABLE notes (user_id uuid REFERENCES profiles, read_by uuid REFERENCES profiles);
                """)) {
            Files.writeString(map, written);
            ProgramRunner on = ProgramRunner.on(other).with("EXEUNT_MAP", map.toString());
            ProgramRunner.ProgramResult run = on.run("init", "--update");
            ProgramRunner.ProgramResult json = on.run("init", "--update", "--format", "json");

            assertThat(run.code()).isEqualTo(ExitCode.LEFT.code());
            assertThat(run.out())
                    .contains(map + ":5:3: left to you: notes")
                    .contains("link: { subject: user_id }")
                    .contains(map + ":6:3: gone: there is no table lures");
            assertThat(json.code()).isEqualTo(ExitCode.LEFT.code());
            assertThat(json.json().get("left").get(0).get("paste").asString()).contains("read-by");
            assertThat(map).hasContent(written);
        }
    }

    @Test
    void aMapThatIsNotWellFormedIsAnsweredWithItsFindingsAndLeft() throws IOException {
        Files.writeString(map, before.replace("erase: delete ", "eraze: delete "));
        ProgramRunner.ProgramResult run = program.run("init", "--update");

        assertThat(run.code()).isEqualTo(ExitCode.COULD_NOT.code());
        assertThat(run.err()).contains("unknown-word").contains("eraze").contains("fix:");
        assertThat(Files.readString(map)).contains("eraze");
    }

    @Test
    void aMapThatIsNotThereOrNoTextIsNamed() throws IOException {
        ProgramRunner.ProgramResult nowhere = program.run("init", "--update", "--map", "nowhere.yaml");
        Files.write(map, new byte[] {'v', (byte) 0xFF});
        ProgramRunner.ProgramResult noText = program.run("init", "--update");

        assertThat(nowhere.code()).isEqualTo(ExitCode.COULD_NOT.code());
        assertThat(nowhere.err()).contains("nowhere.yaml does not exist. Draft one with");
        assertThat(noText.code()).isEqualTo(ExitCode.COULD_NOT.code());
        assertThat(noText.err()).contains("not UTF-8").contains("0xFF");
    }

    @Test
    void aMapForAnotherDatabaseIsRefused() {
        try (TestDatabase other = TestDatabase.createFrom("create table orders (id int primary key)")) {
            ProgramRunner.ProgramResult run =
                    ProgramRunner.on(other).with("EXEUNT_MAP", map.toString()).run("init", "--update");

            assertThat(run.code()).isEqualTo(ExitCode.COULD_NOT.code());
            assertThat(run.err()).contains("the map is for another database");
            assertThat(map).hasContent(before);
        }
    }

    @Test
    void optionsThatContradictEachOtherAreRefused() {
        assertUsage("--subject", "init", "--update", "--subject", "profiles");
        assertUsage("--map", "init", "--update", "-o", "other.yaml");
        assertUsage("--update", "init", "--subject", "profiles", "--dry-run");
        assertUsage("--subject", "init");
        assertUsage("--interactive", "init", "--update", "--interactive");
    }

    private void assertUsage(String says, String... args) {
        ProgramRunner.ProgramResult run = program.run(args);
        assertThat(run.code()).as(run.all()).isEqualTo(ExitCode.COULD_NOT.code());
        assertThat(run.err()).contains(says).doesNotContain("\tat ");
        assertThat(run.out()).isEmpty();
    }
}
