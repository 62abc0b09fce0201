package dev.exeunt.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.erase.RehearsalResult;
import dev.exeunt.map.CheckResult;
import dev.exeunt.map.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that a careful map has few warnings, so that a user reads each of them, and that it reaches what is held about people. */
class SampleWarningsTest {

    private static final int MOST = 5;

    static Stream<String> samples() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of(System.getProperty("exeunt.samples")))) {
            return folders
                    .filter(folder -> Files.exists(folder.resolve("exeunt.yaml")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void hasAtMostFiveWarnings(String name) {
        try (LoadedSample sample = LoadedSample.load(name)) {
            CheckResult checked = sample.exeunt().check(sample.map());
            List<Finding> warnings =
                    checked.findings().stream().filter(f -> !f.isError()).toList();
            System.out.println("sample " + name + ": " + warnings.size() + " warnings, "
                    + checked.accepted().size() + " accepted");
            warnings.forEach(System.out::println);

            assertThat(checked.errors()).isEmpty();
            assertThat(warnings).hasSizeLessThanOrEqualTo(MOST);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void reachesAllDataOfTenPeople(String name) {
        try (LoadedSample sample = LoadedSample.load(name)) {
            RehearsalResult rehearsed = sample.exeunt().rehearse(sample.map(), List.of(), 10);
            assertThat(rehearsed.search().tables()).isGreaterThan(5);
            assertThat(rehearsed.search().places())
                    .filteredOn(place -> place.left() > 0 && place.accepted() == null)
                    .isEmpty();
        }
    }
}
