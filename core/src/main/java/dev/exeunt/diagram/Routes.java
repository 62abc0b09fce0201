package dev.exeunt.diagram;

import dev.exeunt.diagram.Graph.Wire;
import dev.exeunt.diagram.Layout.Box;
import dev.exeunt.diagram.Layout.Heading;
import dev.exeunt.diagram.Layout.Point;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Gives columns and gutters their widths and every wire its way: across through a gap between cards, up and down in a lane of a
 * gutter, so that no line ever runs behind a card.
 */
final class Routes {

    /** Between the person's lines and the cards below them. */
    private static final int BELOW_BAND = 2 * Size.GRID;

    private static final int PERSON_PORT = 2 * Size.GRID;

    private final Graph graph;
    private final Columns columns;
    private final List<Net> nets;
    private final Arrangement arrangement;
    private final int[] columnOf;
    private final List<Net> person;
    private final int start;
    private final Map<Integer, Lanes> lanes = new HashMap<>();
    private final int[] xs;

    Routes(Graph graph, Columns columns, List<Net> nets, Arrangement arrangement) {
        this.graph = graph;
        this.columns = columns;
        this.nets = nets;
        this.arrangement = arrangement;
        this.columnOf = columns.byCard();
        this.person = nets.stream().filter(Net::ofPerson).toList();
        boolean band = person.stream().anyMatch(n -> n.passes(1));
        this.start = band ? PERSON_PORT + BELOW_BAND : 0;
        this.xs = new int[columns.cards().size() + 1];
        spread();
    }

    Layout layout() {
        List<Box> boxes = new ArrayList<>();
        for (int card = 0; card < columnOf.length; card++) {
            int column = columnOf[card];
            int height = Size.height(graph.cards().get(card));
            boxes.add(new Box(xs[column], y(card), columns.width(graph, column), height));
        }
        Map<Integer, List<Point>> routes = new HashMap<>();
        nets.forEach(n -> n.wires().forEach((number, wire) -> routes.put(number, route(n, wire))));
        int height = boxes.stream().mapToInt(b -> b.y() + b.height()).max().orElse(0);
        return new Layout(boxes, routes, headings(), xs[columns.cards().size()], height + Size.GRID);
    }

    private void spread() {
        int x = 0;
        for (int gutter = -1; gutter < columns.cards().size(); gutter++) {
            Lanes own = lanes(gutter);
            lanes.put(gutter, own.from(x));
            x += own.width();
            if (gutter + 1 < columns.cards().size()) {
                xs[gutter + 1] = x;
                x += columns.width(graph, gutter + 1);
            }
        }
        xs[columns.cards().size()] = x;
    }

    private Lanes lanes(int gutter) {
        Lanes own = new Lanes();
        List<Net> using = nets.stream().filter(n -> n.uses(gutter)).toList();
        using.stream().filter(n -> !n.ofPerson()).forEach(n -> own.add(n, ends(n, gutter)));
        own.share();
        using.stream().filter(Net::ofPerson).forEach(own::addLast);
        return own;
    }

    /** How high a net's line is in a gutter, first where it comes from. */
    private List<Integer> ends(Net net, int gutter) {
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
        for (Wire wire : net.wires().values()) {
            if (columnOf[wire.to()] == gutter + 1) {
                ends.add(port(wire.to(), wire.toRow()));
            }
        }
        return ends;
    }

    private List<Point> route(Net net, Wire wire) {
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

    private int lane(Net net, int gutter) {
        return Objects.requireNonNull(lanes.get(gutter)).x(net);
    }

    private int pass(Net net, int column) {
        return net.ofPerson() ? port(net) : start(column) + arrangement.y(net, column);
    }

    private int port(Net net) {
        return net.ofPerson() ? PERSON_PORT - Size.LANE * person.indexOf(net) : port(net.from(), net.fromRow());
    }

    private int port(int card, int row) {
        return y(card) + Size.port(graph.cards().get(card), row);
    }

    private int y(int card) {
        return start(columnOf[card]) + arrangement.y(card);
    }

    /** Every other column stands half a step lower: see {@link Size}. */
    private int start(int column) {
        return column == 0 ? 0 : start + column % 2 * Size.GRID / 2;
    }

    private List<Heading> headings() {
        List<Heading> headings = new ArrayList<>();
        for (int column = 0; column < columns.cards().size(); column++) {
            int rank = columns.ranks().get(column);
            if (column == 0 || columns.ranks().get(column - 1) != rank) {
                headings.add(new Heading(xs[column], rank));
            }
        }
        return headings;
    }
}
