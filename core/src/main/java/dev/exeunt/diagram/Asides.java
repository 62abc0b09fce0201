package dev.exeunt.diagram;

import dev.exeunt.diagram.Graph.Aside;
import java.util.List;

/** The tables below the picture: those that hold nothing of anybody, and those that nothing leads to. */
final class Asides {

    private static final int CELL = 250;
    private static final int LINE = 34;
    private static final int NAME_LINE = 20;
    private static final int HEADING = 44;

    private final Graph graph;
    private final int room;
    private final int across;

    Asides(Graph graph, int width) {
        this.graph = graph;
        this.room = width - 2 * SvgWriter.MARGIN;
        this.across = Math.max(1, room / CELL);
    }

    int height() {
        return height(graph.nobodys()) + height(graph.apart());
    }

    private int height(List<Aside> asides) {
        return asides.isEmpty() ? 0 : HEADING + (asides.size() + across - 1) / across * line(asides);
    }

    private static int line(List<Aside> asides) {
        return asides.stream().allMatch(a -> a.reason().isEmpty()) ? NAME_LINE : LINE;
    }

    void draw(Page page, int top) {
        draw(page, top, "Nobody's data, says the map", graph.nobodys());
        draw(
                page,
                top + height(graph.nobodys()),
                "Not in the map; nothing leads from them to the person",
                graph.apart());
    }

    private void draw(Page page, int top, String heading, List<Aside> asides) {
        if (asides.isEmpty()) {
            return;
        }
        page.text(SvgWriter.MARGIN, top + 30, "small quiet", heading);
        int cell = room / across;
        for (int i = 0; i < asides.size(); i++) {
            Aside aside = asides.get(i);
            int x = SvgWriter.MARGIN + i % across * cell;
            int y = top + HEADING + i / across * line(asides) + 10;
            page.raw("<g>").lines("title", List.of(aside.name(), aside.reason()));
            page.text(x, y, "mono link quiet", Label.fitMono(aside.name(), Size.LINK_FONT, cell - 16));
            if (!aside.reason().isEmpty()) {
                page.text(x, y + 14, "note quiet", Label.fitProse(aside.reason(), Size.NOTE_FONT, cell - 16));
            }
            page.raw("</g>");
        }
    }
}
