package dev.exeunt.map;

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
