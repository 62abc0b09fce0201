package dev.exeunt.diagram;

import dev.exeunt.diagram.Graph.Card;
import dev.exeunt.diagram.Graph.Row;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What stands above the picture: what it is of, and what colours, shapes and lines mean, with how many there are. */
final class Legend {

    private static final int LINE = 32;
    private static final int FIRST = 84;

    private final Graph graph;
    private final int width;
    private final Map<Mark, List<String>> roles = new EnumMap<>(Mark.class);

    Legend(Graph graph, int width) {
        this.graph = graph;
        this.width = width;
        for (Card card : graph.cards()) {
            for (Row row : card.rows()) {
                roles.computeIfAbsent(row.mark(), m -> new ArrayList<>()).add(card.name() + " (" + row.link() + ")");
            }
        }
    }

    int height() {
        Page nowhere = new Page();
        return draw(nowhere) + LINE;
    }

    /** For those who do not see it. */
    void describe(Page page) {
        page.raw("<title id=\"exeunt-title\">" + Label.xml(Label.visible(title())) + "</title>");
        StringBuilder text = new StringBuilder(counts()).append('.');
        roles.forEach((mark, names) -> text.append(' ')
                .append(mark.word())
                .append(": ")
                .append(String.join(", ", names))
                .append('.'));
        page.raw("<desc id=\"exeunt-desc\">" + Label.xml(Label.visible(text.toString())) + "</desc>");
    }

    /** @return where the last line of it stands */
    int draw(Page page) {
        double room = width - 2.0 * SvgWriter.MARGIN;
        page.text(SvgWriter.MARGIN, 40, "title", Label.fitProse(title(), 20, room));
        page.text(SvgWriter.MARGIN, 61, "small quiet", counts());
        double x = SvgWriter.MARGIN;
        int y = FIRST;
        for (Map.Entry<Mark, List<String>> entry : roles.entrySet()) {
            String text = entry.getKey().word() + "  " + entry.getValue().size();
            double chip = Label.prose(text, Size.WORD_FONT) * 1.1 + 36;
            if (x + chip > width - SvgWriter.MARGIN) {
                x = SvgWriter.MARGIN;
                y += LINE;
            }
            chip(page, entry.getKey(), text, x, y, chip);
            x += chip + 10;
        }
        return lines(page, x, y);
    }

    private static void chip(Page page, Mark mark, String text, double x, int y, double width) {
        page.raw("<g class=\"" + mark.word() + "\">");
        page.rect(x, y, width, 22, "rx=\"11\" class=\"ground\"");
        page.shape(mark, x + 9, y + 5);
        page.text(x + 27, y + 15, "chip", text);
        page.raw("</g>");
    }

    private int lines(Page page, double from, int line) {
        boolean fits = from + 330 <= width - SvgWriter.MARGIN;
        double x = fits ? from + 10 : SvgWriter.MARGIN;
        int y = fits ? line : line + LINE;
        page.raw("<g class=\"wires\"><path d=\"M" + Page.number(x) + " " + (y + 11)
                + "h30\"/><path class=\"by-value\" d=\"M" + Page.number(x + 135) + " " + (y + 11) + "h30\"/></g>");
        page.text(x + 38, y + 15, "small quiet", "foreign key");
        page.text(x + 173, y + 15, "small quiet", "no foreign key behind it");
        return y;
    }

    private String title() {
        return "What becomes of a person in " + graph.cards().get(Graph.PERSON).name();
    }

    private String counts() {
        long mapped = graph.cards().stream().filter(Card::mapped).count();
        long ways = roles.values().stream().mapToLong(List::size).sum();
        String counts = of(mapped, "table") + " mapped, " + of(ways, "role");
        return graph.nobodys().isEmpty()
                ? counts
                : counts + ", " + of(graph.nobodys().size(), "table") + " of nobody's data";
    }

    private static String of(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
