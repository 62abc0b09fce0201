package dev.exeunt.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.Exeunt;
import dev.exeunt.database.Database;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.DataSampling;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.MapInvalidException;
import dev.exeunt.map.SuggestedFix;
import dev.exeunt.samples.FindingPage.FindingExample;
import dev.exeunt.testkit.FixApplier;
import dev.exeunt.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every page on a finding shows what the program prints, and a fix that removes it. */
class FindingPagesTest {

    @TempDir
    private Path folder;

    static Stream<FindingExample> examples() {
        return Arrays.stream(FindingCode.values())
                .filter(code -> Files.exists(FindingPage.of(code)))
                .flatMap(code -> FindingPage.examples(code).stream());
    }

    @ParameterizedTest
    @EnumSource
    void everyFindingHasItsPage(FindingCode code) {
        assertThat(FindingPage.of(code))
                .as("The finding " + code.word()
                        + " wants a page that says why it matters, shows it, and removes it; see"
                        + " docs/findings/README.md")
                .exists();
        String page = FindingPage.text(FindingPage.of(code));
        assertThat(page)
                .startsWith("# `" + code.word() + "`\n")
                .contains("\n## Example", "\n## Fix", "\n## Other ways out\n", "\n## May it be accepted?\n");
        assertThat(FindingPage.examples(code)).isNotEmpty();
    }

    @Test
    void everyPageIsOfAFindingAndStandsInTheReferencesTable() throws IOException {
        String reference = FindingPage.text(FindingPage.FOLDER.resolveSibling("reference/map.md"));
        try (Stream<Path> pages = Files.list(FindingPage.FOLDER)) {
            assertThat(pages.map(p -> p.getFileName().toString()).filter(p -> !p.equals("README.md")))
                    .containsExactlyInAnyOrderElementsOf(Arrays.stream(FindingCode.values())
                            .map(c -> c.word() + ".md")
                            .toList())
                    .allSatisfy(page -> assertThat(reference).contains("findings/" + page + ")"));
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void printsWhatThePageShows(FindingExample example) throws IOException {
        try (TestDatabase database = database(example)) {
            Files.writeString(folder.resolve("exeunt.yaml"), example.map());
            List<String> args = new ArrayList<>(List.of("check"));
            if (example.data()) {
                args.add("--data");
            }
            if (example.user() != null) {
                args.addAll(List.of("--db-user", example.user(), "--db-password", example.user()));
            }
            SampleCommands.CommandResult outcome =
                    new SampleCommands(new LoadedSample(folder, database)).run(args.toArray(String[]::new));

            assertThat(outcome.out().replace(folder + "/", "")).isEqualTo(example.printed());
            assertThat(findings(database, example, example.map()))
                    .extracting(Finding::code)
                    .contains(example.code());
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isGoneOnceThePagesFixIsThere(FindingExample example) {
        try (TestDatabase database = database(example)) {
            if (example.fixedBySql()) {
                database.execute(example.fix());
            }
            List<Finding> left = findings(database, example, example.fixedBySql() ? example.map() : example.fix());

            assertThat(left).filteredOn(f -> f.code() == example.code()).isEmpty();
            assertThat(left).filteredOn(Finding::isError).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isGoneOnceItsOwnFixIsPasted(FindingExample example) {
        try (TestDatabase database = database(example)) {
            List<Finding> before = findings(database, example, example.map());
            String map = example.map();
            Finding finding = before.stream()
                    .filter(f -> f.code() == example.code())
                    .findFirst()
                    .orElseThrow();
            if (finding.fix().paste() instanceof SuggestedFix.SqlStatement sql) {
                database.execute(sql.text());
            } else if (finding.fix().paste() != null) {
                map = FixApplier.into(map, finding);
            } else {
                assertThat(finding.fix().words()).isNotBlank();
                return; // only a person can write it; the page shows one way
            }
            List<String> left = about(findings(database, example, map));

            assertThat(left).as(map).doesNotContain(about(List.of(finding)).get(0));
            assertThat(about(before)).as(map).containsAll(errors(database, example, map));
        }
    }

    private static List<String> errors(TestDatabase database, FindingExample example, String map) {
        return about(findings(database, example, map).stream()
                .filter(Finding::isError)
                .toList());
    }

    private static List<String> about(List<Finding> findings) {
        return findings.stream()
                .map(f -> f.code().word() + " " + f.what() + " " + f.message())
                .toList();
    }

    private static List<Finding> findings(TestDatabase database, FindingExample example, String map) {
        String user = example.user() == null ? database.user() : example.user();
        String password = example.user() == null ? database.password() : example.user();
        try {
            Exeunt exeunt = Exeunt.builder(Database.at(database.jdbcUrl(), user, password))
                    .build();
            DataMap read = Exeunt.readMap(map, "exeunt.yaml");
            return (example.data() ? exeunt.check(read, DataSampling.DEFAULT) : exeunt.check(read)).findings();
        } catch (MapInvalidException e) {
            return e.findings();
        }
    }

    private static TestDatabase database(FindingExample example) {
        TestDatabase database = TestDatabase.create();
        if (example.user() != null) {
            database.createRole(example.user());
        }
        database.execute(example.schema());
        return database;
    }
}
