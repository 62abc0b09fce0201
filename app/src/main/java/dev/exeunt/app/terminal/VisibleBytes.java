package dev.exeunt.app.terminal;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** UTF-8 bytes as text on a person's terminal, line by line, so that nothing in them steers it. */
final class VisibleBytes extends OutputStream {

    private final PrintStream terminal;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /** @param terminal makes what it prints visible, and stays open */
    VisibleBytes(PrintStream terminal) {
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
