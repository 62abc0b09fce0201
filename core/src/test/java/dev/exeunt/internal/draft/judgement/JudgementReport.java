package dev.exeunt.internal.draft.judgement;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the figures of all drafts as a table, and lists the faults below it. */
final class JudgementReport {

    private static final String HEADER = """
            | schema | tables | personal: found | missing | right | acceptable | poor | harmful | asked | needless | missed | secrets exported | columns left | others overwritten | unjudged |
            |---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
            """;

    private JudgementReport() {}

    static String write(List<DraftScore> scores) {
        StringBuilder report = new StringBuilder(HEADER);
        scores.forEach(s -> report.append(row(s)).append('\n'));
        report.append('\n');
        scores.forEach(s -> report.append(s.baseline()).append('\n'));
        for (DraftFault.FaultKind kind : DraftFault.FaultKind.values()) {
            List<String> lines = lines(scores, kind);
            report.append("\n## ")
                    .append(kind)
                    .append(": ")
                    .append(lines.size())
                    .append('\n');
            lines.forEach(l -> report.append("- ").append(l).append('\n'));
        }
        return report.toString();
    }

    private static String row(DraftScore score) {
        Map<String, Integer> figures = score.figures();
        List<Object> cells = new ArrayList<>(List.of(score.schema(), score.tables(), score.found()));
        cells.add(figures.get("missing"));
        cells.addAll(List.of(score.right(), score.acceptable()));
        cells.addAll(List.of(figures.get("poor"), figures.get("harmful")));
        cells.add(score.asked() + " of " + score.drafted() + " (" + score.askedPercent() + " %)");
        List.of("needless", "missed", "secrets", "left", "overwritten", "unjudged")
                .forEach(f -> cells.add(figures.get(f)));
        return "| " + String.join(" | ", cells.stream().map(String::valueOf).toList()) + " |";
    }

    private static List<String> lines(List<DraftScore> scores, DraftFault.FaultKind kind) {
        return scores.stream()
                .flatMap(s -> s.faults().stream().filter(f -> f.kind() == kind).map(f -> s.schema() + " " + f))
                .toList();
    }
}
