package dev.exeunt.internal.export.section;

import java.io.IOException;

/** Takes the rows of a section as JSON texts in UTF-8, one after another. */
public interface JsonRowSink {

    /** Begins a row. @param length its bytes, which {@link #write} brings in one or more parts */
    void begin(int length) throws IOException;

    void write(byte[] bytes, int offset, int length) throws IOException;

    /** Called once, behind the last row. */
    void end() throws IOException;
}
