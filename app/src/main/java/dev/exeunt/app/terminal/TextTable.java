package dev.exeunt.app.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Rows in aligned columns, each as wide as its widest cell, so that no cell is cut; only the last column is folded to the page. */
public final class TextTable {

    private static final int NARROWEST = 20;

    private final List<String> titles;
    private final boolean[] right;
    private final List<TextTableRow> rows = new ArrayList<>();

    /** Holds the cells of a table row and the text below it. */
    private record TextTableRow(List<String> cells, String aside) {}

    /** @param titles a title that begins with {@code >} is of a column of numbers, aligned to the right */
    public TextTable(String... titles) {
        this.titles = Arrays.stream(titles)
                .map(t -> t.startsWith(">") ? t.substring(1) : t)
                .toList();
        this.right = new boolean[titles.length];
        for (int i = 0; i < titles.length; i++) {
            right[i] = titles[i].startsWith(">");
        }
    }

    /** Cells are text, or numbers, which get their thousands apart. */
    public TextTable row(Object... cells) {
        rows.add(new TextTableRow(Arrays.stream(cells).map(TextTable::text).toList(), ""));
        return this;
    }

    /** Text of its own below the last row, folded where the page is. */
    public TextTable aside(String text) {
        rows.add(new TextTableRow(List.of(), text));
        return this;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    List<String> lines(TerminalStyle style, int width) {
        int[] widths = widths();
        List<String> lines = new ArrayList<>();
        lines.add(style.bold(line(titles, widths)));
        for (TextTableRow row : rows) {
            if (row.cells().isEmpty()) {
                ReportPage.fold(row.aside(), width - 2).forEach(line -> lines.add("  " + style.dim(line)));
            } else {
                lines.addAll(folded(row.cells(), widths, width));
            }
        }
        return lines;
    }

    /** A last cell that does not fit is continued below itself, where there is room to speak of. */
    private List<String> folded(List<String> cells, int[] widths, int width) {
        int last = cells.size() - 1;
        int before = Arrays.stream(widths, 0, last).sum() + 2 * last;
        int room = width - before;
        if (right[last] || room < NARROWEST || width(cells.get(last)) <= room) {
            return List.of(line(cells, widths));
        }
        List<String> parts = ReportPage.fold(cells.get(last), room);
        List<String> first = new ArrayList<>(cells);
        first.set(last, parts.get(0));
        List<String> lines = new ArrayList<>(List.of(line(first, widths)));
        parts.stream().skip(1).forEach(part -> lines.add(" ".repeat(before) + part));
        return lines;
    }

    /** {@code 12 345} is a number in every country, unlike 12,345 and 12.345. */
    public static String number(long number) {
        return number < 10_000 && number > -10_000
                ? Long.toString(number)
                : String.format(Locale.ROOT, "%,d", number).replace(',', ' ');
    }

    private static String text(Object cell) {
        return cell instanceof Number number ? number(number.longValue()) : cell.toString();
    }

    private int[] widths() {
        int[] widths = titles.stream().mapToInt(TextTable::width).toArray();
        for (TextTableRow row : rows) {
            for (int i = 0; i < row.cells().size(); i++) {
                widths[i] = Math.max(widths[i], width(row.cells().get(i)));
            }
        }
        return widths;
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String pad = " ".repeat(Math.max(0, widths[i] - width(cells.get(i))));
            line.append(i == 0 ? "" : "  ").append(right[i] ? pad : "").append(cells.get(i));
            line.append(right[i] ? "" : pad);
        }
        return line.toString().stripTrailing();
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
