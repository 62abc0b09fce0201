package dev.exeunt.diagram;

import java.util.Locale;

/** SVG elements, one a line, everything that comes from outside escaped. */
final class Page {

    private final StringBuilder svg = new StringBuilder();

    /** As it stands: no text from outside. */
    Page raw(String element) {
        svg.append(element).append('\n');
        return this;
    }

    /** An element that holds nothing but text, and all of it on one line. */
    Page element(String name, String content) {
        return raw("<" + name + ">" + Label.xml(Label.visible(content)) + "</" + name + ">");
    }

    /** {@code <title>} and the like, whose text may have several lines. */
    Page lines(String name, Iterable<String> lines) {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            text.append(text.isEmpty() ? "" : "\n").append(Label.xml(Label.visible(line)));
        }
        return raw("<" + name + ">" + text + "</" + name + ">");
    }

    Page text(double x, double y, String classes, String content) {
        return raw("<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" class=\"" + classes + "\">"
                + Label.xml(Label.visible(content)) + "</text>");
    }

    Page rect(double x, double y, double width, double height, String rest) {
        return raw("<rect x=\"" + number(x) + "\" y=\"" + number(y) + "\" width=\"" + number(width) + "\" height=\""
                + number(height) + "\" " + rest + "/>");
    }

    Page shape(Mark mark, double x, double y) {
        return raw("<path class=\"shape\" transform=\"translate(" + number(x) + " " + number(y) + ")\" d=\""
                + mark.shape() + "\"/>");
    }

    static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.1f", value);
    }

    @Override
    public String toString() {
        return svg.toString();
    }
}
