package dev.exeunt.app.terminal;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;

/** Characters into a stream that knows its own charset, for picocli, which wants a writer and colours its help by itself. */
final class StreamWriter extends Writer {

    private final PrintStream stream;

    private StreamWriter(PrintStream stream) {
        this.stream = stream;
    }

    static PrintWriter over(PrintStream stream) {
        return new PrintWriter(new StreamWriter(stream), true);
    }

    @Override
    public void write(char[] characters, int from, int length) {
        stream.print(TerminalStyle.trusted(new String(characters, from, length)));
    }

    @Override
    public void flush() {
        stream.flush();
    }

    /** The stream is its owner's. */
    @Override
    public void close() {
        stream.flush();
    }
}
