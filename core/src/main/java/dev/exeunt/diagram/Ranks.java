package dev.exeunt.diagram;

import dev.exeunt.diagram.Graph.Wire;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How many links away from the person a table is at most, so that what a table hangs off stands before it. A link that closes
 * a circle does not count.
 */
final class Ranks {

    private static final int UNKNOWN = -1;
    private static final int ASKED = -2;

    private final List<List<Integer>> above = new ArrayList<>();
    private final int[] ranks;

    private Ranks(Graph graph) {
        graph.cards().forEach(c -> above.add(new ArrayList<>()));
        for (Wire wire : graph.wires()) {
            if (!wire.loops() && wire.to() != Graph.PERSON) {
                above.get(wire.to()).add(wire.from());
            }
        }
        ranks = new int[graph.cards().size()];
        Arrays.fill(ranks, UNKNOWN);
    }

    /** By card; the person's is 0, and its alone. */
    static int[] of(Graph graph) {
        Ranks ranks = new Ranks(graph);
        ranks.ranks[Graph.PERSON] = 0;
        for (int card = 0; card < ranks.ranks.length; card++) {
            ranks.rank(card);
        }
        return ranks.ranks;
    }

    private int rank(int card) {
        if (ranks[card] == UNKNOWN) {
            ranks[card] = ASKED;
            int rank = 1;
            for (int one : above.get(card)) {
                if (ranks[one] != ASKED) {
                    rank = Math.max(rank, rank(one) + 1);
                }
            }
            ranks[card] = rank;
        }
        return ranks[card];
    }
}
