package dev.exeunt.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.app.command.ExitCode;
import dev.exeunt.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagramCommandTest {

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
    void thePictureIsAFileAndNothingElseIsLeftBeside() throws IOException {
        ProgramRunner.ProgramResult run = program.run("diagram", "-o", in("map.svg"));

        assertThat(run.code()).as(run.all()).isZero();
        assertThat(run.out()).contains("map.svg: 11 tables.").doesNotContain("not complete");
        assertThat(Files.readString(directory.resolve("map.svg")))
                .startsWith("<svg ")
                .endsWith("</svg>\n");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void aFileThatExistsStaysUnlessForced() throws IOException {
        Files.writeString(directory.resolve("map.svg"), "mine");

        ProgramRunner.ProgramResult refused = program.run("diagram", "-o", in("map.svg"));
        String after = Files.readString(directory.resolve("map.svg"));
        ProgramRunner.ProgramResult forced = program.run("diagram", "-o", in("map.svg"), "--force");

        assertThat(refused.code()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(refused.err()).contains("exists and was left as it is").contains("--force");
        assertThat(after).isEqualTo("mine");
        assertThat(forced.code()).isZero();
        assertThat(Files.readString(directory.resolve("map.svg"))).startsWith("<svg ");
    }

    @Test
    void onStandardOutputThereIsThePictureAlone() {
        ProgramRunner.ProgramResult run = program.run("diagram", "-o", "-");

        assertThat(run.out()).startsWith("<svg ").endsWith("</svg>\n");
        assertThat(run.err()).contains("11 tables");
        assertThat(program.run("diagram", "-o", "-", "--quiet").all()).isEqualTo(run.out());
    }

    @Test
    void theFormatIsAsSaidElseAsTheNameEnds() throws IOException {
        program.run("diagram", "-o", in("map.dot"));
        program.run("diagram", "-o", in("map.gv"));
        program.run("diagram", "-o", in("odd.dot"), "--format", "svg");
        ProgramRunner.ProgramResult said = program.run("diagram", "-o", "-", "--format", "dot");

        assertThat(directory.resolve("map.dot")).content().startsWith("digraph exeunt {");
        assertThat(directory.resolve("map.gv")).content().isEqualTo(said.out());
        assertThat(directory.resolve("odd.dot")).content().startsWith("<svg ");
    }

    @Test
    void aMapWithFindingsIsDrawnAndSaidToBeIncomplete() throws IOException {
        Path draft = directory.resolve("draft.yaml");
        String map = Files.readString(CatchLogSample.MAP)
                .replaceFirst("erase: delete +# a person who left", "erase: undecided # a person who left");
        Files.writeString(draft, map);
        database.execute("create table forgotten (id int primary key, who uuid references profiles)");

        ProgramRunner.ProgramResult run = program.run("diagram", "--map", draft.toString(), "-o", in("map.svg"));

        assertThat(run.code()).as(run.all()).isZero();
        assertThat(run.out()).contains("1 undecided, 1 not in the map").contains("exeunt check");
        assertThat(directory.resolve("map.svg")).content().contains(">forgotten<", "unmapped", "undecided");
    }

    @Test
    void aMapForAnotherDatabaseIsNotDrawn() {
        database.execute("alter table catches rename to fish");

        ProgramRunner.ProgramResult run = program.run("diagram", "-o", in("map.svg"));

        assertThat(run.code()).isEqualTo(ExitCode.COULD_NOT.code());
        assertThat(run.err()).contains("unknown-name").contains("catches");
        assertThat(directory.resolve("map.svg")).doesNotExist();
    }

    @Test
    void whereItCannotBeWrittenIsSaidWithTheReason() {
        ProgramRunner.ProgramResult run = program.run("diagram", "-o", in("nowhere/map.svg"));

        assertThat(run.code()).isEqualTo(ExitCode.COULD_NOT.code());
        assertThat(run.err()).contains("cannot be written").contains("no such directory");
    }

    private String in(String name) {
        return directory.resolve(name).toString();
    }
}
