package dev.exeunt.app.terminal;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Writes report lines and tables to a stream, with its colours and width. */
public final class ReportPage {

    private final PrintStream stream;
    private final TerminalStyle style;
    private final int width;

    /** @param width columns to fold to; 0 leaves lines whole */
    public ReportPage(PrintStream stream, TerminalStyle style, int width) {
        this.stream = stream;
        this.style = style;
        this.width = width;
    }

    public TerminalStyle style() {
        return style;
    }

    public void line(String text) {
        stream.println(text);
    }

    /** A line that a command has printed, which has made visible what could steer a terminal; its colours stay. */
    public void printed(String line) {
        stream.println(TerminalStyle.trusted(line));
    }

    public void blank() {
        stream.println();
    }

    /** Text without colour, folded between words under its own beginning. */
    public void folded(String indent, String text) {
        fold(text, room(indent)).forEach(line -> stream.println(indent + line));
    }

    /** As {@link #folded}, less prominent. */
    public void aside(String indent, String text) {
        fold(text, room(indent)).forEach(line -> stream.println(indent + style.dim(line)));
    }

    public void table(TextTable table, String indent) {
        table.lines(style, room(indent)).forEach(line -> stream.println((indent + line).stripTrailing()));
    }

    private int room(String indent) {
        return width == 0 ? Integer.MAX_VALUE : Math.max(20, width - indent.length());
    }

    static List<String> fold(String text, int width) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : text.split("\n", -1)) {
            StringBuilder line = new StringBuilder();
            for (String word : paragraph.split(" ", -1)) {
                if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                    lines.add(line.toString());
                    line.setLength(0);
                }
                line.append(line.isEmpty() ? "" : " ").append(word);
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
