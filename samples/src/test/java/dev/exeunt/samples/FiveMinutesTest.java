package dev.exeunt.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the commands of docs/five-minutes.md on the samples, and compares what they print with the page. */
class FiveMinutesTest {

    private static final Path PAGE =
            Path.of(System.getProperty("exeunt.samples")).resolveSibling("docs").resolve("five-minutes.md");
    private static final Pattern BLOCK = Pattern.compile("^```text\\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern RUN =
            Pattern.compile("^\\$ exeunt ([^\\n]*)\\n(.*?)^\\[exit (\\d)]", Pattern.DOTALL | Pattern.MULTILINE);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"guild-platform", "task-planner"})
    void eachCommandPrintsWhatThePageShows(String name) throws IOException {
        try (LoadedSample sample = LoadedSample.load(name)) {
            Matcher run = RUN.matcher(blockOf(name));
            int commands = 0;
            while (run.find()) {
                if (run.group(1).startsWith("erase ")) {
                    assertThat(new SampleCommands(sample).run("migrate").code()).isZero();
                }
                SampleCommands.CommandResult result = new SampleCommands(sample).run(inFolder(run.group(1)));
                assertThat(settled(result.out(), sample)).as(run.group(1)).isEqualTo(settled(run.group(2), sample));
                assertThat(result.code()).as(run.group(1)).isEqualTo(Integer.parseInt(run.group(3)));
                commands++;
            }
            assertThat(commands).isGreaterThan(6);
        }
    }

    private static String blockOf(String name) throws IOException {
        List<String> blocks = BLOCK.matcher(Files.readString(PAGE))
                .results()
                .map(block -> block.group(1))
                .toList();
        return blocks.get(name.equals("guild-platform") ? 0 : 1);
    }

    private String[] inFolder(String line) {
        return line.replace("-o draft.yaml", "-o " + folder.resolve("draft.yaml"))
                .replaceFirst("^erase (.*)$", "erase $1 --receipt " + folder)
                .split(" ");
    }

    /** Takes out what differs from run to run: times, names of databases and receipts, slow statements, the planner's statistics. */
    private String settled(String printed, LoadedSample sample) {
        return printed.replace(folder + "/", "")
                .replace(
                        sample.database().databaseName(),
                        sample.folder().getFileName().toString())
                .replaceAll("exeunt-receipt-[^ ]*\\.json", "RECEIPT")
                .replaceAll("(?s)Slowest statement: .*?\\n\\n", "")
                .replaceAll("  The planner's statistics hold it [^\\n]*\\n", "")
                .replaceAll("[0-9.]+ m?s\\b", "TIME")
                .replaceAll("(?m)^( {2}(?:changing|deleting from) .*?[0-9]+) +[0-9.]+$", "$1")
                .replaceAll(" {2,}", "  ")
                .strip();
    }
}
