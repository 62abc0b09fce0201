package dev.exeunt.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.terminal.Terminal;
import dev.exeunt.app.terminal.UserInterrupt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

/** Parses every command line of {@code exeunt} that a code block of the documentation shows. */
class DocumentedCommandsTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern BLOCK = Pattern.compile("^```(\\w*)\\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Set<String> SHELLS = Set.of("", "sh", "console", "text");
    private static final Pattern COMMAND =
            Pattern.compile("^(?:\\$ )?(?:[A-Z_]+=\\S+ )*(?:[./\\w-]*/)?exeunt (.+)$", Pattern.MULTILINE);

    /** What a shell takes for itself: a comment, a pipe, a redirection, another command. */
    private static final Pattern REST_OF_THE_SHELL = Pattern.compile("\\s+(?:#|[|>&;]|2>).*$");

    /** As a shell takes them: what stands in quotes belongs together. */
    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"]|\"[^\"]*\")+");

    /** Holds one command line and the page that shows it. */
    private record ShownCommand(Path page, String line) {}

    @TestFactory
    Stream<DynamicTest> theProgramTakesEachCommandLine() {
        return shownCommands().stream()
                .map(shown -> DynamicTest.dynamicTest(shown.page() + ": " + shown.line(), () -> parse(shown.line())));
    }

    @Test
    void manyCommandLinesAreShown() {
        assertThat(shownCommands()).hasSizeGreaterThan(50);
    }

    @Test
    void aMisspelledOptionIsFound() {
        assertThatThrownBy(() -> parse("check --strickt")).isInstanceOf(CommandLine.UnmatchedArgumentException.class);
    }

    private static void parse(String line) {
        String words = REST_OF_THE_SHELL.matcher(line).replaceFirst("").strip();
        CommandLine program = Main.commandLine(
                new CommandContext(Terminal.of(System.in, System.out, System.err, Map.of()), new UserInterrupt()));
        program.parseArgs(WORD.matcher(words)
                .results()
                .map(word -> word.group().replace("\"", ""))
                .toArray(String[]::new));
    }

    private static List<ShownCommand> shownCommands() {
        List<ShownCommand> shown = new ArrayList<>();
        for (Path page : pages()) {
            Matcher block = BLOCK.matcher(text(page));
            while (block.find()) {
                if (SHELLS.contains(block.group(1))) {
                    COMMAND.matcher(block.group(2).replaceAll("\\\\\\n\\s*", ""))
                            .results()
                            .map(command -> command.group(1))
                            .filter(line -> !isOfAnotherProgram(line))
                            .forEach(line -> shown.add(new ShownCommand(ROOT.relativize(page), line)));
                }
            }
        }
        return shown;
    }

    /** The server has options of its own; three dots stand for what the reader types. */
    private static boolean isOfAnotherProgram(String line) {
        return line.startsWith("serve ") || Arrays.asList(line.split("\\s+")).contains("...");
    }

    private static List<Path> pages() {
        try (Stream<Path> files =
                Stream.of("README.md", "CONTRIBUTING.md", "docs", "samples").flatMap(DocumentedCommandsTest::walk)) {
            return files.filter(file -> file.toString().endsWith(".md")).toList();
        }
    }

    private static Stream<Path> walk(String name) {
        try {
            return Files.walk(ROOT.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
