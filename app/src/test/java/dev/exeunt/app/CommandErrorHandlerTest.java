package dev.exeunt.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.app.command.ExitCode;
import dev.exeunt.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the sentences and exit codes of failing commands. */
class CommandErrorHandlerTest {

    private TestDatabase database;
    private ProgramRunner program;

    @TempDir
    private Path directory;

    @BeforeEach
    void open() {
        database = CatchLogSample.database();
        program = ProgramRunner.on(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aMissingDatabaseIsAnsweredWithTheOptionTheVariableAndAnExample() {
        ProgramRunner.ProgramResult run = program.with("EXEUNT_DB", "").run("check");

        assertCouldNot(run);
        assertThat(run.err()).contains("--db").contains("EXEUNT_DB").contains("jdbc:postgresql://");
    }

    @Test
    void aServerThatIsNotThereIsNamed() {
        ProgramRunner.ProgramResult run = program.run("check", "--db", "jdbc:postgresql://localhost:1/shop");

        assertCouldNot(run);
        assertThat(run.err()).contains("localhost:1");
    }

    @Test
    void aWrongPasswordNamesTheRoleAndNotThePassword() {
        database.createRole("clerk");
        ProgramRunner.ProgramResult run = program.run("check", "--db-user", "clerk", "--db-password", "hunter2");

        assertCouldNot(run);
        assertThat(run.err()).contains("clerk").doesNotContain("hunter2");
    }

    @Test
    void aPasswordOnTheCommandLineIsTakenWithAWarningAndOneElsewhereWithout(@TempDir Path folder) throws IOException {
        database.createRole("clerk");
        database.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO clerk");
        Path file = Files.writeString(folder.resolve("password"), "clerk\n");
        String[] init = {"init", "--subject", "profiles", "-o", "-", "--db-user", "clerk"};
        ProgramRunner.ProgramResult typed = program.run(with(init, "--db-password", "clerk"));
        ProgramRunner.ProgramResult named = program.run(with(init, "--db-password-file", file.toString()));
        ProgramRunner.ProgramResult both =
                program.run(with(init, "--db-password", "clerk", "--db-password-file", file.toString()));
        ProgramRunner.ProgramResult missing = program.run(
                with(init, "--db-password-file", folder.resolve("none").toString()));
        ProgramRunner.ProgramResult empty = program.run(with(
                init,
                "--db-password-file",
                Files.createFile(folder.resolve("empty")).toString()));
        String warning = "every process of this machine can read a password";
        assertThat(typed.code()).as(typed.err()).isZero();
        assertThat(typed.err()).contains(warning).containsOnlyOnce("Warning");
        assertThat(named.code()).as(named.err()).isZero();
        assertThat(named.err()).doesNotContain(warning);
        assertCouldNot(both);
        assertCouldNot(missing);
        assertCouldNot(empty);
        program.with("EXEUNT_DB_PASSWORD", "").with("EXEUNT_DB_PASSWORD_FILE", file.toString());
        ProgramRunner.ProgramResult environment = program.run(init);
        assertThat(environment.code()).as(environment.err()).isZero();
        assertThat(environment.err()).doesNotContain(warning);
    }

    private static String[] with(String[] command, String... more) {
        return Stream.concat(Stream.of(command), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void aPasswordIsAskedForWhereTheOptionHasNoValue() {
        database.createRole("clerk");
        database.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO clerk");
        ProgramRunner.ProgramResult right = program.typing("clerk\n")
                .run("init", "--subject", "profiles", "-o", "-", "--db-user", "clerk", "--db-password");
        ProgramRunner.ProgramResult wrong = program.typing("other\n")
                .run("init", "--subject", "profiles", "-o", "-", "--db-user", "clerk", "--db-password");

        assertThat(right.code()).as(right.err()).isZero();
        assertThat(right.err()).contains("Password:");
        assertCouldNot(wrong);
        assertThat(wrong.err()).doesNotContain("other");
    }

    @Test
    void anUnknownKeyIsRefusedWithoutRepeatingIt() {
        ProgramRunner.ProgramResult byKey = program.run("plan", "00000000-dead-beef-0000-000000000000");
        ProgramRunner.ProgramResult byIdentifier = program.run("plan", "email:nobody@catchlog.example");

        assertCouldNot(byKey);
        assertThat(byKey.err()).contains("profiles").doesNotContain("dead-beef");
        assertCouldNot(byIdentifier);
        assertThat(byIdentifier.err()).contains("email").doesNotContain("nobody");
    }

    @Test
    void aKeyOfTheWrongTypeIsAnsweredWithTheType() {
        ProgramRunner.ProgramResult run = program.run("erase", "forty-two", "--yes", "--receipt", directory.toString());

        assertCouldNot(run);
        assertThat(run.err()).contains("uuid").doesNotContain("forty-two");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aMapThatIsNoYamlIsAFindingForCheckAndStopsTheOthers() throws IOException {
        String map = map("version: 1\nsubject: [\n");
        ProgramRunner.ProgramResult check = program.run("check", "--map", map);
        ProgramRunner.ProgramResult plan = program.run("plan", CatchLogSample.LEAVER, "--map", map);

        assertThat(check.code()).isEqualTo(ExitCode.LEFT.code());
        assertThat(check.out()).contains(map + ":").contains("malformed").contains("fix:");
        assertCouldNot(plan);
        assertThat(plan.err()).contains("malformed");
    }

    @Test
    void anUnknownWordIsAnsweredWithTheNearest() throws IOException {
        String map = map(Files.readString(CatchLogSample.MAP).replace("erase: delete ", "eraze: delete "));
        ProgramRunner.ProgramResult run = program.run("check", "--map", map);

        assertThat(run.code()).isEqualTo(ExitCode.LEFT.code());
        assertThat(run.out()).contains("unknown-word").contains("eraze").contains("erase");
    }

    @Test
    void aMapThatIsNotThereIsNamed() {
        ProgramRunner.ProgramResult run = program.run("check", "--map", "nowhere.yaml");

        assertCouldNot(run);
        assertThat(run.err()).contains("nowhere.yaml");
    }

    @Test
    void aMapForAnotherDatabaseIsAllFindings() {
        try (TestDatabase other = TestDatabase.createFrom("create table orders (id int primary key)")) {
            ProgramRunner.ProgramResult run = ProgramRunner.on(other).run("check", "--format", "json");

            assertThat(run.code()).isEqualTo(ExitCode.LEFT.code());
            assertThat(run.json().get("findings").get(0).get("code").asString()).isEqualTo("unknown-name");
        }
    }

    @Test
    void aTableThatIsNotThereIsAnsweredWithTheNearest() {
        ProgramRunner.ProgramResult run = program.run("init", "--subject", "profile", "-o", "-");

        assertCouldNot(run);
        assertThat(run.err()).contains("profiles");
    }

    @Test
    void aTimeThatIsNoneIsAnsweredWithAnExample() {
        ProgramRunner.ProgramResult run = program.run("plan", CatchLogSample.LEAVER, "--lock-wait", "0s");

        assertCouldNot(run);
        assertThat(run.err()).contains("10s");
    }

    @Test
    void aFaultOfOursIsToldByItsPlaceAndNotByItsMessage() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        CommandErrorHandler.unexpected(
                new IllegalStateException("anna@example.org"), new PrintStream(err, true, StandardCharsets.UTF_8));

        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("IllegalStateException at app.CommandErrorHandlerTest.aFaultOfOurs")
                .doesNotContain("anna")
                .hasLineCount(1);
    }

    private String map(String text) throws IOException {
        return Files.writeString(directory.resolve("map.yaml"), text).toString();
    }

    /** A sentence, and nothing that only a programmer reads. */
    private static void assertCouldNot(ProgramRunner.ProgramResult run) {
        assertThat(run.code()).as(run.all()).isEqualTo(ExitCode.COULD_NOT.code());
        assertThat(run.err()).isNotBlank().doesNotContain("\tat ", "Exception", "unexpected");
        assertThat(run.out()).isEmpty();
    }
}
