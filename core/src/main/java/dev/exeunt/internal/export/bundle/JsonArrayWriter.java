package dev.exeunt.internal.export.bundle;

import dev.exeunt.internal.export.section.JsonRowSink;
import java.io.IOException;
import java.io.OutputStream;

/** Writes the rows of a section as a JSON array, each on a line of its own. */
final class JsonArrayWriter implements JsonRowSink {

    private final OutputStream out;
    private boolean first = true;

    JsonArrayWriter(OutputStream out) {
        this.out = out;
    }

    @Override
    public void begin(int length) throws IOException {
        out.write(first ? '[' : ',');
        out.write('\n');
        first = false;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }

    @Override
    public void end() throws IOException {
        out.write(first ? '[' : '\n');
        out.write(']');
    }
}
