package dev.exeunt.internal.diagram.layout;

import java.util.List;
import java.util.Map;

/**
 * Holds the positions of all cards, lines and headings, and the size of the picture.
 *
 * @param boxes by card
 * @param routes by wire; corners of a line that runs along the axes
 */
public record DiagramLayout(
        List<CardBox> boxes, Map<Integer, List<Point>> routes, List<ColumnHeading> headings, int width, int height) {

    /** Holds the position and size of one card. */
    public record CardBox(int x, int y, int width, int height) {}

    /** Holds the coordinates of one corner of a line. */
    public record Point(int x, int y) {}

    /** Holds the position of a heading that says how many links away from the person its columns are. */
    public record ColumnHeading(int x, int rank) {}
}
