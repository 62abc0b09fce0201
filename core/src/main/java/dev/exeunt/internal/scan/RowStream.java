package dev.exeunt.internal.scan;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.transaction.TransactionEnd;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Streams the rows of a SELECT in PostgreSQL's binary COPY format, one row in memory at a time. */
final class RowStream {

    /** The signature of the format, the flags and the length of the header's extension. */
    private static final int SIGNATURE = 11;

    private static final int FLAGS = 4;

    private final Connection connection;

    RowStream(Connection connection) {
        this.connection = connection;
    }

    /** Takes a row: for each field its place in the bytes, and its length, -1 for NULL. The arrays hold the next row afterwards. */
    interface RowVisitor {
        void row(byte[] bytes, int[] starts, int[] lengths);
    }

    /** @return how many rows there were */
    long read(SqlFragment select, RowVisitor visitor) throws SQLException {
        CopyOut copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY (" + select.inlined() + ") TO STDOUT (FORMAT binary)");
        try {
            boolean header = true;
            RowFields fields = new RowFields();
            for (byte[] message = copy.readFromCopy(); message != null; message = copy.readFromCopy()) {
                ByteBuffer buffer = ByteBuffer.wrap(message);
                if (header) {
                    buffer.position(SIGNATURE + FLAGS);
                    int extension = buffer.getInt();
                    buffer.position(buffer.position() + extension);
                    header = false;
                }
                fields.read(buffer, visitor);
            }
            return copy.getHandledRowCount();
        } finally {
            if (copy.isActive()) {
                TransactionEnd.sever(connection); // to cancel the copy is not enough: an answer would stay unread
            }
        }
    }

    /** Finds the fields of each row. Its two arrays are the same for all rows of a statement. */
    private static final class RowFields {

        private int[] starts = new int[0];
        private int[] lengths = new int[0];

        void read(ByteBuffer buffer, RowVisitor visitor) {
            while (buffer.hasRemaining()) {
                int fields = buffer.getShort();
                if (fields < 0) {
                    return; // the trailer
                }
                if (fields != starts.length) {
                    starts = new int[fields];
                    lengths = new int[fields];
                }
                for (int i = 0; i < fields; i++) {
                    lengths[i] = buffer.getInt();
                    starts[i] = buffer.position();
                    buffer.position(starts[i] + Math.max(0, lengths[i]));
                }
                visitor.row(buffer.array(), starts, lengths);
            }
        }
    }
}
