package dev.exeunt.internal.export.section;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.postgresql.copy.CopyOut;
import org.postgresql.util.PSQLState;

/**
 * Reads a binary COPY, field by field. Holds one message of the protocol, which is one row.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, Binary Format</a>
 */
final class BinaryCopyReader {

    private static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);

    private final CopyOut copy;
    private final int fields;
    private byte[] chunk = {};
    private int at;

    /** @param fields that each row has, none of them NULL */
    BinaryCopyReader(CopyOut copy, int fields) throws SQLException {
        this.copy = copy;
        this.fields = fields;
        for (byte expected : SIGNATURE) {
            require(nextByte() == expected);
        }
        int32(); // flags: none are defined that would matter here
        for (int extension = int32(); extension > 0; extension--) {
            nextByte();
        }
    }

    /** Goes to the next row. Returns false behind the last one. */
    boolean nextRow() throws SQLException {
        int found = int16();
        if (found == -1) {
            require(at == chunk.length && copy.readFromCopy() == null);
            return false;
        }
        require(found == fields);
        return true;
    }

    /** Takes the bytes of a field, in one or more parts. */
    interface FieldTarget {
        void write(byte[] bytes, int offset, int length) throws IOException;
    }

    /** Hands on the bytes of a field. @param length what {@link #length} returned */
    void pass(int length, FieldTarget target) throws SQLException, IOException {
        int left = length;
        while (left > 0) {
            refill();
            int here = Math.min(left, chunk.length - at);
            target.write(chunk, at, here);
            at += here;
            left -= here;
        }
    }

    /** Returns the next field, a short text. */
    String text() throws SQLException {
        byte[] bytes = new byte[length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = nextByte();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Returns the next field, a boolean. */
    boolean flag() throws SQLException {
        require(length() == 1);
        return nextByte() != 0;
    }

    /** Begins the next field and returns its length. */
    int length() throws SQLException {
        int length = int32();
        require(length >= 0);
        return length;
    }

    /** Lets go of the message that was read last. */
    void forget() {
        chunk = new byte[0];
        at = 0;
    }

    private short int16() throws SQLException {
        return (short) ((nextByte() & 0xff) << 8 | (nextByte() & 0xff));
    }

    private int int32() throws SQLException {
        return (int16() & 0xffff) << 16 | (int16() & 0xffff);
    }

    private byte nextByte() throws SQLException {
        refill();
        return chunk[at++];
    }

    private void refill() throws SQLException {
        while (at == chunk.length) {
            byte[] more = copy.readFromCopy();
            require(more != null);
            chunk = more;
            at = 0;
        }
    }

    private static void require(boolean wellFormed) throws SQLException {
        if (!wellFormed) {
            throw new SQLException(
                    "PostgreSQL sent a binary COPY of another form", PSQLState.PROTOCOL_VIOLATION.getState());
        }
    }
}
