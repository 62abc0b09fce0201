package dev.exeunt.internal.diagram.layout;

import dev.exeunt.internal.diagram.graph.DiagramGraph;
import dev.exeunt.internal.diagram.graph.DiagramGraph.GraphEdge;
import dev.exeunt.internal.diagram.layout.DiagramLayout.CardBox;
import dev.exeunt.internal.diagram.layout.DiagramLayout.ColumnHeading;
import dev.exeunt.internal.diagram.layout.DiagramLayout.Point;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Routes every edge through gaps and lanes between the cards, so that no line runs behind a card. */
final class EdgeRouter {

    /** Between the person's lines and the cards below them. */
    private static final int BELOW_BAND = 2 * DiagramMetrics.GRID;

    private static final int PERSON_PORT = 2 * DiagramMetrics.GRID;

    private final DiagramGraph graph;
    private final CardColumns columns;
    private final List<EdgeBundle> nets;
    private final CardArrangement arrangement;
    private final int[] columnOf;
    private final List<EdgeBundle> person;
    private final int start;
    private final Map<Integer, GutterLanes> lanes = new HashMap<>();
    private final int[] xs;

    EdgeRouter(DiagramGraph graph, CardColumns columns, List<EdgeBundle> nets, CardArrangement arrangement) {
        this.graph = graph;
        this.columns = columns;
        this.nets = nets;
        this.arrangement = arrangement;
        this.columnOf = columns.byCard();
        this.person = nets.stream().filter(EdgeBundle::ofPerson).toList();
        boolean band = person.stream().anyMatch(n -> n.passes(1));
        this.start = band ? PERSON_PORT + BELOW_BAND : 0;
        this.xs = new int[columns.cards().size() + 1];
        spread();
    }

    DiagramLayout layout() {
        List<CardBox> boxes = new ArrayList<>();
        for (int card = 0; card < columnOf.length; card++) {
            int column = columnOf[card];
            int height = DiagramMetrics.height(graph.cards().get(card));
            boxes.add(new CardBox(xs[column], y(card), columns.width(graph, column), height));
        }
        Map<Integer, List<Point>> routes = new HashMap<>();
        nets.forEach(n -> n.wires().forEach((number, wire) -> routes.put(number, route(n, wire))));
        int height = boxes.stream().mapToInt(b -> b.y() + b.height()).max().orElse(0);
        return new DiagramLayout(boxes, routes, headings(), xs[columns.cards().size()], height + DiagramMetrics.GRID);
    }

    private void spread() {
        int x = 0;
        for (int gutter = -1; gutter < columns.cards().size(); gutter++) {
            GutterLanes own = lanes(gutter);
            lanes.put(gutter, own.from(x));
            x += own.width();
            if (gutter + 1 < columns.cards().size()) {
                xs[gutter + 1] = x;
                x += columns.width(graph, gutter + 1);
            }
        }
        xs[columns.cards().size()] = x;
    }

    private GutterLanes lanes(int gutter) {
        GutterLanes own = new GutterLanes();
        List<EdgeBundle> using = nets.stream().filter(n -> n.uses(gutter)).toList();
        using.stream().filter(n -> !n.ofPerson()).forEach(n -> own.add(n, ends(n, gutter)));
        own.share();
        using.stream().filter(EdgeBundle::ofPerson).forEach(own::addLast);
        return own;
    }

    /** How high a net's line is in a gutter, first where it comes from. */
    private List<Integer> ends(EdgeBundle net, int gutter) {
        List<Integer> ends = new ArrayList<>();
        if (net.column() == gutter) {
            ends.add(port(net));
        }
        boolean forward = gutter >= net.column();
        for (int column : forward ? List.of(gutter, gutter + 1) : List.of(gutter + 1, gutter)) {
            if (net.passes(column)) {
                ends.add(pass(net, column));
            }
        }
        for (GraphEdge wire : net.wires().values()) {
            if (columnOf[wire.to()] == gutter + 1) {
                ends.add(port(wire.to(), wire.toRow()));
            }
        }
        return ends;
    }

    private List<Point> route(EdgeBundle net, GraphEdge wire) {
        List<Point> points = new ArrayList<>();
        int gutter = net.column();
        int target = columnOf[wire.to()] - 1;
        int y = port(net);
        points.add(new Point(xs[gutter] + columns.width(graph, gutter), y));
        points.add(new Point(lane(net, gutter), y));
        while (gutter != target) {
            int column = gutter < target ? gutter + 1 : gutter;
            int next = gutter < target ? gutter + 1 : gutter - 1;
            y = pass(net, column);
            points.add(new Point(lane(net, gutter), y));
            points.add(new Point(lane(net, next), y));
            gutter = next;
        }
        y = port(wire.to(), wire.toRow());
        points.add(new Point(lane(net, gutter), y));
        points.add(new Point(xs[columnOf[wire.to()]], y));
        return points;
    }

    private int lane(EdgeBundle net, int gutter) {
        return Objects.requireNonNull(lanes.get(gutter)).x(net);
    }

    private int pass(EdgeBundle net, int column) {
        return net.ofPerson() ? port(net) : start(column) + arrangement.y(net, column);
    }

    private int port(EdgeBundle net) {
        return net.ofPerson()
                ? PERSON_PORT - DiagramMetrics.LANE * person.indexOf(net)
                : port(net.from(), net.fromRow());
    }

    private int port(int card, int row) {
        return y(card) + DiagramMetrics.port(graph.cards().get(card), row);
    }

    private int y(int card) {
        return start(columnOf[card]) + arrangement.y(card);
    }

    /** Every other column stands half a step lower: see {@link DiagramMetrics}. */
    private int start(int column) {
        return column == 0 ? 0 : start + column % 2 * DiagramMetrics.GRID / 2;
    }

    private List<ColumnHeading> headings() {
        List<ColumnHeading> headings = new ArrayList<>();
        for (int column = 0; column < columns.cards().size(); column++) {
            int rank = columns.ranks().get(column);
            if (column == 0 || columns.ranks().get(column - 1) != rank) {
                headings.add(new ColumnHeading(xs[column], rank));
            }
        }
        return headings;
    }
}
