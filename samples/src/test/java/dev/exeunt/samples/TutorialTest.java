package dev.exeunt.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Follows docs/tutorial.md on its shop, and compares what each command prints with what the page shows. */
class TutorialTest {

    private static final Path PAGE =
            Path.of(System.getProperty("exeunt.samples")).resolveSibling("docs").resolve("tutorial.md");
    private static final Pattern BLOCK =
            Pattern.compile("^```(sql|yaml|console)\\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern COMMAND = Pattern.compile("\\$ \\./exeunt (.*)\\n", Pattern.UNIX_LINES);

    @TempDir
    private Path folder;

    @Test
    void eachCommandPrintsWhatThePageShows() throws IOException {
        List<MatchResult> blocks =
                BLOCK.matcher(Files.readString(PAGE)).results().toList();
        assertThat(blocks).hasSizeGreaterThan(7);
        try (TestDatabase database = TestDatabase.create()) {
            LoadedSample shop = new LoadedSample(folder, database);
            for (MatchResult block : blocks) {
                switch (block.group(1)) {
                    case "sql" -> database.execute(block.group(2));
                    case "yaml" -> putIntoMap(block.group(2));
                    default -> runAndCompare(shop, block.group(2));
                }
            }
        }
    }

    private void runAndCompare(LoadedSample shop, String shown) {
        Matcher command = COMMAND.matcher(shown);
        assertThat(command.lookingAt()).as(shown).isTrue();
        String line = command.group(1).replace("init ", "init -o " + folder.resolve("exeunt.yaml") + " ");
        String printed = new SampleCommands(shop).run(line.split(" ")).out();
        String named = printed.replace(folder + "/", "")
                .replace(shop.database().databaseName(), "shop")
                .replaceAll(" \\([0-9.]+ m?s\\)", "");
        assertThat(named).as(line).contains(passages(shown.substring(command.end())));
    }

    /** The page leaves passages out where it shows three dots. */
    private static List<String> passages(String shown) {
        return Arrays.stream(shown.split("…\\n"))
                .map(String::strip)
                .filter(passage -> !passage.isEmpty())
                .toList();
    }

    /** Replaces the entry of the same table, or adds one at the map's end. */
    private void putIntoMap(String entry) throws IOException {
        Path map = folder.resolve("exeunt.yaml");
        String before = Files.readString(map);
        String table = entry.lines().findFirst().orElseThrow();
        Matcher old = Pattern.compile("^" + Pattern.quote(table) + "\\n(?:    .*\\n)+", Pattern.MULTILINE)
                .matcher(before);
        String after = old.find()
                ? before.substring(0, old.start()) + entry + before.substring(old.end())
                : before.stripTrailing() + "\n" + entry;
        assertThat(after).isNotEqualTo(before);
        Files.writeString(map, after);
    }
}
