package dev.exeunt.internal.export.section;

import java.io.IOException;
import java.sql.SQLException;
import org.postgresql.copy.CopyOut;

/** Reads the rows of a binary COPY of one JSON column. */
final class JsonCopyReader {

    private final CopyOut copy;

    JsonCopyReader(CopyOut copy) {
        this.copy = copy;
    }

    /** Returns how many rows there were. */
    long readInto(JsonRowSink sink) throws SQLException, IOException {
        BinaryCopyReader reader = new BinaryCopyReader(copy, 1);
        long rows = 0;
        while (reader.nextRow()) {
            int length = reader.length();
            sink.begin(length);
            reader.pass(length, sink::write);
            rows++;
        }
        reader.forget(); // a large row makes room for what is still to be compressed
        sink.end();
        return rows;
    }
}
