package dev.exeunt.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of transitions in the docs is the one in the code. */
class TransitionTest {

    @Test
    void theDocsHaveEachTransitionAndNoOther() throws IOException {
        List<String> told = Files.readAllLines(Path.of("../docs/lifecycle.md")).stream()
                .dropWhile(line -> !line.startsWith("| transition |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.replaceAll("`: [^|]*\\|", "` |"))
                .toList();
        assertThat(told)
                .containsExactlyElementsOf(Arrays.stream(Transition.values())
                        .map(t -> "| `" + word(t) + "` | "
                                + Arrays.stream(RequestState.values())
                                        .filter(t.from()::contains)
                                        .map(RequestState::word)
                                        .collect(Collectors.joining(", "))
                                + " | " + t.to().word() + " |")
                        .toList());
    }

    @Test
    void whatIsOverStaysOver() {
        for (Transition transition : Transition.values()) {
            assertThat(transition.from()).as("" + transition).allMatch(RequestState::isOpen);
        }
    }

    private static String word(Transition transition) {
        return transition.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
