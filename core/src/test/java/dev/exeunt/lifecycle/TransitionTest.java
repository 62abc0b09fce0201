package dev.exeunt.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The table of transitions in the docs is the one in the code. */
class TransitionTest {

    @Test
    void theDocsHaveEachTransitionAndNoOther() throws IOException {
        assertThat(TransitionTable.in("lifecycle.md"))
                .containsExactlyElementsOf(Arrays.stream(Transition.values())
                        .map(t -> TransitionTable.row(
                                t,
                                Arrays.stream(RequestState.values())
                                        .filter(t.from()::contains)
                                        .map(RequestState::word)
                                        .toList(),
                                t.to().word()))
                        .toList());
    }

    @Test
    void whatIsOverStaysOver() {
        for (Transition transition : Transition.values()) {
            assertThat(transition.from()).as("" + transition).allMatch(RequestState::isOpen);
        }
    }
}
