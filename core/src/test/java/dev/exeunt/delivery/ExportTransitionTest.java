package dev.exeunt.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of an export's transitions in the docs is the one in the code. */
class ExportTransitionTest {

    @Test
    void theDocsHaveEachTransitionAndNoOther() throws IOException {
        List<String> told = Files.readAllLines(Path.of("../docs/exports.md")).stream()
                .dropWhile(line -> !line.startsWith("| transition |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.replaceAll("`: [^|]*\\|", "` |"))
                .toList();
        assertThat(told)
                .containsExactlyElementsOf(Arrays.stream(ExportTransition.values())
                        .map(t -> "| `" + t.name().toLowerCase(Locale.ROOT).replace('_', '-') + "` | "
                                + Arrays.stream(ExportState.values())
                                        .filter(t.from()::contains)
                                        .map(ExportState::word)
                                        .collect(Collectors.joining(", "))
                                + " | " + t.to().word() + " |")
                        .toList());
    }
}
