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
                .containsExactlyElementsOf(Arrays.stream(RequestTransition.values())
                        .map(t -> DocumentedTransitions.row(
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
        for (RequestTransition transition : RequestTransition.values()) {
            assertThat(transition.from()).as("" + transition).allMatch(RequestState::isOpen);
        }
    }
}
