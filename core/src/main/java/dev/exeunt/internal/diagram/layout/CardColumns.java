package dev.exeunt.internal.diagram.layout;

import dev.exeunt.internal.diagram.graph.DiagramGraph;
import dev.exeunt.internal.diagram.graph.DiagramGraph.GraphEdge;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Assigns the table cards to columns by their distance from the person. What others hang off stands in the last of
 * them, near to those.
 *
 * @param cards by column
 * @param ranks of the columns
 */
record CardColumns(List<List<Integer>> cards, List<Integer> ranks) {

    static CardColumns of(DiagramGraph graph, int[] ranks, int height) {
        Set<Integer> parents = new HashSet<>();
        graph.wires().stream().filter(w -> !w.loops()).map(GraphEdge::from).forEach(parents::add);
        TreeMap<Integer, List<Integer>> byRank = new TreeMap<>();
        for (int card = 0; card < ranks.length; card++) {
            byRank.computeIfAbsent(ranks[card], r -> new ArrayList<>()).add(card);
        }
        List<List<Integer>> columns = new ArrayList<>();
        List<Integer> columnRanks = new ArrayList<>();
        byRank.forEach((rank, cards) -> {
            cards.sort(Comparator.<Integer, Boolean>comparing(parents::contains)
                    .thenComparing(c -> graph.cards().get(c).name()));
            for (List<Integer> column : split(graph, cards, height)) {
                columns.add(column);
                columnRanks.add(rank);
            }
        });
        return new CardColumns(columns, columnRanks);
    }

    /** Into columns of about the same height. */
    private static List<List<Integer>> split(DiagramGraph graph, List<Integer> cards, int height) {
        int total = height(graph, cards);
        int parts = (total + height - 1) / height;
        List<List<Integer>> columns = new ArrayList<>();
        List<Integer> column = new ArrayList<>();
        int used = 0;
        for (int card : cards) {
            int own = height(graph, List.of(card));
            if (!column.isEmpty() && used + own / 2 > (long) total * (columns.size() + 1) / parts) {
                columns.add(column);
                column = new ArrayList<>();
            }
            column.add(card);
            used += own;
        }
        columns.add(column);
        return columns;
    }

    static int height(DiagramGraph graph, List<Integer> cards) {
        return cards.stream()
                .mapToInt(c -> DiagramMetrics.height(graph.cards().get(c)) + 2 * DiagramMetrics.GRID)
                .sum();
    }

    int width(DiagramGraph graph, int column) {
        return cards.get(column).stream()
                .mapToInt(c -> DiagramMetrics.width(graph.cards().get(c)))
                .max()
                .orElse(0);
    }

    /** By card. */
    int[] byCard() {
        int[] byCard = new int[cards.stream().mapToInt(List::size).sum()];
        for (int column = 0; column < cards.size(); column++) {
            for (int card : cards.get(column)) {
                byCard[card] = column;
            }
        }
        return byCard;
    }
}
