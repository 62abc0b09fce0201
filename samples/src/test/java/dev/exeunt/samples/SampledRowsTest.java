package dev.exeunt.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.map.CheckResult;
import dev.exeunt.map.DataSampling;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that sampled rows tell nothing of a sample's map that is not worth reading. */
class SampledRowsTest {

    @ParameterizedTest
    @ValueSource(strings = {"catch-log", "guild-platform", "prediction-market", "task-planner", "workspace-suite"})
    void theRowsOfASampleTellNothingThatItsMapDoesNotSay(String name) {
        try (LoadedSample sample = LoadedSample.load(name)) {
            CheckResult checked = sample.exeunt().check(sample.map(), DataSampling.DEFAULT);

            assertThat(checked.findings())
                    .isEqualTo(sample.exeunt().check(sample.map()).findings());
            assertThat(checked.notes()).isEmpty();
        }
    }
}
