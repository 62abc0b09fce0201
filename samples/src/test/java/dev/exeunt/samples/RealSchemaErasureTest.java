package dev.exeunt.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests export, erasure and verification on schemas of real systems. */
class RealSchemaErasureTest {

    @TempDir
    Path folder;

    static Stream<Arguments> filled() {
        List<List<String>> fillings = List.of(
                List.of("--seed", "1"),
                List.of("--seed", "1", "--entangle"),
                List.of("--seed", "2", "--entangle"),
                List.of("--seed", "3", "--entangle", "--rows", "5", "--subject-rows", "4"));
        return RealSchema.all().stream().flatMap(s -> fillings.stream().map(f -> Arguments.of(s, f)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("filled")
    void nothingOfThePersonIsLeftButWhatTheAnsweredDraftKeepsAndNothingOfOthersIsTouched(
            RealSchema schema, List<String> options) {
        try (FilledSchema filled = FilledSchema.orSkip(schema, folder, options)) {
            RealSchemaScenario story = new RealSchemaScenario(schema, filled);

            assertThat(story.drafted().errors()).allMatch(f -> f.code() == FindingCode.UNDECIDED);
            assertThat(story.answered().errors()).isEmpty();
            assertThat(story.sampled()).hasSizeLessThanOrEqualTo(5).noneMatch(Finding::isError);
            assertThat(story.bystandersReached()).isEmpty();
            story.exportsExactlyWhatTheMapAllows();
            story.previewsEveryRow();
            story.erases();

            assertThat(story.differencesFromTheMap()).isEmpty();
            assertThat(story.leftWithoutBeingMeant()).isEmpty();
            story.scanFindsOnlyWhatIsMeant();
            story.verifyAgreesWithTheScan();
            System.out.println("real schema " + schema + " " + String.join(" ", options) + ": " + story.line());
        }
    }
}
