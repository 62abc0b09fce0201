package dev.exeunt.internal.export.section;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyOut;
import org.postgresql.util.PSQLState;

/** Reads files from a binary COPY, whose rows are pieces of them: see {@link BinaryFileSql#copy}. */
final class FileCopyReader {

    private final CopyOut copy;

    FileCopyReader(CopyOut copy) {
        this.copy = copy;
    }

    /** Returns how many pieces there were. */
    long writeTo(FileConsumer files) throws SQLException, IOException {
        BinaryCopyReader reader = new BinaryCopyReader(copy, 3);
        long pieces = 0;
        @Nullable String open = null;
        OutputStream content = OutputStream.nullOutputStream();
        while (reader.nextRow()) {
            String path = reader.text();
            boolean last = reader.flag();
            if (open == null) {
                content = files.begin(path);
            } else if (!open.equals(path)) {
                throw mixed();
            }
            reader.pass(reader.length(), content::write);
            open = last ? null : path;
            if (last) {
                content.close();
            }
            pieces++;
        }
        if (open != null) {
            throw mixed();
        }
        return pieces;
    }

    private static SQLException mixed() {
        return new SQLException("the pieces of files came mixed", PSQLState.DATA_ERROR.getState());
    }
}
