package dev.exeunt.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.map.DataSampling;
import dev.exeunt.map.FindingCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documentation shows is true of the program. */
class DocumentationTest {

    private static final Path ROOT =
            Path.of(System.getProperty("exeunt.samples")).resolveSibling(".").normalize();
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    private static String page(String name) throws IOException {
        return Files.readString(ROOT.resolve(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/reference/map.md"})
    void everyMapShownCanBeRead(String page) throws IOException {
        List<String> maps = YAML.matcher(page(page))
                .results()
                .map((MatchResult r) -> r.group(1))
                .toList();
        assertThat(maps).isNotEmpty().allSatisfy(yaml -> {
            MapDefinition map = MapReader.read(yaml, page);
            assertThat(map.tables()).isNotEmpty();
        });
    }

    /** A part that a guide shows is read behind the smallest map. A guide's other YAML is settings, or a job of a build. */
    @Test
    void everyPartOfAMapInTheGuidesCanBeRead() throws IOException {
        List<String> parts = new ArrayList<>();
        for (Path page : pages()) {
            YAML.matcher(Files.readString(page))
                    .results()
                    .map(block -> block.group(1))
                    .filter(block -> page.getParent().endsWith("docs/guides"))
                    .filter(block -> !block.startsWith("exeunt:") && !block.startsWith("jobs:"))
                    .forEach(parts::add);
        }
        assertThat(parts).hasSizeGreaterThan(2).allSatisfy(part -> {
            String smallest = "version: 1\nsubject: { table: users, key: id }\ntables: { users: { erase: delete } }\n";
            assertThat(MapReader.read(smallest + part, "guide").tables()).hasSize(1);
        });
    }

    @Test
    void theGuidesNameAModuleAndVersionThatTheBuildHas() throws IOException {
        Matcher dependency = Pattern.compile("<artifactId>exeunt-([\\w-]+)</artifactId>\\s*<version>([^<]+)</version>")
                .matcher(page("docs/guides/spring-boot.md"));
        assertThat(dependency.find()).isTrue();
        assertThat(page(dependency.group(1) + "/pom.xml"))
                .contains("<artifactId>exeunt-" + dependency.group(1) + "</artifactId>")
                .contains("<version>" + dependency.group(2) + "</version>");
    }

    @Test
    void everyFindingIsInTheReference() throws IOException {
        String reference = page("docs/reference/map.md");
        assertThat(Arrays.stream(FindingCode.values()).map(FindingCode::word))
                .allSatisfy(word -> assertThat(reference).contains("`" + word + "`"));
    }

    /** Changed on purpose: {@code ./exeunt diagram --force -o docs/images/catch-log.svg}, with the sample's map. */
    @Test
    void thePictureOfTheCatchLogIsTheOneTheProgramDraws() throws IOException {
        try (LoadedSample sample = LoadedSample.load("catch-log")) {
            SampleCommands.CommandResult drawn = new SampleCommands(sample).run("diagram", "-o", "-");
            assertThat(drawn.code()).as(drawn.err()).isZero();
            assertThat(drawn.out()).isEqualTo(page("docs/images/catch-log.svg"));
        }
    }

    /** Changed on purpose: what {@code exeunt init --subject users} writes goes into the page. */
    @ParameterizedTest
    @ValueSource(strings = {"guild-platform", "task-planner"})
    void theDraftShownIsTheOneTheProgramWrites(String sample) throws IOException {
        try (LoadedSample loaded = LoadedSample.load(sample)) {
            String draft = loaded.exeunt().draft("users", DataSampling.DEFAULT).yaml();
            String named = draft.replace(loaded.database().databaseName(), sample);
            assertThat(YAML.matcher(page("docs/explanation/draft-examples.md"))
                            .results()
                            .map(r -> r.group(1)))
                    .anySatisfy(shown -> assertThat(words(shown)).isEqualTo(words(named)));
        }
    }

    /** The name of the database changes where comments break. */
    private static List<String> words(String yaml) {
        return Arrays.stream(yaml.split("[\\s#]+")).toList();
    }

    @Test
    void everyLinkBetweenPagesLeadsSomewhere() throws IOException {
        List<Path> pages = pages();
        assertThat(pages).contains(ROOT.resolve("docs/extending.md"));
        for (Path page : pages) {
            Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)")
                    .matcher(Files.readString(page))
                    .results()
                    .map(r -> page.resolveSibling(r.group(1)))
                    .forEach(target -> assertThat(target).as(page.toString()).exists());
        }
    }

    @Test
    void everyAnchorOfALinkIsAHeading() throws IOException {
        Pattern link = Pattern.compile("]\\(([^)#:]*)#([^)]+)\\)");
        for (Path page : pages()) {
            assertThat(link.matcher(Files.readString(page)).results())
                    .as(page.toString())
                    .allSatisfy(found -> {
                        String file = found.group(1);
                        assertThat(anchors(file.isEmpty() ? page : page.resolveSibling(file)))
                                .contains(found.group(2));
                    });
        }
    }

    /** Returns the anchors that a page's headings get where Markdown is shown. */
    private static List<String> anchors(Path page) throws IOException {
        return Pattern.compile("^#+ (.*)$", Pattern.MULTILINE)
                .matcher(Files.readString(page).replaceAll("(?ms)^```.*?^```", ""))
                .results()
                .map(heading -> heading.group(1).replaceAll("\\[([^\\]]*)]\\([^)]*\\)", "$1"))
                .map(heading -> heading.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w\\- ]", "")
                        .replace(' ', '-'))
                .toList();
    }

    /** A link that shows a class's name leads to the file of that class. */
    @Test
    void theGuideToExtendingLinksEachClassToItsFile() throws IOException {
        List<MatchResult> links = Pattern.compile("\\[([^\\]]+)]\\(([^)#:]+\\.java)\\)")
                .matcher(page("docs/extending.md"))
                .results()
                .toList();
        assertThat(links)
                .isNotEmpty()
                .allSatisfy(link -> assertThat(link.group(2)).endsWith("/" + link.group(1) + ".java"));
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")),
                            docs.filter(file -> file.toString().endsWith(".md")))
                    .toList();
        }
    }
}
