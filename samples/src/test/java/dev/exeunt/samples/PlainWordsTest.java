package dev.exeunt.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests that sources and documentation name who acts, and that pages keep tables narrow and say first what they are good for. */
class PlainWordsTest {

    private static final Path SAMPLES = Path.of(System.getProperty("exeunt.samples"));
    private static final Path ROOT = SAMPLES.resolveSibling(".").normalize();

    private static final Pattern RIDDLE = Pattern.compile(
            "\\b(somebody|anybody|nobody|everybody|whoever|someone|anyone|no one|is told|as one that)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final int WIDEST_CELL = 160;

    /** Lists of packages, which CoreArchitectureTest reads and contributors extend. */
    private static final String PACKAGE_TABLE = "| package | holds | may use |";

    private static final Pattern LINK_TARGET = Pattern.compile("]\\([^)]*\\)");

    private static final Pattern SOURCE = Pattern.compile(".*\\.(java|m?js|html|css|json|ya?ml|sql|properties)");

    private static final List<AllowedText> ALLOWED = List.of(
            new AllowedText(
                    "core/src/main/resources/dev/exeunt/internal/store/migration/V1__requests.sql",
                    "",
                    "a database that ran this migration keeps its checksum, so its comments must not change"),
            new AllowedText(
                    "samples/task-planner/data.sql",
                    "nobody@planner.example",
                    "data: the address of a person without other rows"),
            new AllowedText(
                    "samples/task-planner/README.md",
                    "email:nobody@planner.example",
                    "data: the same address, for a reader to try"),
            new AllowedText(
                    "samples/workspace-suite/data.sql",
                    "nobody@suite.example",
                    "data: the address of a person without other rows"));

    /** Holds a line of a file where a rule is broken. */
    private record Breach(String page, String line) {}

    /**
     * Holds a text that a source may keep.
     *
     * @param text the text; empty for the whole file
     * @param reason why it stays
     */
    private record AllowedText(String file, String text, String reason) {

        boolean allows(Breach breach) {
            String rest = text.isEmpty() ? "" : breach.line().replace(text, "");
            return file.equals(breach.page()) && !RIDDLE.matcher(rest).find();
        }
    }

    @Test
    void noPageSaysSomebodyWhereItCouldSayWho() {
        assertThat(pages()).hasSizeGreaterThan(80);
        assertThat(riddles(pages())).filteredOn(PlainWordsTest::isForbidden).isEmpty();
    }

    @Test
    void noMainSourceSaysSomebodyWhereItCouldSayWho() {
        assertThat(mainSources())
                .hasSizeGreaterThan(700)
                .map(PlainWordsTest::name)
                .contains(
                        "core/src/main/java/dev/exeunt/Exeunt.java",
                        "exeunt-test/src/main/java/dev/exeunt/test/ErasureAssert.java",
                        "spring-boot-starter/src/main/resources/dev/exeunt/spring/web/openapi.json",
                        "page/src/main/web/texts/en.json",
                        "examples/node/shop.mjs",
                        "samples/task-planner/exeunt.yaml",
                        "samples/task-planner/data.sql");
        assertThat(riddles(mainSources()))
                .filteredOn(PlainWordsTest::isForbidden)
                .isEmpty();
    }

    @Test
    void eachAllowedTextIsStillThere() {
        List<Breach> riddles = Stream.concat(riddles(mainSources()).stream(), riddles(pages()).stream())
                .toList();
        assertThat(ALLOWED).allMatch(text -> riddles.stream().anyMatch(text::allows));
    }

    @Test
    void aRiddleIsFound() {
        assertThat(RIDDLE.matcher("The key is nobody's.").find()).isTrue();
        assertThat(RIDDLE.matcher("Whoever asks").find()).isTrue();
        assertThat(RIDDLE.matcher("email:nobody@planner.example").find()).isTrue();
        assertThat(RIDDLE.matcher("no other person").find()).isFalse();
        assertThat(RIDDLE.matcher("void noMainSourceSaysSomebody()").find()).isFalse();
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

    private static List<Breach> breaches(Path file) {
        return text(file)
                .lines()
                .filter(line -> RIDDLE.matcher(line).find())
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
                .toList();
    }

    private static boolean isForbidden(Breach breach) {
        return ALLOWED.stream().noneMatch(text -> text.allows(breach));
    }

    private static List<Breach> riddles(List<Path> files) {
        return files.stream().flatMap(file -> breaches(file).stream()).toList();
    }

    /** Lists the sources of all modules and examples, the samples' maps, tables and rows, and the JSON Schema of maps. */
    private static List<Path> mainSources() {
        return folders(ROOT)
                .flatMap(folder -> files(folder, "").stream())
                .filter(file -> SOURCE.matcher(name(file)).matches())
                .filter(file -> name(file).contains("/src/main/")
                        || name(file).startsWith("examples/")
                        || name(file).matches("samples/[^/]+/[^/]+|docs/exeunt.schema.json"))
                .toList();
    }

    private static Stream<Path> folders(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files
                    .filter(Files::isDirectory)
                    .filter(child -> !child.getFileName().toString().startsWith("."))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path folder, String ending) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(ending))
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
