package dev.exeunt.internal.diagram.layout;

import dev.exeunt.internal.diagram.graph.DiagramGraph;
import dev.exeunt.internal.diagram.graph.DiagramGraph.GraphEdge;
import dev.exeunt.internal.diagram.graph.DiagramGraph.TableCard;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Orders the cards of each column and sets their heights, so that few lines cross (barycentre heuristic). The person's
 * own lines do not count: they lead nearly everywhere, in a band above all columns.
 */
final class CardArrangement {

    private static final int ROUNDS = 12;

    private final DiagramGraph graph;
    private final int[] columnOf;
    private final List<List<ColumnSlot>> columns = new ArrayList<>();
    private final Map<Integer, ColumnSlot> cards = new HashMap<>();
    private final Map<ColumnPassage, ColumnSlot> passes = new HashMap<>();

    /** Identifies the place where an edge bundle crosses a column. */
    private record ColumnPassage(EdgeBundle net, int column) {}

    /** Identifies the slot and height at which an edge bundle ends. */
    private record BundleEnd(ColumnSlot slot, int port) {}

    private CardArrangement(DiagramGraph graph, CardColumns columns) {
        this.graph = graph;
        this.columnOf = columns.byCard();
        for (List<Integer> column : columns.cards()) {
            List<ColumnSlot> slots = new ArrayList<>();
            for (int card : column) {
                ColumnSlot slot = ColumnSlot.card(
                        card, DiagramMetrics.height(graph.cards().get(card)) + 2 * DiagramMetrics.GRID);
                cards.put(card, slot);
                slots.add(slot);
            }
            this.columns.add(slots);
        }
    }

    static CardArrangement of(DiagramGraph graph, CardColumns columns, List<EdgeBundle> nets) {
        CardArrangement arrangement = new CardArrangement(graph, columns);
        nets.stream().filter(n -> !n.ofPerson()).forEach(arrangement::thread);
        arrangement.settle();
        return arrangement;
    }

    /** From the top of the columns. */
    int y(int card) {
        return Objects.requireNonNull(cards.get(card)).y();
    }

    /** Where a line crosses a column. */
    int y(EdgeBundle net, int column) {
        return Objects.requireNonNull(passes.get(new ColumnPassage(net, column)))
                        .y()
                + DiagramMetrics.PASS_LINE;
    }

    int height() {
        return columns.stream().mapToInt(SlotPlacement::height).max().orElse(0);
    }

    private void thread(EdgeBundle net) {
        for (int column = net.firstGutter() + 1; column <= net.lastGutter(); column++) {
            ColumnSlot pass = ColumnSlot.pass();
            passes.put(new ColumnPassage(net, column), pass);
            columns.get(column).add(pass);
        }
        for (int gutter = net.firstGutter(); gutter <= net.lastGutter(); gutter++) {
            join(ends(net, gutter));
        }
    }

    /** The first is where the line comes from. */
    private List<BundleEnd> ends(EdgeBundle net, int gutter) {
        List<BundleEnd> ends = new ArrayList<>();
        if (net.column() == gutter) {
            ends.add(end(net.from(), net.fromRow()));
        }
        boolean forward = gutter >= net.column();
        for (int column : forward ? List.of(gutter, gutter + 1) : List.of(gutter + 1, gutter)) {
            ColumnSlot pass = passes.get(new ColumnPassage(net, column));
            if (pass != null) {
                ends.add(new BundleEnd(pass, DiagramMetrics.PASS_LINE));
            }
        }
        for (GraphEdge wire : net.wires().values()) {
            if (columnOf[wire.to()] == gutter + 1) {
                ends.add(end(wire.to(), wire.toRow()));
            }
        }
        return ends;
    }

    private BundleEnd end(int card, int row) {
        TableCard what = graph.cards().get(card);
        return new BundleEnd(Objects.requireNonNull(cards.get(card)), DiagramMetrics.port(what, row));
    }

    private static void join(List<BundleEnd> ends) {
        BundleEnd first = ends.get(0);
        ends.stream().skip(1).forEach(e -> ColumnSlot.join(first.slot(), first.port(), e.slot(), e.port()));
    }

    private void settle() {
        columns.forEach(this::place);
        List<List<ColumnSlot>> best = copy();
        long least = stretch();
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 1; i < columns.size(); i++) {
                sort(columns.get(round % 2 == 0 ? i : columns.size() - i));
            }
            if (stretch() < least) {
                least = stretch();
                best = copy();
            }
        }
        columns.clear();
        columns.addAll(best);
        // once more from both sides, since where a slot may stand has changed with its neighbours
        columns.forEach(this::place);
        columns.forEach(this::place);
    }

    /** The person stands at the top. */
    private void place(List<ColumnSlot> column) {
        boolean ofPerson = column.get(0).card() == DiagramGraph.PERSON;
        SlotPlacement.place(column, ofPerson ? SlotPlacement.height(column) : height());
    }

    /** What hangs off the person alone stands below, as it was. */
    private void sort(List<ColumnSlot> column) {
        column.sort(Comparator.comparingDouble(s -> s.wish().orElse(Double.MAX_VALUE)));
        place(column);
    }

    private long stretch() {
        return cards.values().stream().mapToLong(ColumnSlot::stretch).sum()
                + passes.values().stream().mapToLong(ColumnSlot::stretch).sum();
    }

    private List<List<ColumnSlot>> copy() {
        List<List<ColumnSlot>> copy = new ArrayList<>();
        columns.forEach(c -> copy.add(new ArrayList<>(c)));
        return copy;
    }
}
