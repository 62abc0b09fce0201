package dev.exeunt.internal.draft.update;

import java.util.ArrayList;
import java.util.List;

/** The difference between a text and the same with insertions, as {@code diff -u} shows it. */
final class UnifiedDiff {

    private static final int CONTEXT = 3;

    /**
     * Holds one line of the diff with its sign: blank, plus or minus.
     *
     * @param sign of a line: blank, plus or minus
     */
    private record DiffLine(char sign, String text) {}

    private UnifiedDiff() {}

    static String of(String before, String after, String file) {
        if (before.equals(after)) {
            return "";
        }
        List<DiffLine> lines = lines(before.split("(?<=\n)"), after.split("(?<=\n)"));
        StringBuilder diff = new StringBuilder("--- " + file + "\n+++ " + file + "\n");
        int next = 0;
        while (next < lines.size()) {
            int change = change(lines, next);
            if (change == lines.size()) {
                break;
            }
            int end = end(lines, change);
            hunk(lines, Math.max(next, change - CONTEXT), end, diff);
            next = end;
        }
        return diff.toString();
    }

    /** Every old line is in the new text, as it was or with something inside: so the first fit is a fit. */
    private static List<DiffLine> lines(String[] before, String[] after) {
        List<DiffLine> lines = new ArrayList<>();
        int j = 0;
        for (String old : before) {
            while (!after[j].equals(old) && !grown(old, after[j])) {
                lines.add(new DiffLine('+', after[j++]));
            }
            if (after[j].equals(old)) {
                lines.add(new DiffLine(' ', old));
            } else {
                lines.add(new DiffLine('-', old));
                lines.add(new DiffLine('+', after[j]));
            }
            j++;
        }
        for (; j < after.length; j++) {
            lines.add(new DiffLine('+', after[j]));
        }
        return lines;
    }

    /** Whether the new line is the old one with something put in, once or more often. */
    private static boolean grown(String old, String line) {
        int i = 0;
        for (int j = 0; j < line.length() && i < old.length(); j++) {
            i += old.charAt(i) == line.charAt(j) ? 1 : 0;
        }
        return !old.isBlank() && i == old.length();
    }

    private static int change(List<DiffLine> lines, int from) {
        int at = from;
        while (at < lines.size() && lines.get(at).sign() == ' ') {
            at++;
        }
        return at;
    }

    /** Changes with less than twice the context between them share a hunk. */
    private static int end(List<DiffLine> lines, int change) {
        int end = change;
        for (int at = change; at < lines.size() && at - end <= 2 * CONTEXT; at++) {
            end = lines.get(at).sign() == ' ' ? end : at + 1;
        }
        return Math.min(lines.size(), end + CONTEXT);
    }

    private static void hunk(List<DiffLine> lines, int from, int to, StringBuilder diff) {
        long oldStart =
                1 + lines.subList(0, from).stream().filter(l -> l.sign() != '+').count();
        long newStart =
                1 + lines.subList(0, from).stream().filter(l -> l.sign() != '-').count();
        List<DiffLine> hunk = lines.subList(from, to);
        long oldLines = hunk.stream().filter(l -> l.sign() != '+').count();
        long newLines = hunk.stream().filter(l -> l.sign() != '-').count();
        diff.append("@@ -%d,%d +%d,%d @@\n".formatted(oldStart, oldLines, newStart, newLines));
        for (DiffLine line : hunk) {
            diff.append(line.sign()).append(line.text());
            if (!line.text().endsWith("\n")) {
                diff.append("\n\\ No newline at end of file\n");
            }
        }
    }
}
