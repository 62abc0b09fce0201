package dev.exeunt.internal.diagram.write;

import dev.exeunt.internal.diagram.graph.DiagramGraph;
import dev.exeunt.internal.diagram.graph.DiagramGraph.ListedTable;
import dev.exeunt.internal.diagram.layout.DiagramMetrics;
import dev.exeunt.internal.diagram.layout.FittedText;
import java.util.List;

/** Draws the tables below the picture that hold no personal data or have no link to the person. */
final class UnlinkedTables {

    private static final int CELL = 250;
    private static final int LINE = 34;
    private static final int NAME_LINE = 20;
    private static final int HEADING = 44;

    private final DiagramGraph graph;
    private final int room;
    private final int across;

    UnlinkedTables(DiagramGraph graph, int width) {
        this.graph = graph;
        this.room = width - 2 * SvgStyle.MARGIN;
        this.across = Math.max(1, room / CELL);
    }

    int height() {
        return height(graph.nonPersonal()) + height(graph.apart());
    }

    private int height(List<ListedTable> asides) {
        return asides.isEmpty() ? 0 : HEADING + (asides.size() + across - 1) / across * line(asides);
    }

    private static int line(List<ListedTable> asides) {
        return asides.stream().allMatch(a -> a.reason().isEmpty()) ? NAME_LINE : LINE;
    }

    void draw(SvgBuilder page, int top) {
        draw(page, top, "Without personal data, says the map", graph.nonPersonal());
        draw(
                page,
                top + height(graph.nonPersonal()),
                "Not in the map; nothing leads from them to the person",
                graph.apart());
    }

    private void draw(SvgBuilder page, int top, String heading, List<ListedTable> asides) {
        if (asides.isEmpty()) {
            return;
        }
        page.text(SvgStyle.MARGIN, top + 30, "small quiet", heading);
        int cell = room / across;
        for (int i = 0; i < asides.size(); i++) {
            ListedTable aside = asides.get(i);
            int x = SvgStyle.MARGIN + i % across * cell;
            int y = top + HEADING + i / across * line(asides) + 10;
            page.raw("<g>").lines("title", List.of(aside.name(), aside.reason()));
            page.text(x, y, "mono link quiet", FittedText.fitMono(aside.name(), DiagramMetrics.LINK_FONT, cell - 16));
            if (!aside.reason().isEmpty()) {
                page.text(
                        x,
                        y + 14,
                        "note quiet",
                        FittedText.fitProse(aside.reason(), DiagramMetrics.NOTE_FONT, cell - 16));
            }
            page.raw("</g>");
        }
    }
}
