package dev.exeunt.map;

import java.util.Comparator;
import java.util.List;

/**
 * Describes one thing that makes a map impossible or doubtful to carry out.
 *
 * @param message what is wrong, the value, the valid ones; a whole sentence
 * @param fix what to paste or to do
 * @param what the table or {@code table.column} it is about, as {@code accept} names it; empty for faults of the file
 */
public record Finding(
        FindingCode code, FindingCode.Severity severity, Position at, String what, String message, SuggestedFix fix) {

    /** In the order of the file. */
    public static final Comparator<Finding> BY_POSITION =
            Comparator.comparing(Finding::at).thenComparing(Finding::code).thenComparing(Finding::message);

    public boolean isError() {
        return severity == FindingCode.Severity.ERROR;
    }

    /** Sorted by position, without repetitions. */
    public static List<Finding> sorted(List<Finding> findings) {
        return findings.stream().distinct().sorted(BY_POSITION).toList();
    }

    /** {@code exeunt.yaml:14:7: error: blocks: … } then the fix on a line of its own. */
    @Override
    public String toString() {
        return at + ": " + (isError() ? "error" : "warning") + ": " + code.word() + ": " + message + "\n    fix: "
                + fix.toString().replace("\n", "\n         ");
    }

    /**
     * Points at a place in a map file.
     *
     * @param file the file's name as the user gave it
     * @param line 1-based
     * @param column 1-based
     */
    public record Position(String file, int line, int column) implements Comparable<Position> {

        @Override
        public int compareTo(Position other) {
            int byFile = file.compareTo(other.file);
            if (byFile != 0) {
                return byFile;
            }
            return line != other.line ? Integer.compare(line, other.line) : Integer.compare(column, other.column);
        }

        /** {@code exeunt.yaml:14:7} */
        @Override
        public String toString() {
            return file + ":" + line + ":" + column;
        }
    }
}
