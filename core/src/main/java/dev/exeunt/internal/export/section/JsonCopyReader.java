package dev.exeunt.internal.export.section;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.postgresql.copy.CopyOut;
import org.postgresql.util.PSQLState;

/**
 * Reads the rows of a binary COPY of one JSON column. Holds one message of the protocol, which is one row.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, Binary Format</a>
 */
final class JsonCopyReader {

    private static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);

    private final CopyOut copy;
    private byte[] chunk = {};
    private int at;

    JsonCopyReader(CopyOut copy) {
        this.copy = copy;
    }

    /** Returns how many rows there were. */
    long readInto(JsonRowSink sink) throws SQLException, IOException {
        header();
        long rows = 0;
        for (int fields = int16(); fields != -1; fields = int16()) {
            int length = int32();
            if (fields != 1 || length < 0) {
                throw malformed();
            }
            sink.begin(length);
            pass(length, sink);
            rows++;
        }
        if (at != chunk.length || copy.readFromCopy() != null) {
            throw malformed();
        }
        chunk = new byte[0]; // a large row makes room for what is still to be compressed
        at = 0;
        sink.end();
        return rows;
    }

    private void header() throws SQLException {
        for (byte expected : SIGNATURE) {
            if (next() != expected) {
                throw malformed();
            }
        }
        int32(); // flags: none are defined that would matter to one text column
        for (int extension = int32(); extension > 0; extension--) {
            next();
        }
    }

    private void pass(int length, JsonRowSink sink) throws SQLException, IOException {
        int left = length;
        while (left > 0) {
            refill();
            int here = Math.min(left, chunk.length - at);
            sink.write(chunk, at, here);
            at += here;
            left -= here;
        }
    }

    private short int16() throws SQLException {
        return (short) ((next() & 0xff) << 8 | (next() & 0xff));
    }

    private int int32() throws SQLException {
        return (int16() & 0xffff) << 16 | (int16() & 0xffff);
    }

    private byte next() throws SQLException {
        refill();
        return chunk[at++];
    }

    private void refill() throws SQLException {
        while (at == chunk.length) {
            byte[] more = copy.readFromCopy();
            if (more == null) {
                throw malformed();
            }
            chunk = more;
            at = 0;
        }
    }

    private static SQLException malformed() {
        return new SQLException("not one text column in binary", PSQLState.PROTOCOL_VIOLATION.getState());
    }
}
