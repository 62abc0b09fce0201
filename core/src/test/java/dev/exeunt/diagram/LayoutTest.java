package dev.exeunt.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.diagram.Graph.Card;
import dev.exeunt.diagram.Graph.Row;
import dev.exeunt.diagram.Graph.Wire;
import dev.exeunt.diagram.Layout.Box;
import dev.exeunt.diagram.Layout.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LayoutTest {

    /** A straight piece of a line, and what the line belongs to. */
    private record Piece(int x1, int y1, int x2, int y2, Net net) {

        static Piece of(Point a, Point b, Net net) {
            return new Piece(
                    Math.min(a.x(), b.x()),
                    Math.min(a.y(), b.y()),
                    Math.max(a.x(), b.x()),
                    Math.max(a.y(), b.y()),
                    net);
        }

        boolean straight() {
            return x1 == x2 || y1 == y2;
        }

        boolean behind(Box box) {
            return x1 < box.x() + box.width() && box.x() < x2 && y1 < box.y() + box.height() && box.y() < y2
                    || x1 == x2
                            && x1 > box.x()
                            && x1 < box.x() + box.width()
                            && y1 < box.y() + box.height()
                            && box.y() < y2
                    || y1 == y2
                            && y1 > box.y()
                            && y1 < box.y() + box.height()
                            && x1 < box.x() + box.width()
                            && box.x() < x2;
        }

        /** Lines that leave from one place may, until they part. */
        boolean beginsWith(Piece other) {
            return net.from() == other.net.from() && net.fromRow() == other.net.fromRow();
        }

        /** Along the same axis, not just crossing. */
        boolean covers(Piece other) {
            boolean upright = x1 == x2 && other.x1 == other.x2 && x1 == other.x1;
            boolean level = y1 == y2 && other.y1 == other.y2 && y1 == other.y1;
            return upright && y1 < other.y2 && other.y1 < y2 || level && x1 < other.x2 && other.x1 < x2;
        }
    }

    static Stream<Graph> graphs() {
        return Stream.concat(
                IntStream.of(1, 2, 200).mapToObj(tables -> Graphs.random(tables, tables)),
                IntStream.range(0, 20).mapToObj(seed -> Graphs.random(seed % 2 == 0 ? 10 : 40, seed)));
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void noTwoCardsOverlapAndAllAreInsideThePicture(Graph graph) {
        Layout layout = Layout.of(graph);

        List<Box> boxes = layout.boxes();
        assertThat(boxes).hasSameSizeAs(graph.cards());
        for (Box one : boxes) {
            assertThat(one.x()).isNotNegative();
            assertThat(one.y()).isNotNegative();
            assertThat(one.x() + one.width()).isLessThanOrEqualTo(layout.width());
            assertThat(one.y() + one.height()).isLessThanOrEqualTo(layout.height());
            assertThat(boxes)
                    .filteredOn(other -> other != one && overlap(one, other))
                    .isEmpty();
        }
    }

    private static boolean overlap(Box one, Box other) {
        return one.x() < other.x() + other.width()
                && other.x() < one.x() + one.width()
                && one.y() < other.y() + other.height()
                && other.y() < one.y() + one.height();
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void everyLinkLeadsFromItsSourceToItsRow(Graph graph) {
        Layout layout = Layout.of(graph);

        for (int number = 0; number < graph.wires().size(); number++) {
            Wire wire = graph.wires().get(number);
            if (wire.loops()) {
                assertThat(layout.routes()).doesNotContainKey(number);
                continue;
            }
            List<Point> route = layout.routes().get(number);
            Box from = layout.boxes().get(wire.from());
            Box to = layout.boxes().get(wire.to());
            Point start = route.get(0);
            assertThat(start.x()).isEqualTo(from.x() + from.width());
            assertThat(start.y()).isBetween(from.y(), from.y() + from.height());
            int row = to.y() + Size.port(graph.cards().get(wire.to()), wire.toRow());
            assertThat(route.get(route.size() - 1)).isEqualTo(new Point(to.x(), row));
        }
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void linesRunBehindNoCardAndNeverAlongALineFromElsewhere(Graph graph) {
        Layout layout = Layout.of(graph);
        List<Piece> pieces = pieces(graph, layout);

        assertThat(pieces).allMatch(Piece::straight);
        for (Box box : layout.boxes()) {
            assertThat(pieces).filteredOn(p -> p.behind(box)).isEmpty();
        }
        for (Piece piece : pieces) {
            assertThat(pieces)
                    .filteredOn(other -> !piece.beginsWith(other) && piece.covers(other))
                    .isEmpty();
        }
    }

    private static List<Piece> pieces(Graph graph, Layout layout) {
        List<Net> nets = Net.of(graph, new int[graph.cards().size()]);
        Set<Piece> pieces = new java.util.LinkedHashSet<>();
        for (Net net : nets) {
            for (int number : net.wires().keySet()) {
                List<Point> route = layout.routes().get(number);
                for (int i = 1; i < route.size(); i++) {
                    pieces.add(Piece.of(route.get(i - 1), route.get(i), net));
                }
            }
        }
        return new ArrayList<>(pieces);
    }

    @Test
    void whatATableHangsOffStandsBeforeIt() {
        Graph graph = chain("people", "orders", "items", "returns");

        List<Integer> xs = Layout.of(graph).boxes().stream().map(Box::x).toList();

        assertThat(xs).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aLongListIsFoldedIntoAPictureAboutAsWideAsHigh() {
        List<Card> cards = new ArrayList<>();
        List<Wire> wires = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            cards.add(card("table_" + i));
            if (i > 0) {
                wires.add(new Wire(0, Wire.HEAD, i, 0, true, "user_id"));
            }
        }

        Layout layout = Layout.of(new Graph(cards, wires, List.of(), List.of()));

        assertThat((double) layout.width() / layout.height()).isBetween(1.0, 2.0);
    }

    @Test
    void theSameGraphHasTheSamePicture() {
        assertThat(Layout.of(Graphs.random(120, 3))).isEqualTo(Layout.of(Graphs.random(120, 3)));
    }

    private static Graph chain(String... names) {
        List<Card> cards = Stream.of(names).map(LayoutTest::card).toList();
        List<Wire> wires = IntStream.range(1, names.length)
                .mapToObj(i -> new Wire(i - 1, 0, i, 0, true, "up"))
                .toList();
        return new Graph(cards, wires, List.of(), List.of());
    }

    private static Card card(String name) {
        return new Card(name, true, List.of(new Row("user_id", Mark.DELETE, "", name)));
    }
}
