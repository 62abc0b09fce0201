package dev.exeunt.diagram;

import java.util.List;

/**
 * What is drawn, before anybody knows where.
 *
 * @param cards tables with rows of the person; the first is the person's own
 * @param nobodys tables under {@code not-personal}
 * @param apart tables that the map does not name and that nothing leads to
 */
record Graph(List<Card> cards, List<Wire> wires, List<Aside> nobodys, List<Aside> apart) {

    static final int PERSON = 0;

    Graph {
        cards = List.copyOf(cards);
        wires = List.copyOf(wires);
        nobodys = List.copyOf(nobodys);
        apart = List.copyOf(apart);
    }

    /** A table. */
    record Card(String name, boolean mapped, List<Row> rows) {
        Card {
            rows = List.copyOf(rows);
        }
    }

    /**
     * One way in which rows of a table belong to the person.
     *
     * @param link the columns that say so, and what they refer to where that is not the person
     * @param note what else is worth a second line; may be empty
     * @param tip everything, in whole lines
     */
    record Row(String link, Mark mark, String note, String tip) {}

    /**
     * From the rows that a link's values come from to the row of the link.
     *
     * @param fromRow {@link #HEAD} for the table as a whole
     * @param keyed whether a foreign key stands behind it
     */
    record Wire(int from, int fromRow, int to, int toRow, boolean keyed, String label) {

        static final int HEAD = -1;

        /** A row that hangs off another of its own table. */
        boolean loops() {
            return from == to;
        }
    }

    /** A table that is only listed. */
    record Aside(String name, String reason) {}
}
