package dev.exeunt.internal.diagram.layout;

import dev.exeunt.internal.diagram.graph.DiagramGraph.CardRow;
import dev.exeunt.internal.diagram.graph.DiagramGraph.GraphEdge;
import dev.exeunt.internal.diagram.graph.DiagramGraph.TableCard;

/**
 * Defines the sizes of cards, rows, fonts and lanes in pixels. Heights are multiples of {@link #GRID}, and rows are
 * left and entered at multiples of it too: columns that stand half a step lower than their neighbours then never have
 * lines of their own where others have theirs.
 */
public final class DiagramMetrics {

    static final int GRID = 10;
    static final int HEAD = 30;
    static final int LANE = 8;

    /** A strip between two cards through which a line runs to columns further away, and where in it the line is. */
    static final int PASS = 10;

    static final int PASS_LINE = 3;

    public static final double NAME_FONT = 13;
    public static final double LINK_FONT = 11.5;
    public static final double WORD_FONT = 11.5;
    public static final double NOTE_FONT = 10.5;

    private static final int LINE = 20;
    private static final int NARROW = 170;
    private static final int WIDE = 330;

    /** What stands in a row beside its texts: margins, the shape, the space between link and word. */
    private static final int FURNITURE = 52;

    private DiagramMetrics() {}

    public static int height(TableCard card) {
        return HEAD + card.rows().stream().mapToInt(DiagramMetrics::height).sum();
    }

    public static int height(CardRow row) {
        return row.note().isEmpty() ? LINE : LINE + GRID;
    }

    /** Where in a card a row begins. */
    public static int top(TableCard card, int row) {
        return HEAD
                + card.rows().subList(0, row).stream()
                        .mapToInt(DiagramMetrics::height)
                        .sum();
    }

    /** Where in a card lines of a row begin and end. */
    public static int port(TableCard card, int row) {
        return row == GraphEdge.HEAD ? HEAD - GRID : top(card, row) + LINE / 2;
    }

    static int width(TableCard card) {
        double width = FittedText.mono(card.name(), NAME_FONT) + 30;
        for (CardRow row : card.rows()) {
            width = Math.max(width, FittedText.mono(row.link(), LINK_FONT) + word(row) + FURNITURE);
            width = Math.max(width, Math.min(310, FittedText.prose(row.note(), NOTE_FONT) + 24));
        }
        return (int) Math.ceil(Math.min(WIDE, Math.max(NARROW, width)));
    }

    /** What is left for a row's link in a card of this width. */
    public static double linkRoom(CardRow row, int width) {
        return width - word(row) - FURNITURE;
    }

    private static double word(CardRow row) {
        return FittedText.prose(row.mark().word(), WORD_FONT);
    }
}
