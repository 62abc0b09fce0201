package dev.exeunt.diagram;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where everything is.
 *
 * @param boxes by card
 * @param routes by wire; corners of a line that runs along the axes
 */
record Layout(List<Box> boxes, Map<Integer, List<Point>> routes, List<Heading> headings, int width, int height) {

    /** Wider than high, as screens and pages are. */
    private static final double SHAPE = 1.5;

    private static final int GUTTER = 70;

    record Box(int x, int y, int width, int height) {}

    record Point(int x, int y) {}

    /** How far away from the person the columns from here on are. */
    record Heading(int x, int rank) {}

    static Layout of(Graph graph) {
        int[] ranks = Ranks.of(graph);
        Columns columns = shapely(graph, ranks);
        List<Net> nets = Net.of(graph, columns.byCard());
        return new Routes(graph, columns, nets, Arrangement.of(graph, columns, nets)).layout();
    }

    /** The best of some heights. */
    private static Columns shapely(Graph graph, int[] ranks) {
        List<Integer> all = new ArrayList<>();
        for (int card = 0; card < ranks.length; card++) {
            all.add(card);
        }
        int most = Columns.height(graph, all);
        Columns best = Columns.of(graph, ranks, most);
        for (int parts = 2; parts <= 40; parts++) {
            Columns columns = Columns.of(graph, ranks, Math.max(1, most / parts));
            if (distortion(graph, columns) < distortion(graph, best)) {
                best = columns;
            }
        }
        return best;
    }

    private static double distortion(Graph graph, Columns columns) {
        int width = 0;
        int height = 0;
        for (int column = 0; column < columns.cards().size(); column++) {
            width += columns.width(graph, column) + GUTTER;
            height = Math.max(height, Columns.height(graph, columns.cards().get(column)));
        }
        return Math.abs(Math.log(width / (SHAPE * height)));
    }
}
