package dev.exeunt.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.request.DocumentedTransitions;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Tests that documentation and code list the same transitions of requests. */
class RequestTransitionTest {

    @Test
    void theDocsHaveEachTransitionAndNoOther() throws IOException {
        assertThat(DocumentedTransitions.in("explanation/lifecycle.md"))
                .containsExactlyElementsOf(Arrays.stream(Request.Transition.values())
                        .map(t -> DocumentedTransitions.row(
                                t,
                                Arrays.stream(Request.State.values())
                                        .filter(t.from()::contains)
                                        .map(Request.State::word)
                                        .toList(),
                                t.to().word()))
                        .toList());
    }

    @Test
    void whatIsOverStaysOver() {
        for (Request.Transition transition : Request.Transition.values()) {
            assertThat(transition.from()).as("" + transition).allMatch(Request.State::isOpen);
        }
    }
}
