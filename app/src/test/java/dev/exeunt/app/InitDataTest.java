package dev.exeunt.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.app.command.ExitCode;
import dev.exeunt.testkit.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests exeunt init with and without sampled rows. */
class InitDataTest {

    private static final String SCHEMA = """
            CREATE TABLE people (id uuid PRIMARY KEY, email text UNIQUE);
            CREATE TABLE badges (id int PRIMARY KEY, wearer uuid);
            INSERT INTO people SELECT md5(i::text)::uuid, 'person' || i || '@example.org' FROM generate_series(1, 40) i;
            INSERT INTO badges SELECT i, md5(i::text)::uuid FROM generate_series(1, 40) i;
            """;

    @ParameterizedTest
    @CsvSource({"--force, true", "--data, true", "--no-data, false"})
    void rowsAreSampledUnlessTheOptionSaysNo(String option, boolean sampled) {
        try (TestDatabase database = TestDatabase.createFrom(SCHEMA)) {
            ProgramRunner.ProgramResult run =
                    ProgramRunner.on(database).run("init", "--subject", "people", "-o", "-", option);

            assertThat(run.code()).as(run.all()).isEqualTo(ExitCode.DONE.code());
            assertThat(run.out().contains("subject: wearer")).isEqualTo(sampled);
        }
    }

    @Test
    void aTableThatTakesTooLongGetsANote() {
        try (TestDatabase database = TestDatabase.createFrom(SCHEMA)) {
            ProgramRunner.ProgramResult run = ProgramRunner.on(database)
                    .run("init", "--subject", "people", "-o", "-", "--timeout", "1ms", "--format", "json");

            assertThat(run.code()).as(run.all()).isEqualTo(ExitCode.DONE.code());
            assertThat(run.err()).contains("\"notes\"");
        }
    }

    @Test
    void questionsNeedATerminalAndNothingChangesWithoutOne(@TempDir Path directory) {
        try (TestDatabase database = TestDatabase.createFrom(SCHEMA)) {
            Path draft = directory.resolve("exeunt.yaml");
            ProgramRunner.ProgramResult run = ProgramRunner.on(database)
                    .typing("1\n1\n")
                    .run("init", "--subject", "people", "-o", draft.toString(), "--interactive");

            assertThat(run.code()).as(run.all()).isEqualTo(ExitCode.REFUSED.code());
            assertThat(run.err()).contains("a person at a terminal").contains("Nothing was changed");
            assertThat(draft).doesNotExist();
        }
    }
}
