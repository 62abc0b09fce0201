package dev.exeunt.diagram;

import dev.exeunt.diagram.Graph.Aside;
import dev.exeunt.diagram.Graph.Card;
import dev.exeunt.diagram.Graph.Row;
import dev.exeunt.diagram.Graph.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Graphs by chance, the same for the same seed: most tables hang off the person, some off others, some in circles. */
final class Graphs {

    private Graphs() {}

    static Graph random(int tables, long seed) {
        Random random = new Random(seed);
        List<Card> cards = new ArrayList<>();
        List<Wire> wires = new ArrayList<>();
        cards.add(new Card("people", true, List.of(row(random, "id"), row(random, "invited_by"))));
        for (int card = 1; card < tables; card++) {
            int rows = 1 + random.nextInt(3);
            List<Row> own = new ArrayList<>();
            for (int row = 0; row < rows; row++) {
                int from = random.nextInt(3) > 0 ? Graph.PERSON : random.nextInt(tables);
                String link = "column_" + card + "_" + row;
                own.add(row(random, link));
                int fromRow = from == Graph.PERSON || random.nextBoolean() ? Wire.HEAD : 0;
                wires.add(new Wire(from, fromRow, card, row, random.nextInt(5) > 0, link));
            }
            cards.add(new Card("table_" + card + "_".repeat(random.nextInt(50)), random.nextInt(9) > 0, own));
        }
        if (tables > 3) {
            wires.add(new Wire(2, 0, Graph.PERSON, 1, true, "invited_by"));
        }
        return new Graph(cards, wires, asides(random.nextInt(30)), asides(random.nextInt(30)));
    }

    private static Row row(Random random, String link) {
        Mark mark = Mark.values()[random.nextInt(Mark.values().length)];
        return new Row(
                link + "_".repeat(random.nextInt(40)), mark, random.nextBoolean() ? "" : "why ".repeat(9), "all");
    }

    private static List<Aside> asides(int count) {
        List<Aside> asides = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            asides.add(new Aside("aside_" + i, i % 2 == 0 ? "" : "reference data"));
        }
        return asides;
    }
}
