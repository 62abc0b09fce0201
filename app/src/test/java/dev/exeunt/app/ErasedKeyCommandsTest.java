package dev.exeunt.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.app.command.ExitCode;
import dev.exeunt.app.command.MapCommand;
import dev.exeunt.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what the commands say of keys that were erased before, and of people without an account. */
class ErasedKeyCommandsTest {

    private static final String TABLES = """
            CREATE TABLE people (id bigint PRIMARY KEY, email text, closed_on date);
            CREATE UNIQUE INDEX ON people (lower(email));
            INSERT INTO people VALUES (1, 'anna@x.org'), (2, 'ben@x.org');
            CREATE TABLE notes (id int PRIMARY KEY, author bigint, body text);
            INSERT INTO notes VALUES (1, 1, 'a'), (2, 2, 'b');
            CREATE TABLE letters (id int PRIMARY KEY, sender text);
            INSERT INTO letters VALUES (1, 'guest@x.org'), (2, 'ben@x.org');
            CREATE INDEX ON notes (author);
            CREATE INDEX ON letters (lower(sender));
            """;
    private static final String MAP = """
            version: 1
            subject: { table: people, key: id, identifiers: [email] }
            tables:
              people: { erase: delete }
              notes: { subject: author, erase: { keep: books, retain: [body] } }
              letters: { matches: email, on: sender, erase: delete }
            """;

    @TempDir
    private Path directory;

    private TestDatabase database;
    private ProgramRunner program;

    @BeforeEach
    void open() throws IOException {
        database = TestDatabase.createFrom(TABLES);
        Path map = Files.writeString(directory.resolve("exeunt.yaml"), MAP);
        program = ProgramRunner.on(database)
                .with("EXEUNT_MAP", map.toString())
                .with(MapCommand.KEY_VARIABLE, "ab".repeat(32));
        assertThat(program.run("migrate").code()).isZero();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private ProgramRunner.ProgramResult erase(String... whom) {
        String[] args = new String[whom.length + 3];
        args[0] = "erase";
        System.arraycopy(whom, 0, args, 1, whom.length);
        args[whom.length + 1] = "--receipt";
        args[whom.length + 2] = directory.toString();
        return program.run(args);
    }

    @Test
    void aKeyInUseAgainIsToldAndErasedOnlyWhereItIsConfirmed() {
        assertThat(erase("1", "--yes").code()).isZero();
        database.execute("INSERT INTO people VALUES (1, 'new@x.org')");
        assertThat(program.run("plan", "1").out()).contains("a new person has the key since");
        ProgramRunner.ProgramResult refused = erase("1", "--yes");
        assertThat(refused.code()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(refused.err()).contains("leave out --yes");
        assertThat(database.column("SELECT email FROM people WHERE id = 1")).containsExactly("new@x.org");
        program.typing("1\n");
        assertThat(erase("1").code()).isZero();
        assertThat(database.column("SELECT id FROM people")).containsExactly("2");
    }

    @Test
    void aKeyWhoseRowIsGoneIsSaidAloud() {
        database.execute("DELETE FROM people WHERE id = 1");
        ProgramRunner.ProgramResult run = erase("1", "--yes");
        assertThat(run.code()).as(run.all()).isZero();
        assertThat(run.out()).contains("No row has this key any more.");
    }

    @Test
    void aGuestIsConfirmedByTheValueAndVerified() {
        String value = "email=Guest@x.org";
        assertThat(program.run("plan", "--value", value).out()).contains("Erasing a person without an account");
        assertThat(program.run("verify", "--value", value).code()).isEqualTo(ExitCode.LEFT.code());
        program.typing("Guest@x.org\n");
        ProgramRunner.ProgramResult erased = erase("--value", value);
        assertThat(erased.code()).as(erased.all()).isZero();
        assertThat(erased.all())
                .contains("Type the value once more", "Erased a person without an account", "exeunt verify --value");
        assertThat(database.column("SELECT id FROM letters")).containsExactly("2");
        assertThat(program.run("verify", "--value", value).code()).isZero();
    }

    @Test
    void whatCannotBeJudgedHasAnExitCodeOfItsOwn() {
        assertThat(erase("1", "--yes").code()).isZero();
        assertThat(program.run("verify", "1").code()).isZero();
        database.execute("INSERT INTO notes VALUES (3, 1, 'cached')");
        ProgramRunner.ProgramResult run = program.run("verify", "1");
        assertThat(run.code()).as(run.all()).isEqualTo(ExitCode.NOT_JUDGED.code());
        assertThat(run.out()).contains("Not judged:", "written since the erasure");
        assertThat(program.run("verify", "1", "--format", "json")
                        .json()
                        .get("verdict")
                        .asString())
                .isEqualTo("not-judged");
    }
}
