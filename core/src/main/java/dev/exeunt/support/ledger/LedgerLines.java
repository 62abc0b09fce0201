package dev.exeunt.support.ledger;

import dev.exeunt.ledger.LedgerSink.Entry;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes entries of the ledger as lines, and reads them: position, keyed hash and text, with a space between. An entry counts once its
 * line ends: what a crash left of a line was never acknowledged.
 */
public final class LedgerLines {

    /** Longer than a line is. */
    private static final int LONGEST = 1 << 20;

    private LedgerLines() {}

    /** Returns the lines of these entries, each with its end. */
    public static byte[] write(List<Entry> entries) {
        StringBuilder lines = new StringBuilder();
        for (Entry entry : entries) {
            lines.append(entry.position())
                    .append(' ')
                    .append(entry.mac())
                    .append(' ')
                    .append(entry.text())
                    .append('\n');
        }
        return lines.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Reads a line without its end.
     *
     * @throws IOException where it is none of a ledger
     */
    public static Entry entry(String line) throws IOException {
        String[] parts = line.split(" ", 3);
        try {
            return new Entry(Long.parseLong(parts[0]), parts[1], parts[2]);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new IOException("it has a line that is no entry of a ledger", e);
        }
    }

    /**
     * Hands over the entry of each whole line behind a position, in the order of the lines.
     *
     * @param after as {@link dev.exeunt.ledger.LedgerSink#read} takes it
     * @throws IOException where a line is none of a ledger
     */
    public static void read(InputStream lines, long after, Consumer<Entry> entries) throws IOException {
        InputStream in = new BufferedInputStream(lines);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next != '\n') {
                if (line.size() == LONGEST) {
                    throw new IOException("it has a line that is no entry of a ledger");
                }
                line.write(next);
                continue;
            }
            Entry entry = entry(line.toString(StandardCharsets.US_ASCII));
            line.reset();
            if (entry.position() > after) {
                entries.accept(entry);
            }
        }
    }
}
