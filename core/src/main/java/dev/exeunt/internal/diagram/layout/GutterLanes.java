package dev.exeunt.internal.diagram.layout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Assigns edge bundles to vertical lanes between two columns so that none overlap. */
final class GutterLanes {

    private static final int LEFT = 12;
    private static final int RIGHT = 18;
    private static final int APART = 2 * DiagramMetrics.GRID;

    private final List<LaneRun> runs = new ArrayList<>();
    private final List<List<IntSummaryStatistics>> taken = new ArrayList<>();
    private final Map<EdgeBundle, Integer> lanes = new HashMap<>();
    private int x;

    /** Represents the vertical stretch of one edge bundle in a gutter. */
    private record LaneRun(EdgeBundle net, int from, IntSummaryStatistics span) {

        /**
         * Of two lines that go down, the one that comes from further up turns later, so that neither crosses the other; of two
         * that go up, the one from further down.
         */
        int turn() {
            boolean down = span.getMax() - from > from - span.getMin();
            return down ? -from : from;
        }
    }

    /** @param ends where it comes from, then where it goes */
    void add(EdgeBundle net, List<Integer> ends) {
        IntSummaryStatistics span = ends.stream().mapToInt(Integer::intValue).summaryStatistics();
        runs.add(new LaneRun(net, ends.get(0), span));
    }

    /** A lane for each that was added. */
    void share() {
        runs.sort(Comparator.comparingInt(LaneRun::turn));
        runs.forEach(r -> share(r.net(), r.span()));
    }

    private void share(EdgeBundle net, IntSummaryStatistics span) {
        int lane = 0;
        while (lane < taken.size() && taken.get(lane).stream().anyMatch(t -> meet(t, span))) {
            lane++;
        }
        if (lane == taken.size()) {
            taken.add(new ArrayList<>());
        }
        taken.get(lane).add(span);
        lanes.put(net, lane);
    }

    /** A lane of its own, nearest to the cards it leads to: what branches off everywhere crosses least from there. */
    void addLast(EdgeBundle net) {
        lanes.put(net, taken.size());
        taken.add(List.of());
    }

    private static boolean meet(IntSummaryStatistics one, IntSummaryStatistics other) {
        return one.getMin() < other.getMax() + APART && other.getMin() < one.getMax() + APART;
    }

    GutterLanes from(int left) {
        x = left;
        return this;
    }

    int width() {
        return taken.isEmpty() ? 0 : LEFT + DiagramMetrics.LANE * taken.size() + RIGHT;
    }

    int x(EdgeBundle net) {
        return x + LEFT + DiagramMetrics.LANE * Objects.requireNonNull(lanes.get(net));
    }
}
