package dev.exeunt.internal.draft.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Drafts a map for each judged schema and compares it with the judgement. No figure may rise above {@code figures.yaml}.
 * {@code scripts/judge-drafts.sh} prints what the test finds.
 */
class DraftJudgementTest {

    static final Path REPORT = Path.of("target/draft-judgement.md");

    @TestFactory
    Stream<DynamicTest> noFigureOfADraftRises() throws IOException {
        List<DraftScore> scores =
                JudgedSchema.present().map(DraftJudgementTest::score).toList();
        Files.createDirectories(REPORT.toAbsolutePath().getParent());
        Files.writeString(REPORT, JudgementReport.write(scores));
        JudgementYaml baselines = JudgementYaml.file("figures.yaml");
        return scores.stream()
                .map(s -> DynamicTest.dynamicTest(s.schema(), () -> notWorse(s, baselines.child(s.schema()))));
    }

    private static DraftScore score(JudgedSchema schema) {
        SchemaJudgement judgement = schema.judgement();
        return DraftComparison.compare(judgement, DraftedTables.draft(schema.load(), judgement.subject()));
    }

    private static void notWorse(DraftScore score, JudgementYaml baseline) {
        score.figures()
                .forEach((figure, now) -> assertThat(now)
                        .as(score.schema() + ": " + figure + "; " + REPORT + " names each place")
                        .isLessThanOrEqualTo(baseline.number(figure)));
    }
}
