package dev.exeunt.internal.diagram.write;

import dev.exeunt.internal.diagram.graph.FateMark;
import dev.exeunt.internal.diagram.layout.FittedText;
import java.util.Locale;

/** Appends SVG elements and escapes all text that comes from outside. */
final class SvgBuilder {

    private final StringBuilder svg = new StringBuilder();

    /** As it stands: no text from outside. */
    SvgBuilder raw(String element) {
        svg.append(element).append('\n');
        return this;
    }

    /** An element that holds nothing but text, and all of it on one line. */
    SvgBuilder element(String name, String content) {
        return raw("<" + name + ">" + FittedText.xml(FittedText.visible(content)) + "</" + name + ">");
    }

    /** {@code <title>} and the like, whose text may have several lines. */
    SvgBuilder lines(String name, Iterable<String> lines) {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            text.append(text.isEmpty() ? "" : "\n").append(FittedText.xml(FittedText.visible(line)));
        }
        return raw("<" + name + ">" + text + "</" + name + ">");
    }

    SvgBuilder text(double x, double y, String classes, String content) {
        return raw("<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" class=\"" + classes + "\">"
                + FittedText.xml(FittedText.visible(content)) + "</text>");
    }

    /** Holds where a rectangle is, and how large. */
    record SvgBox(double x, double y, double width, double height) {}

    SvgBuilder rect(SvgBox box, String rest) {
        return raw("<rect x=\"" + number(box.x()) + "\" y=\"" + number(box.y()) + "\" width=\"" + number(box.width())
                + "\" height=\"" + number(box.height()) + "\" " + rest + "/>");
    }

    SvgBuilder shape(FateMark mark, double x, double y) {
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
