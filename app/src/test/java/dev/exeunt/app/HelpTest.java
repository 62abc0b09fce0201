package dev.exeunt.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.ExitCode;
import dev.exeunt.app.terminal.Terminal;
import dev.exeunt.app.terminal.UserInterrupt;
import dev.exeunt.testkit.TestSkip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class HelpTest {

    private static final String[] COMMANDS = {
        "init",
        "check",
        "explain",
        "plan",
        "rehearse",
        "export",
        "erase",
        "verify",
        "grants",
        "diagram",
        "report",
        "schema",
        "migrate",
        "enforce",
        "request",
        "cancel",
        "reactivate",
        "status",
        "gate",
        "reap",
        "systems",
        "demo",
        "completion",
        "help"
    };

    private final ProgramRunner program = new ProgramRunner();

    @Test
    void helpNamesEveryCommandAndEveryExitCode() {
        ProgramRunner.ProgramResult run = program.run("--help");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains(COMMANDS);
        Arrays.stream(ExitCode.values())
                .forEach(e -> assertThat(run.out()).contains(e.code() + " ").contains(firstWords(e)));
    }

    private static String firstWords(ExitCode exit) {
        return exit.meaning().substring(0, Math.min(20, exit.meaning().length()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "init",
                "check",
                "explain",
                "plan",
                "rehearse",
                "export",
                "erase",
                "verify",
                "grants",
                "diagram",
                "report",
                "schema",
                "migrate",
                "enforce",
                "request",
                "cancel",
                "reactivate",
                "status",
                "gate",
                "reap",
                "demo",
                "completion"
            })
    void everyCommandHasItsHelp(String command) {
        ProgramRunner.ProgramResult asOption = program.run(command, "--help");
        ProgramRunner.ProgramResult asCommand = program.run("help", command);

        assertThat(asOption.code()).isZero();
        assertThat(asOption.out()).contains("Usage: exeunt " + command).contains("--quiet");
        assertThat(asOption.err()).isEmpty();
        assertThat(asCommand.out()).isEqualTo(asOption.out());
    }

    /** The program makes only the command that the first word names. */
    @Test
    void eachCommandIsKnownByItsNameAlone() {
        CommandContext context = new CommandContext(Terminal.ofProcess(), new UserInterrupt());
        Main.commandLine(context).getSubcommands().forEach((name, command) -> {
            assertThat(command.getCommandSpec()
                            .userObject()
                            .getClass()
                            .getAnnotation(CommandLine.Command.class)
                            .name())
                    .isEqualTo(name);
            assertThat(Main.named(name, "--help")).contains(name);
        });
        assertThat(Main.named("check", "help")).containsExactly("check");
        assertThat(Main.named("help", "check")).contains("check", "help").hasSizeGreaterThan(20);
        assertThat(Main.named("--version")).hasSizeGreaterThan(20);
        assertThat(Main.named("chekc")).contains("check");
    }

    @Test
    void theVersionIsOneLine() {
        ProgramRunner.ProgramResult run = program.run("--version");

        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("exeunt ").hasLineCount(1);
    }

    @Test
    void withoutACommandTheCommandsAreShownAndNothingIsDone() {
        ProgramRunner.ProgramResult run = program.run();

        assertThat(run.code()).isEqualTo(ExitCode.COULD_NOT.code());
        assertThat(run.err()).contains(COMMANDS);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void anUnknownCommandIsAnsweredWithTheNearest() {
        ProgramRunner.ProgramResult run = program.run("chek");

        assertThat(run.code()).isEqualTo(ExitCode.COULD_NOT.code());
        assertThat(run.err()).contains("There is no such command. Did you mean check?");
    }

    @Test
    void whatIsTypedAsAKeyIsNotRepeatedInAComplaint() {
        ProgramRunner.ProgramResult option = program.run("plan", "--sqll=anna@example.org", "1");
        ProgramRunner.ProgramResult tooMany = program.run("export", "1", "email:anna@example.org");

        assertThat(option.err()).contains("There is no option --sqll.").doesNotContain("anna");
        assertThat(tooMany.err()).contains("an argument too many").doesNotContain("anna");
    }

    @Test
    void theCompletionScriptIsOneThatBashReads(@TempDir Path directory) throws Exception {
        ProgramRunner.ProgramResult run = program.run("completion");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains(COMMANDS).contains("--db-user");
        TestSkip.unless(Files.isExecutable(Path.of("/bin/bash")), "no bash here");
        Path script = Files.writeString(directory.resolve("completion"), run.out());
        assertThat(new ProcessBuilder("/bin/bash", "-n", script.toString())
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void theSchemaForEditorsIsTheOneInTheDocumentation() throws IOException {
        ProgramRunner.ProgramResult run = program.run("schema");

        assertThat(run.code()).isZero();
        assertThat(run.out()).isEqualTo(Files.readString(Path.of("../docs/exeunt.schema.json")));
        assertThat(run.err()).isEmpty();
    }

    @Test
    void theReferenceTellsOfEveryCommandOptionVariableAndExitCode() throws IOException {
        String reference = Files.readString(Path.of("../docs/reference/commands.md"));

        assertThat(reference)
                .contains("EXEUNT_DB`", "EXEUNT_DB_USER", "EXEUNT_DB_PASSWORD", "EXEUNT_MAP", "EXEUNT_KEY", "NO_COLOR");
        Main.commandLine(new CommandContext(
                        dev.exeunt.app.terminal.Terminal.of(System.in, System.out, System.err, java.util.Map.of()),
                        new dev.exeunt.app.terminal.UserInterrupt()))
                .getSubcommands()
                .forEach((name, command) -> {
                    assertThat(reference).contains("`exeunt " + name);
                    command.getCommandSpec()
                            .options()
                            .forEach(o -> assertThat(reference).contains("`" + o.longestName()));
                });
        Arrays.stream(ExitCode.values()).forEach(e -> assertThat(reference).contains("| " + e.code() + " | "));
    }
}
