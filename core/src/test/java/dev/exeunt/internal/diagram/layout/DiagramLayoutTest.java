package dev.exeunt.internal.diagram.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.diagram.RandomGraphs;
import dev.exeunt.internal.diagram.graph.DiagramGraph;
import dev.exeunt.internal.diagram.graph.DiagramGraph.CardRow;
import dev.exeunt.internal.diagram.graph.DiagramGraph.GraphEdge;
import dev.exeunt.internal.diagram.graph.DiagramGraph.TableCard;
import dev.exeunt.internal.diagram.graph.FateMark;
import dev.exeunt.internal.diagram.layout.DiagramLayout.CardBox;
import dev.exeunt.internal.diagram.layout.DiagramLayout.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that a layout places cards and lines without overlaps. */
class DiagramLayoutTest {

    /** Holds a straight segment of a line and the edge bundle it belongs to. */
    private record LineSegment(int x1, int y1, int x2, int y2, EdgeBundle net) {

        static LineSegment of(Point a, Point b, EdgeBundle net) {
            return new LineSegment(
                    Math.min(a.x(), b.x()),
                    Math.min(a.y(), b.y()),
                    Math.max(a.x(), b.x()),
                    Math.max(a.y(), b.y()),
                    net);
        }

        boolean straight() {
            return x1 == x2 || y1 == y2;
        }

        boolean behind(CardBox box) {
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
        boolean beginsWith(LineSegment other) {
            return net.from() == other.net.from() && net.fromRow() == other.net.fromRow();
        }

        /** Along the same axis, not just crossing. */
        boolean covers(LineSegment other) {
            boolean upright = x1 == x2 && other.x1 == other.x2 && x1 == other.x1;
            boolean level = y1 == y2 && other.y1 == other.y2 && y1 == other.y1;
            return upright && y1 < other.y2 && other.y1 < y2 || level && x1 < other.x2 && other.x1 < x2;
        }
    }

    static Stream<DiagramGraph> graphs() {
        return Stream.concat(
                IntStream.of(1, 2, 200).mapToObj(tables -> RandomGraphs.random(tables, tables)),
                IntStream.range(0, 20).mapToObj(seed -> RandomGraphs.random(seed % 2 == 0 ? 10 : 40, seed)));
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void noTwoCardsOverlapAndAllAreInsideThePicture(DiagramGraph graph) {
        DiagramLayout layout = DiagramLayoutEngine.layout(graph);

        List<CardBox> boxes = layout.boxes();
        assertThat(boxes).hasSameSizeAs(graph.cards());
        for (CardBox one : boxes) {
            assertThat(one.x()).isNotNegative();
            assertThat(one.y()).isNotNegative();
            assertThat(one.x() + one.width()).isLessThanOrEqualTo(layout.width());
            assertThat(one.y() + one.height()).isLessThanOrEqualTo(layout.height());
            assertThat(boxes)
                    .filteredOn(other -> other != one && overlap(one, other))
                    .isEmpty();
        }
    }

    private static boolean overlap(CardBox one, CardBox other) {
        return one.x() < other.x() + other.width()
                && other.x() < one.x() + one.width()
                && one.y() < other.y() + other.height()
                && other.y() < one.y() + one.height();
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void everyLinkLeadsFromItsSourceToItsRow(DiagramGraph graph) {
        DiagramLayout layout = DiagramLayoutEngine.layout(graph);

        for (int number = 0; number < graph.wires().size(); number++) {
            GraphEdge wire = graph.wires().get(number);
            if (wire.loops()) {
                assertThat(layout.routes()).doesNotContainKey(number);
                continue;
            }
            List<Point> route = layout.routes().get(number);
            CardBox from = layout.boxes().get(wire.from());
            CardBox to = layout.boxes().get(wire.to());
            Point start = route.get(0);
            assertThat(start.x()).isEqualTo(from.x() + from.width());
            assertThat(start.y()).isBetween(from.y(), from.y() + from.height());
            int row = to.y() + DiagramMetrics.port(graph.cards().get(wire.to()), wire.toRow());
            assertThat(route.get(route.size() - 1)).isEqualTo(new Point(to.x(), row));
        }
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void linesRunBehindNoCardAndNeverAlongALineFromElsewhere(DiagramGraph graph) {
        DiagramLayout layout = DiagramLayoutEngine.layout(graph);
        List<LineSegment> pieces = pieces(graph, layout);

        assertThat(pieces).allMatch(LineSegment::straight);
        for (CardBox box : layout.boxes()) {
            assertThat(pieces).filteredOn(p -> p.behind(box)).isEmpty();
        }
        for (LineSegment piece : pieces) {
            assertThat(pieces)
                    .filteredOn(other -> !piece.beginsWith(other) && piece.covers(other))
                    .isEmpty();
        }
    }

    private static List<LineSegment> pieces(DiagramGraph graph, DiagramLayout layout) {
        List<EdgeBundle> nets = EdgeBundle.of(graph, new int[graph.cards().size()]);
        Set<LineSegment> pieces = new java.util.LinkedHashSet<>();
        for (EdgeBundle net : nets) {
            for (int number : net.wires().keySet()) {
                List<Point> route = layout.routes().get(number);
                for (int i = 1; i < route.size(); i++) {
                    pieces.add(LineSegment.of(route.get(i - 1), route.get(i), net));
                }
            }
        }
        return new ArrayList<>(pieces);
    }

    @Test
    void whatATableHangsOffStandsBeforeIt() {
        DiagramGraph graph = chain("people", "orders", "items", "returns");

        List<Integer> xs = DiagramLayoutEngine.layout(graph).boxes().stream()
                .map(CardBox::x)
                .toList();

        assertThat(xs).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aLongListIsFoldedIntoAPictureAboutAsWideAsHigh() {
        List<TableCard> cards = new ArrayList<>();
        List<GraphEdge> wires = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            cards.add(card("table_" + i));
            if (i > 0) {
                wires.add(new GraphEdge(0, GraphEdge.HEAD, i, 0, true, "user_id"));
            }
        }

        DiagramLayout layout = DiagramLayoutEngine.layout(new DiagramGraph(cards, wires, List.of(), List.of()));

        assertThat((double) layout.width() / layout.height()).isBetween(1.0, 2.0);
    }

    @Test
    void theSameGraphHasTheSamePicture() {
        assertThat(DiagramLayoutEngine.layout(RandomGraphs.random(120, 3)))
                .isEqualTo(DiagramLayoutEngine.layout(RandomGraphs.random(120, 3)));
    }

    private static DiagramGraph chain(String... names) {
        List<TableCard> cards = Stream.of(names).map(DiagramLayoutTest::card).toList();
        List<GraphEdge> wires = IntStream.range(1, names.length)
                .mapToObj(i -> new GraphEdge(i - 1, 0, i, 0, true, "up"))
                .toList();
        return new DiagramGraph(cards, wires, List.of(), List.of());
    }

    private static TableCard card(String name) {
        return new TableCard(name, true, List.of(new CardRow("user_id", FateMark.DELETE, "", name)));
    }
}
