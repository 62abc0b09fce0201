package dev.exeunt.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes and reads the table of a page that says how many rows of a person two ways of erasing leave. */
final class LeftRowsTable {

    private LeftRowsTable() {}

    /** A line for each table that said something of the person: how many rows did, and how many do after either way. */
    static List<String> lines(Map<String, Long> before, Map<String, Long> erased, Map<String, Long> deleted) {
        return before.keySet().stream()
                .map(table -> "| `" + table + "` | " + before.get(table) + " | " + erased.getOrDefault(table, 0L)
                        + " | " + deleted.getOrDefault(table, 0L) + " |")
                .toList();
    }

    /** The lines of a page that look like these. */
    static List<String> linesOf(Path page) throws IOException {
        return Files.readString(page)
                .lines()
                .filter(line -> line.matches("\\| `\\w+` \\|( \\d+ \\|){3}"))
                .toList();
    }
}
