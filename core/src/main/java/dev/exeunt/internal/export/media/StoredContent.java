package dev.exeunt.internal.export.media;

import dev.exeunt.ExeuntException;
import dev.exeunt.map.DataMap.StoredFile;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a stored file, tells a failure of the store from one of the bundle, and remembers how the content begins. */
final class StoredContent extends FilterInputStream {

    private final String store;
    private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();

    StoredContent(StoredFile file, String store) {
        super(file.content());
        this.store = store;
    }

    /** Names the store and the kind of failure. The message of the failure may hold a file's name, so it is left out. */
    static ExeuntException failure(String store, IOException e) {
        return new ExeuntException(
                "The store " + store + " cannot be read (" + e.getClass().getSimpleName()
                        + "), so the export would lack files. Nothing was handed out. Look at the store, and export again.");
    }

    /** Returns the type of the picture that was read; null where it is none. */
    @Nullable
    String picture() {
        return PictureType.of(beginning.toByteArray());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            int count = super.read(bytes, offset, length);
            beginning.write(bytes, offset, Math.max(0, Math.min(count, PictureType.LONGEST - beginning.size())));
            return count;
        } catch (IOException e) {
            throw failure(store, e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            super.close();
        } catch (IOException e) {
            throw failure(store, e);
        }
    }
}
