package dev.exeunt.internal.diagram;

import dev.exeunt.internal.diagram.graph.DiagramGraph;
import dev.exeunt.internal.diagram.graph.DiagramGraph.CardRow;
import dev.exeunt.internal.diagram.graph.DiagramGraph.GraphEdge;
import dev.exeunt.internal.diagram.graph.DiagramGraph.ListedTable;
import dev.exeunt.internal.diagram.graph.DiagramGraph.TableCard;
import dev.exeunt.internal.diagram.graph.FateMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Generates random diagram graphs, the same for the same seed. */
public final class RandomGraphs {

    private RandomGraphs() {}

    public static DiagramGraph random(int tables, long seed) {
        Random random = new Random(seed);
        List<TableCard> cards = new ArrayList<>();
        List<GraphEdge> wires = new ArrayList<>();
        cards.add(new TableCard("people", true, List.of(row(random, "id"), row(random, "invited_by"))));
        for (int card = 1; card < tables; card++) {
            int rows = 1 + random.nextInt(3);
            List<CardRow> own = new ArrayList<>();
            for (int row = 0; row < rows; row++) {
                int from = random.nextInt(3) > 0 ? DiagramGraph.PERSON : random.nextInt(tables);
                String link = "column_" + card + "_" + row;
                own.add(row(random, link));
                int fromRow = from == DiagramGraph.PERSON || random.nextBoolean() ? GraphEdge.HEAD : 0;
                wires.add(new GraphEdge(from, fromRow, card, row, random.nextInt(5) > 0, link));
            }
            cards.add(new TableCard("table_" + card + "_".repeat(random.nextInt(50)), random.nextInt(9) > 0, own));
        }
        if (tables > 3) {
            wires.add(new GraphEdge(2, 0, DiagramGraph.PERSON, 1, true, "invited_by"));
        }
        return new DiagramGraph(cards, wires, asides(random.nextInt(30)), asides(random.nextInt(30)));
    }

    private static CardRow row(Random random, String link) {
        FateMark mark = FateMark.values()[random.nextInt(FateMark.values().length)];
        return new CardRow(
                link + "_".repeat(random.nextInt(40)), mark, random.nextBoolean() ? "" : "why ".repeat(9), "all");
    }

    private static List<ListedTable> asides(int count) {
        List<ListedTable> asides = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            asides.add(new ListedTable("aside_" + i, i % 2 == 0 ? "" : "reference data"));
        }
        return asides;
    }
}
