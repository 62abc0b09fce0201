package dev.exeunt.internal.diagram.layout;

import dev.exeunt.internal.diagram.graph.DiagramGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Holds the positions of all cards, lines and headings, and the size of the picture.
 *
 * @param boxes by card
 * @param routes by wire; corners of a line that runs along the axes
 */
public record DiagramLayout(
        List<CardBox> boxes, Map<Integer, List<Point>> routes, List<ColumnHeading> headings, int width, int height) {

    /** Wider than high, as screens and pages are. */
    private static final double SHAPE = 1.5;

    private static final int GUTTER = 70;

    /** Holds the position and size of one card. */
    public record CardBox(int x, int y, int width, int height) {}

    public record Point(int x, int y) {}

    /** Holds the position of a heading that says how many links away from the person its columns are. */
    public record ColumnHeading(int x, int rank) {}

    public static DiagramLayout of(DiagramGraph graph) {
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
