package dev.exeunt.internal.diagram.layout;

import dev.exeunt.internal.diagram.graph.DiagramGraph;
import dev.exeunt.internal.diagram.graph.DiagramGraph.GraphEdge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Computes how many links each table is away from the person at most, ignoring links that close a circle. A link that
 * closes a circle does not count.
 */
final class CardRanks {

    private static final int UNKNOWN = -1;
    private static final int ASKED = -2;

    private final List<List<Integer>> above = new ArrayList<>();
    private final int[] ranks;

    private CardRanks(DiagramGraph graph) {
        graph.cards().forEach(c -> above.add(new ArrayList<>()));
        for (GraphEdge wire : graph.wires()) {
            if (!wire.loops() && wire.to() != DiagramGraph.PERSON) {
                above.get(wire.to()).add(wire.from());
            }
        }
        ranks = new int[graph.cards().size()];
        Arrays.fill(ranks, UNKNOWN);
    }

    /** By card; the person's is 0, and its alone. */
    static int[] of(DiagramGraph graph) {
        CardRanks ranks = new CardRanks(graph);
        ranks.ranks[DiagramGraph.PERSON] = 0;
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
