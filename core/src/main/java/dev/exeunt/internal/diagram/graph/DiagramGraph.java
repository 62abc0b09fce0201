package dev.exeunt.internal.diagram.graph;

import java.util.List;

/**
 * Holds the cards and edges of a diagram before they have positions.
 *
 * @param cards tables with rows of the person; the first is the person's own
 * @param nonPersonal tables under {@code not-personal}
 * @param apart tables that the map does not name and that nothing leads to
 */
public record DiagramGraph(
        List<TableCard> cards, List<GraphEdge> wires, List<ListedTable> nonPersonal, List<ListedTable> apart) {

    public static final int PERSON = 0;

    public DiagramGraph {
        cards = List.copyOf(cards);
        wires = List.copyOf(wires);
        nonPersonal = List.copyOf(nonPersonal);
        apart = List.copyOf(apart);
    }

    /** Represents a table in the diagram, with one row for each role. */
    public record TableCard(String name, boolean mapped, List<CardRow> rows) {
        public TableCard {
            rows = List.copyOf(rows);
        }
    }

    /**
     * Represents one role on a table card.
     *
     * @param link the columns that say so, and what they refer to where that is not the person
     * @param note what else is worth a second line; may be empty
     * @param tip everything, in whole lines
     */
    public record CardRow(String link, FateMark mark, String note, String tip) {}

    /**
     * Connects the row that provides a link's values with the row of that link.
     *
     * @param fromRow {@link #HEAD} for the table as a whole
     * @param keyed whether a foreign key stands behind it
     */
    public record GraphEdge(int from, int fromRow, int to, int toRow, boolean keyed, String label) {

        public static final int HEAD = -1;

        /** A row that hangs off another of its own table. */
        public boolean loops() {
            return from == to;
        }
    }

    /** Names a table that the diagram only lists, with the reason. */
    public record ListedTable(String name, String reason) {}
}
