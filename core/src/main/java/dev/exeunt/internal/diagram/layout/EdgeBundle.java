package dev.exeunt.internal.diagram.layout;

import dev.exeunt.internal.diagram.graph.DiagramGraph;
import dev.exeunt.internal.diagram.graph.DiagramGraph.GraphEdge;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Groups edges that leave from one row, which the diagram draws as one branching line. Gutter <i>g</i> lies between
 * columns <i>g</i> and <i>g</i>+1; a line comes to a card from the gutter before its column.
 *
 * @param column where it leaves from
 * @param wires by their number in the graph
 */
record EdgeBundle(
        int from,
        int fromRow,
        boolean keyed,
        int column,
        Map<Integer, GraphEdge> wires,
        int firstGutter,
        int lastGutter) {

    /** Identifies the row that an edge bundle leaves from, and its line style. */
    private record BundleStart(int from, int fromRow, boolean keyed) {}

    static List<EdgeBundle> of(DiagramGraph graph, int[] columns) {
        Map<BundleStart, Map<Integer, GraphEdge>> starts = new LinkedHashMap<>();
        for (int i = 0; i < graph.wires().size(); i++) {
            GraphEdge wire = graph.wires().get(i);
            if (!wire.loops()) {
                starts.computeIfAbsent(
                                new BundleStart(wire.from(), wire.fromRow(), wire.keyed()), s -> new LinkedHashMap<>())
                        .put(i, wire);
            }
        }
        List<EdgeBundle> nets = new ArrayList<>();
        starts.forEach((start, wires) -> {
            int column = columns[start.from()];
            int first = column;
            int last = column;
            for (GraphEdge wire : wires.values()) {
                first = Math.min(first, columns[wire.to()] - 1);
                last = Math.max(last, columns[wire.to()] - 1);
            }
            nets.add(new EdgeBundle(start.from(), start.fromRow(), start.keyed(), column, wires, first, last));
        });
        return nets;
    }

    /** Where it leaves from and how it looks tell a net from every other. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EdgeBundle net && from == net.from && fromRow == net.fromRow && keyed == net.keyed;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * from + fromRow) + (keyed ? 1 : 0);
    }

    boolean ofPerson() {
        return from == DiagramGraph.PERSON;
    }

    boolean uses(int gutter) {
        return firstGutter <= gutter && gutter <= lastGutter;
    }

    /** Whether it runs on past the cards of a column. */
    boolean passes(int otherColumn) {
        return firstGutter < otherColumn && otherColumn <= lastGutter;
    }
}
