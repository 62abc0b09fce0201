package dev.exeunt.internal.draft.judgement;

import dev.exeunt.internal.draft.judgement.RoleJudgement.FateGrade;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Holds the figures of one draft and every fault behind them.
 *
 * @param found personal tables that the draft maps
 * @param drafted roles of the draft, without the person's own row
 * @param asked roles that the draft leaves undecided
 * @param grades how many roles have a fate of each grade
 */
record DraftScore(
        String schema,
        int tables,
        int found,
        int drafted,
        int asked,
        Map<FateGrade, Integer> grades,
        List<DraftFault> faults) {

    /** The figures that must not rise, by name. */
    Map<String, Integer> figures() {
        Map<String, Integer> figures = new LinkedHashMap<>();
        for (DraftFault.FaultKind kind : DraftFault.FaultKind.values()) {
            figures.merge(kind.figure(), count(kind), Integer::sum);
        }
        figures.put("asked-percent", askedPercent());
        return figures;
    }

    int askedPercent() {
        return drafted == 0 ? 0 : (asked * 100 + drafted - 1) / drafted;
    }

    private int count(DraftFault.FaultKind kind) {
        return (int) faults.stream().filter(f -> f.kind() == kind).count();
    }

    int right() {
        return grades.getOrDefault(FateGrade.RIGHT, 0);
    }

    int acceptable() {
        return grades.getOrDefault(FateGrade.ACCEPTABLE, 0);
    }

    /** One line for {@code figures.yaml}. */
    String baseline() {
        return figures().entrySet().stream()
                .map(e -> e.getKey() + ": " + e.getValue())
                .collect(Collectors.joining(", ", schema + ": { ", " }"));
    }
}
