package dev.exeunt.app.terminal;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Writes UTF-8 bytes to a terminal line by line, with control characters shown as escapes. */
final class VisibleOutputStream extends OutputStream {

    private final PrintStream terminal;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /** @param terminal makes what it prints visible, and stays open */
    VisibleOutputStream(PrintStream terminal) {
        this.terminal = terminal;
    }

    @Override
    public void write(int octet) {
        line.write(octet);
        if (octet == '\n') {
            print();
        }
    }

    private void print() {
        terminal.print(line.toString(StandardCharsets.UTF_8));
        line.reset();
    }

    /** A line that is not over waits for its end: its last character may not be whole. */
    @Override
    public void flush() {
        terminal.flush();
    }

    @Override
    public void close() {
        print();
        terminal.flush();
    }
}
