package dev.exeunt.diagram;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Where in a gutter each net runs up and down: two may share a lane where they do not meet. */
final class Lanes {

    private static final int LEFT = 12;
    private static final int RIGHT = 18;
    private static final int APART = 2 * Size.GRID;

    private final List<Run> runs = new ArrayList<>();
    private final List<List<IntSummaryStatistics>> taken = new ArrayList<>();
    private final Map<Net, Integer> lanes = new HashMap<>();
    private int x;

    /** One net's way through this gutter: from where it comes to where it goes. */
    private record Run(Net net, int from, IntSummaryStatistics span) {

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
    void add(Net net, List<Integer> ends) {
        IntSummaryStatistics span = ends.stream().mapToInt(Integer::intValue).summaryStatistics();
        runs.add(new Run(net, ends.get(0), span));
    }

    /** A lane for each that was added. */
    void share() {
        runs.sort(Comparator.comparingInt(Run::turn));
        runs.forEach(r -> share(r.net(), r.span()));
    }

    private void share(Net net, IntSummaryStatistics span) {
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
    void addLast(Net net) {
        lanes.put(net, taken.size());
        taken.add(List.of());
    }

    private static boolean meet(IntSummaryStatistics one, IntSummaryStatistics other) {
        return one.getMin() < other.getMax() + APART && other.getMin() < one.getMax() + APART;
    }

    Lanes from(int left) {
        x = left;
        return this;
    }

    int width() {
        return taken.isEmpty() ? 0 : LEFT + Size.LANE * taken.size() + RIGHT;
    }

    int x(Net net) {
        return x + LEFT + Size.LANE * Objects.requireNonNull(lanes.get(net));
    }
}
