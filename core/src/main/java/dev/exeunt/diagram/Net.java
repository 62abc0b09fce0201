package dev.exeunt.diagram;

import dev.exeunt.diagram.Graph.Wire;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Wires that leave from one place and look alike: they are drawn as one line that branches. Gutter <i>g</i> lies between
 * columns <i>g</i> and <i>g</i>+1; a line comes to a card from the gutter before its column.
 *
 * @param column where it leaves from
 * @param wires by their number in the graph
 */
record Net(
        int from, int fromRow, boolean keyed, int column, Map<Integer, Wire> wires, int firstGutter, int lastGutter) {

    private record Start(int from, int fromRow, boolean keyed) {}

    static List<Net> of(Graph graph, int[] columns) {
        Map<Start, Map<Integer, Wire>> starts = new LinkedHashMap<>();
        for (int i = 0; i < graph.wires().size(); i++) {
            Wire wire = graph.wires().get(i);
            if (!wire.loops()) {
                starts.computeIfAbsent(new Start(wire.from(), wire.fromRow(), wire.keyed()), s -> new LinkedHashMap<>())
                        .put(i, wire);
            }
        }
        List<Net> nets = new ArrayList<>();
        starts.forEach((start, wires) -> {
            int column = columns[start.from()];
            int first = column;
            int last = column;
            for (Wire wire : wires.values()) {
                first = Math.min(first, columns[wire.to()] - 1);
                last = Math.max(last, columns[wire.to()] - 1);
            }
            nets.add(new Net(start.from(), start.fromRow(), start.keyed(), column, wires, first, last));
        });
        return nets;
    }

    /** Where it leaves from and how it looks tell a net from every other. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Net net && from == net.from && fromRow == net.fromRow && keyed == net.keyed;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * from + fromRow) + (keyed ? 1 : 0);
    }

    boolean ofPerson() {
        return from == Graph.PERSON;
    }

    boolean uses(int gutter) {
        return firstGutter <= gutter && gutter <= lastGutter;
    }

    /** Whether it runs on past the cards of a column. */
    boolean passes(int otherColumn) {
        return firstGutter < otherColumn && otherColumn <= lastGutter;
    }
}
