package dev.exeunt.internal.diagram.write;

import dev.exeunt.internal.diagram.graph.DiagramGraph;
import dev.exeunt.internal.diagram.graph.DiagramGraph.CardRow;
import dev.exeunt.internal.diagram.graph.DiagramGraph.TableCard;
import dev.exeunt.internal.diagram.graph.FateMark;
import dev.exeunt.internal.diagram.layout.DiagramMetrics;
import dev.exeunt.internal.diagram.layout.FittedText;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Draws the title and the legend above the diagram, with counts of each fate. */
final class DiagramLegend {

    private static final int LINE = 32;
    private static final int CHIP = 22;
    private static final int FIRST = 84;

    private final DiagramGraph graph;
    private final int width;
    private final Map<FateMark, List<String>> roles = new EnumMap<>(FateMark.class);

    DiagramLegend(DiagramGraph graph, int width) {
        this.graph = graph;
        this.width = width;
        for (TableCard card : graph.cards()) {
            for (CardRow row : card.rows()) {
                roles.computeIfAbsent(row.mark(), m -> new ArrayList<>()).add(card.name() + " (" + row.link() + ")");
            }
        }
    }

    int height() {
        SvgBuilder nowhere = new SvgBuilder();
        return draw(nowhere) + LINE;
    }

    /** For those who do not see it. */
    void describe(SvgBuilder page) {
        page.raw("<title id=\"exeunt-title\">" + FittedText.xml(FittedText.visible(title())) + "</title>");
        StringBuilder text = new StringBuilder(counts()).append('.');
        roles.forEach((mark, names) -> text.append(' ')
                .append(mark.word())
                .append(": ")
                .append(String.join(", ", names))
                .append('.'));
        page.raw("<desc id=\"exeunt-desc\">" + FittedText.xml(FittedText.visible(text.toString())) + "</desc>");
    }

    /** @return where the last line of it stands */
    int draw(SvgBuilder page) {
        double room = width - 2.0 * SvgStyle.MARGIN;
        page.text(SvgStyle.MARGIN, 40, "title", FittedText.fitProse(title(), 20, room));
        page.text(SvgStyle.MARGIN, 61, "small quiet", counts());
        double x = SvgStyle.MARGIN;
        int y = FIRST;
        for (Map.Entry<FateMark, List<String>> entry : roles.entrySet()) {
            String text = entry.getKey().word() + "  " + entry.getValue().size();
            double chip = FittedText.prose(text, DiagramMetrics.WORD_FONT) * 1.1 + 36;
            if (x + chip > width - SvgStyle.MARGIN) {
                x = SvgStyle.MARGIN;
                y += LINE;
            }
            chip(page, entry.getKey(), text, new SvgBuilder.SvgBox(x, y, chip, CHIP));
            x += chip + 10;
        }
        return lines(page, x, y);
    }

    private static void chip(SvgBuilder page, FateMark mark, String text, SvgBuilder.SvgBox box) {
        page.raw("<g class=\"" + mark.word() + "\">");
        page.rect(box, "rx=\"11\" class=\"ground\"");
        page.shape(mark, box.x() + 9, box.y() + 5);
        page.text(box.x() + 27, box.y() + 15, "chip", text);
        page.raw("</g>");
    }

    private int lines(SvgBuilder page, double from, int line) {
        boolean fits = from + 330 <= width - SvgStyle.MARGIN;
        double x = fits ? from + 10 : SvgStyle.MARGIN;
        int y = fits ? line : line + LINE;
        page.raw("<g class=\"wires\"><path d=\"M" + SvgBuilder.number(x) + " " + (y + 11)
                + "h30\"/><path class=\"by-value\" d=\"M" + SvgBuilder.number(x + 135) + " " + (y + 11)
                + "h30\"/></g>");
        page.text(x + 38, y + 15, "small quiet", "foreign key");
        page.text(x + 173, y + 15, "small quiet", "no foreign key behind it");
        return y;
    }

    private String title() {
        return "What becomes of a person in "
                + graph.cards().get(DiagramGraph.PERSON).name();
    }

    private String counts() {
        long mapped = graph.cards().stream().filter(TableCard::mapped).count();
        long ways = roles.values().stream().mapToLong(List::size).sum();
        String counts = of(mapped, "table") + " mapped, " + of(ways, "role");
        return graph.nonPersonal().isEmpty()
                ? counts
                : counts + ", " + of(graph.nonPersonal().size(), "table") + " without personal data";
    }

    private static String of(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
