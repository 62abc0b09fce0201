package dev.exeunt.diagram;

import dev.exeunt.diagram.Graph.Card;
import dev.exeunt.diagram.Graph.Wire;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * In which order the cards of each column stand, and how far down: sorted back and forth by the mean of what each is joined to
 * (the barycentre heuristic of Sugiyama, Tagawa and Toda, 1981), the best of some rounds. The person's own lines do not count:
 * they lead nearly everywhere, in a band above all columns.
 */
final class Arrangement {

    private static final int ROUNDS = 12;

    private final Graph graph;
    private final int[] columnOf;
    private final List<List<Slot>> columns = new ArrayList<>();
    private final Map<Integer, Slot> cards = new HashMap<>();
    private final Map<Passage, Slot> passes = new HashMap<>();

    private record Passage(Net net, int column) {}

    private record End(Slot slot, int port) {}

    private Arrangement(Graph graph, Columns columns) {
        this.graph = graph;
        this.columnOf = columns.byCard();
        for (List<Integer> column : columns.cards()) {
            List<Slot> slots = new ArrayList<>();
            for (int card : column) {
                Slot slot = Slot.card(card, Size.height(graph.cards().get(card)) + 2 * Size.GRID);
                cards.put(card, slot);
                slots.add(slot);
            }
            this.columns.add(slots);
        }
    }

    static Arrangement of(Graph graph, Columns columns, List<Net> nets) {
        Arrangement arrangement = new Arrangement(graph, columns);
        nets.stream().filter(n -> !n.ofPerson()).forEach(arrangement::thread);
        arrangement.settle();
        return arrangement;
    }

    /** From the top of the columns. */
    int y(int card) {
        return Objects.requireNonNull(cards.get(card)).y();
    }

    /** Where a line crosses a column. */
    int y(Net net, int column) {
        return Objects.requireNonNull(passes.get(new Passage(net, column))).y() + Size.PASS_LINE;
    }

    int height() {
        return columns.stream().mapToInt(Stack::height).max().orElse(0);
    }

    private void thread(Net net) {
        for (int column = net.firstGutter() + 1; column <= net.lastGutter(); column++) {
            Slot pass = Slot.pass();
            passes.put(new Passage(net, column), pass);
            columns.get(column).add(pass);
        }
        for (int gutter = net.firstGutter(); gutter <= net.lastGutter(); gutter++) {
            join(ends(net, gutter));
        }
    }

    /** The first is where the line comes from. */
    private List<End> ends(Net net, int gutter) {
        List<End> ends = new ArrayList<>();
        if (net.column() == gutter) {
            ends.add(end(net.from(), net.fromRow()));
        }
        boolean forward = gutter >= net.column();
        for (int column : forward ? List.of(gutter, gutter + 1) : List.of(gutter + 1, gutter)) {
            Slot pass = passes.get(new Passage(net, column));
            if (pass != null) {
                ends.add(new End(pass, Size.PASS_LINE));
            }
        }
        for (Wire wire : net.wires().values()) {
            if (columnOf[wire.to()] == gutter + 1) {
                ends.add(end(wire.to(), wire.toRow()));
            }
        }
        return ends;
    }

    private End end(int card, int row) {
        Card what = graph.cards().get(card);
        return new End(Objects.requireNonNull(cards.get(card)), Size.port(what, row));
    }

    private static void join(List<End> ends) {
        End first = ends.get(0);
        ends.stream().skip(1).forEach(e -> Slot.join(first.slot(), first.port(), e.slot(), e.port()));
    }

    private void settle() {
        columns.forEach(this::place);
        List<List<Slot>> best = copy();
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
    private void place(List<Slot> column) {
        boolean ofPerson = column.get(0).card() == Graph.PERSON;
        Stack.place(column, ofPerson ? Stack.height(column) : height());
    }

    /** What hangs off the person alone stands below, as it was. */
    private void sort(List<Slot> column) {
        column.sort(Comparator.comparingDouble(s -> s.wish().orElse(Double.MAX_VALUE)));
        place(column);
    }

    private long stretch() {
        return cards.values().stream().mapToLong(Slot::stretch).sum()
                + passes.values().stream().mapToLong(Slot::stretch).sum();
    }

    private List<List<Slot>> copy() {
        List<List<Slot>> copy = new ArrayList<>();
        columns.forEach(c -> copy.add(new ArrayList<>(c)));
        return copy;
    }
}
