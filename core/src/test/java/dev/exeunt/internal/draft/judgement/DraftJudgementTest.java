package dev.exeunt.internal.draft.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Drafts a map for each judged schema and compares it with the judgement. No figure may rise above {@code figures.yaml},
 * except where that file says {@code only-printed}. {@code scripts/judge-drafts.sh} prints what the test finds.
 */
class DraftJudgementTest {

    static final Path REPORT = Path.of("target/draft-judgement.md");

    @TestFactory
    Stream<DynamicTest> noFigureOfADraftRises() throws IOException {
        Map<JudgedSchema, DraftScore> scores = new EnumMap<>(JudgedSchema.class);
        JudgedSchema.wanted().filter(JudgedSchema::hasScript).forEach(s -> scores.put(s, score(s)));
        Files.createDirectories(REPORT.toAbsolutePath().getParent());
        Files.writeString(REPORT, JudgementReport.write(List.copyOf(scores.values())));
        JudgementYaml baselines = JudgementYaml.file("figures.yaml");
        return JudgedSchema.wanted()
                .map(s -> DynamicTest.dynamicTest(s.title(), () -> {
                    s.needScript();
                    if (!baselines.word(s.title(), "").equals("only-printed")) {
                        notWorse(scores.get(s), baselines.child(s.title()));
                    }
                }));
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
