package dev.exeunt.internal.diagram.layout;

import dev.exeunt.internal.diagram.graph.DiagramGraph;
import java.util.ArrayList;
import java.util.List;

/** Lays out a diagram: tries several heights of the columns and takes the one whose shape fits best. */
public final class DiagramLayoutEngine {

    /** Wider than high, as screens and pages are. */
    private static final double SHAPE = 1.5;

    private static final int GUTTER = 70;

    private DiagramLayoutEngine() {}

    public static DiagramLayout layout(DiagramGraph graph) {
        int[] ranks = CardRanks.of(graph);
        CardColumns columns = chooseColumns(graph, ranks);
        List<EdgeBundle> nets = EdgeBundle.of(graph, columns.byCard());
        return new EdgeRouter(graph, columns, nets, CardArrangement.of(graph, columns, nets)).layout();
    }

    /** The best of some heights. */
    private static CardColumns chooseColumns(DiagramGraph graph, int[] ranks) {
        List<Integer> all = new ArrayList<>();
        for (int card = 0; card < ranks.length; card++) {
            all.add(card);
        }
        int most = CardColumns.height(graph, all);
        CardColumns best = CardColumns.of(graph, ranks, most);
        for (int parts = 2; parts <= 40; parts++) {
            CardColumns columns = CardColumns.of(graph, ranks, Math.max(1, most / parts));
            if (distortion(graph, columns) < distortion(graph, best)) {
                best = columns;
            }
        }
        return best;
    }

    private static double distortion(DiagramGraph graph, CardColumns columns) {
        int width = 0;
        int height = 0;
        for (int column = 0; column < columns.cards().size(); column++) {
            width += columns.width(graph, column) + GUTTER;
            height = Math.max(height, CardColumns.height(graph, columns.cards().get(column)));
        }
        return Math.abs(Math.log(width / (SHAPE * height)));
    }
}
