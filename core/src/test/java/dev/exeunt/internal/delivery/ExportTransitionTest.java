package dev.exeunt.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.export.ExportJob;
import dev.exeunt.internal.request.DocumentedTransitions;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The table of an export's transitions in the docs is the one in the code. */
class ExportTransitionTest {

    @Test
    void theDocsHaveEachTransitionAndNoOther() throws IOException {
        assertThat(DocumentedTransitions.in("explanation/exports.md"))
                .containsExactlyElementsOf(Arrays.stream(ExportTransition.values())
                        .map(t -> DocumentedTransitions.row(
                                t,
                                Arrays.stream(ExportJob.State.values())
                                        .filter(t.from()::contains)
                                        .map(ExportJob.State::word)
                                        .toList(),
                                t.to().word()))
                        .toList());
    }
}
