package dev.exeunt.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares the tables of samples/README.md with the rows that tests cite in their display names. */
class SampleRowsTest {

    private static final Path SAMPLES = Path.of(System.getProperty("exeunt.samples"));
    private static final Pattern ROW = Pattern.compile("\\b(?:PM|GP|WS|TP|CL)-\\d{2}\\b");
    private static final Pattern TABLE_LINE =
            Pattern.compile("^\\| (" + ROW.pattern() + ") \\|[^|]+\\|([^|]+)\\|$", Pattern.MULTILINE);
    /** The page says of these that no test holds them; this file names them, but does not test them. */
    private static final Set<String> WITHOUT_A_TEST = Set.of("WS-06");

    private static final Pattern LINK = Pattern.compile("]\\(([^)]+)\\)");

    @Test
    void theTableHasEachRowThatATestCites() throws IOException {
        assertThat(documented()).hasSize(48);
        assertThat(documented().keySet()).containsAll(cited().keySet());
    }

    @Test
    void eachTestThatTheTableLinksCitesTheRow() throws IOException {
        Map<String, Set<String>> cited = cited();
        assertThat(documented())
                .allSatisfy((row, tests) ->
                        assertThat(cited.getOrDefault(row, Set.of())).as(row).containsAll(tests));
    }

    @Test
    void rowsWithoutATestAreMarked() throws IOException {
        assertThat(documented().entrySet().stream()
                        .filter(row -> row.getValue().isEmpty())
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrderElementsOf(WITHOUT_A_TEST);
    }

    /** Returns the tests that each row of the page links, as paths from the repository's root. */
    private static Map<String, Set<String>> documented() throws IOException {
        Map<String, Set<String>> rows = new TreeMap<>();
        Matcher line = TABLE_LINE.matcher(Files.readString(SAMPLES.resolve("README.md")));
        while (line.find()) {
            rows.put(
                    line.group(1),
                    LINK.matcher(line.group(2))
                            .results()
                            .map(link -> fromRoot(SAMPLES.resolve(link.group(1))))
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
        return rows;
    }

    /** Returns the tests that cite each row, as paths from the repository's root. */
    private static Map<String, Set<String>> cited() throws IOException {
        Map<String, Set<String>> rows = new TreeMap<>();
        for (Path test : testSources()) {
            ROW.matcher(text(test))
                    .results()
                    .forEach(row -> rows.computeIfAbsent(row.group(), r -> new TreeSet<>())
                            .add(fromRoot(test)));
        }
        assertThat(rows).as("rows that tests cite").hasSizeGreaterThan(40);
        rows.keySet().removeAll(WITHOUT_A_TEST);
        return rows;
    }

    private static List<Path> testSources() throws IOException {
        try (Stream<Path> files = Stream.of("archive-s3", "samples", "server", "spring-boot-starter")
                .flatMap(module -> walk(SAMPLES.resolveSibling(module).resolve("src/test/java")))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static Stream<Path> walk(Path folder) {
        try {
            return Files.walk(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String fromRoot(Path file) {
        return SAMPLES.resolveSibling(".")
                .normalize()
                .relativize(file.normalize())
                .toString();
    }
}
