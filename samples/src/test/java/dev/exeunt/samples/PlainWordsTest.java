package dev.exeunt.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests that the documentation names who acts, keeps tables narrow, and says first what a page is good for. */
class PlainWordsTest {

    private static final Path SAMPLES = Path.of(System.getProperty("exeunt.samples"));
    private static final Path ROOT = SAMPLES.resolveSibling(".").normalize();

    private static final Pattern RIDDLE = Pattern.compile(
            "\\b(somebody|anybody|nobody|everybody|whoever|someone|anyone|no one|is told|as one that)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final int WIDEST_CELL = 160;

    /** What a program prints; the words are the program's, and change there first. */
    private static final Pattern PRINTED = Pattern.compile("^```text\\n.*?^```", Pattern.DOTALL | Pattern.MULTILINE);

    /** Two drafts as `init` writes them, compared with the program by DocumentationTest. */
    private static final Set<String> PRINTED_WHOLE = Set.of("docs/explanation/draft-examples.md");

    /** Lists of packages, which CoreArchitectureTest reads and contributors extend. */
    private static final String PACKAGE_TABLE = "| package | holds | may use |";

    private static final Pattern LINK_TARGET = Pattern.compile("]\\([^)]*\\)");

    /** Holds a line of a page where a rule is broken. */
    private record Breach(String page, String line) {}

    @Test
    void noPageSaysSomebodyWhereItCouldSayWho() {
        assertThat(pages())
                .hasSizeGreaterThan(80)
                .flatMap(page -> breaches(page, PlainWordsTest::withoutPrintedText, RIDDLE))
                .isEmpty();
    }

    @Test
    void noSampleMapSaysSomebody() {
        assertThat(files(SAMPLES, "exeunt.yaml"))
                .hasSize(5)
                .flatMap(map -> breaches(map, UnaryOperator.identity(), RIDDLE))
                .isEmpty();
    }

    @Test
    void aRiddleIsFound() {
        assertThat(RIDDLE.matcher("The key is nobody's.").find()).isTrue();
        assertThat(RIDDLE.matcher("Whoever asks").find()).isTrue();
        assertThat(RIDDLE.matcher("email:nobody@planner.example").find()).isTrue();
        assertThat(RIDDLE.matcher("no other person").find()).isFalse();
    }

    @Test
    void noTableCellIsWide() {
        assertThat(pages()).flatMap(PlainWordsTest::wideCells).isEmpty();
    }

    @Test
    void eachPageSaysFirstWhatTheReaderCanDoAfterIt() {
        assertThat(pages())
                .filteredOn(page -> name(page).matches("docs/(tutorial|(guides|reference|explanation|field)/.*)\\.md"))
                .hasSizeGreaterThan(20)
                .allSatisfy(page -> assertThat(text(page).lines().skip(1).limit(3))
                        .as(name(page))
                        .anyMatch(line -> line.startsWith("After this page")));
    }

    private static String withoutPrintedText(String page) {
        return PRINTED.matcher(page).replaceAll("");
    }

    private static List<Breach> breaches(Path file, UnaryOperator<String> part, Pattern broken) {
        return part.apply(text(file))
                .lines()
                .map(line -> line.replace("nobody@planner.example", ""))
                .filter(line -> broken.matcher(line).find())
                .map(line -> new Breach(name(file), line))
                .toList();
    }

    private static List<Breach> wideCells(Path page) {
        List<Breach> wide = new ArrayList<>();
        boolean code = false;
        boolean packages = false;
        for (String line : text(page).lines().toList()) {
            code ^= line.startsWith("```");
            packages = line.startsWith("|") && (packages || line.equals(PACKAGE_TABLE));
            if (!code && !packages && line.startsWith("|")) {
                String shown = LINK_TARGET.matcher(line.replace("\\|", "/")).replaceAll("]");
                Arrays.stream(shown.split("\\|"))
                        .map(String::strip)
                        .filter(cell -> cell.length() > WIDEST_CELL)
                        .forEach(cell -> wide.add(new Breach(name(page), cell)));
            }
        }
        return wide;
    }

    private static List<Path> pages() {
        return Stream.of(
                        Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "benchmarks/README.md")
                                .map(ROOT::resolve),
                        files(SAMPLES, "README.md").stream(),
                        files(ROOT.resolve("docs"), ".md").stream())
                .flatMap(pages -> pages)
                .filter(page -> !PRINTED_WHOLE.contains(name(page)))
                .toList();
    }

    private static List<Path> files(Path folder, String ending) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .filter(file -> !file.toString().contains("/target/"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path file) {
        return ROOT.relativize(file.normalize()).toString();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
