package dev.exeunt.internal.diagram.write;

import dev.exeunt.internal.diagram.graph.DiagramGraph;
import dev.exeunt.internal.diagram.graph.DiagramGraph.CardRow;
import dev.exeunt.internal.diagram.graph.DiagramGraph.GraphEdge;
import dev.exeunt.internal.diagram.graph.DiagramGraph.TableCard;
import dev.exeunt.internal.diagram.layout.DiagramLayout;
import dev.exeunt.internal.diagram.layout.DiagramLayout.CardBox;
import dev.exeunt.internal.diagram.layout.DiagramMetrics;
import dev.exeunt.internal.diagram.layout.FittedText;

/** Writes the SVG of one table card: its name, a row for each role, and its highlighted lines. */
final class SvgCardWriter {

    private final DiagramGraph graph;
    private final DiagramLayout layout;
    private final SvgBuilder page;

    SvgCardWriter(DiagramGraph graph, DiagramLayout layout, SvgBuilder page) {
        this.graph = graph;
        this.layout = layout;
        this.page = page;
    }

    void write(int number) {
        TableCard card = graph.cards().get(number);
        CardBox box = layout.boxes().get(number);
        boolean person = number == DiagramGraph.PERSON;
        String kind = (person ? " person" : "") + (card.mapped() ? "" : " stray");
        page.raw("<g class=\"card" + kind + "\" transform=\"translate(" + box.x() + " " + box.y() + ")\">");
        page.rect(new SvgBuilder.SvgBox(0, 0, box.width(), box.height()), "rx=\"6\" class=\"plate\"");
        head(card, box.width(), person);
        for (int row = 0; row < card.rows().size(); row++) {
            row(card, row, box.width());
        }
        page.rect(new SvgBuilder.SvgBox(0, 0, box.width(), box.height()), "rx=\"6\" class=\"frame\"");
        ports(number, card);
        traces(number);
        page.raw("</g>");
    }

    private void head(TableCard card, int width, boolean person) {
        page.raw("<g>").element("title", card.name());
        int left = person ? 30 : 10;
        if (person) {
            page.raw(
                    "<path class=\"figure\" d=\"M18 6a4.5 4.5 0 1 1 0 9a4.5 4.5 0 1 1 0-9M9 25c0-6 4-9 9-9s9 3 9 9z\"/>");
        }
        page.text(left, 20, "mono name", FittedText.fitMono(card.name(), DiagramMetrics.NAME_FONT, width - left - 8));
        page.raw("</g>");
    }

    private void row(TableCard card, int number, int width) {
        CardRow row = card.rows().get(number);
        int top = DiagramMetrics.top(card, number);
        boolean last = number == card.rows().size() - 1;
        page.raw("<g class=\"" + row.mark().word() + "\">")
                .lines("title", row.tip().lines().toList());
        int bottom = top + DiagramMetrics.height(row);
        page.raw("<path class=\"ground\" d=\"M0 " + top + "H" + width + (last ? round(bottom) : "V" + bottom + "H0Z")
                + "\"/>");
        if (number > 0) {
            page.raw("<path class=\"rule\" d=\"M0 " + top + "H" + width + "\"/>");
        }
        page.text(
                12,
                top + 14,
                "mono link",
                FittedText.fitMono(row.link(), DiagramMetrics.LINK_FONT, DiagramMetrics.linkRoom(row, width)));
        page.text(width - 26, top + 14, "word", row.mark().word());
        page.shape(row.mark(), width - 20, top + 4);
        if (!row.note().isEmpty()) {
            page.text(12, top + 25, "note", FittedText.fitProse(row.note(), DiagramMetrics.NOTE_FONT, width - 22));
        }
        page.raw("</g>");
    }

    /** The last row has the card's own corners. */
    private static String round(int bottom) {
        return "V" + (bottom - 6) + "a6 6 0 0 1 -6 6H6a6 6 0 0 1 -6 -6Z";
    }

    /** Where lines come in. */
    private void ports(int number, TableCard card) {
        graph.wires().stream()
                .filter(w -> w.to() == number && !w.loops())
                .mapToInt(GraphEdge::toRow)
                .distinct()
                .map(row -> DiagramMetrics.port(card, row))
                .forEach(y ->
                        page.raw("<path class=\"tip\" d=\"M-7 " + (y - 4) + "L1 " + y + "L-7 " + (y + 4) + "Z\"/>"));
    }

    /** Drawn over again when the pointer is on the card; the person's would be nearly all. */
    private void traces(int number) {
        CardBox box = layout.boxes().get(number);
        page.raw("<g class=\"traces\" transform=\"translate(" + -box.x() + " " + -box.y() + ")\">");
        for (int i = 0; i < graph.wires().size(); i++) {
            GraphEdge wire = graph.wires().get(i);
            boolean own = wire.to() == number || wire.from() == number && number != DiagramGraph.PERSON;
            if (own && !wire.loops()) {
                page.raw("<use href=\"#exeunt-" + i + "\"/>");
            }
        }
        page.raw("</g>");
    }
}
