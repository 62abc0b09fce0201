package dev.exeunt.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.app.command.ExitCode;
import dev.exeunt.map.FindingCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code exeunt explain}. */
class ExplainCommandTest {

    private final ProgramRunner program = new ProgramRunner();

    @ParameterizedTest
    @EnumSource
    void printsThePageOfEveryFinding(FindingCode code) {
        ProgramRunner.ProgramResult run = program.run("explain", code.word());

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("# `" + code.word() + "`\n");
    }

    @Test
    void namesTheNearestFindingWhereThereIsNoneOfTheName() {
        ProgramRunner.ProgramResult run = program.run("explain", "canot-hold");

        assertThat(run.code()).isEqualTo(ExitCode.COULD_NOT.code());
        assertThat(run.err()).contains("Did you mean cannot-hold?").contains("unindexed");
        assertThat(run.out()).isEmpty();
    }
}
