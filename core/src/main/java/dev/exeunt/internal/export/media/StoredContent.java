package dev.exeunt.internal.export.media;

import dev.exeunt.ExeuntException;
import dev.exeunt.map.DataMap.StoredFile;
import java.io.FilterInputStream;
import java.io.IOException;

/** Reads a stored file, and tells a failure of the store from one of the bundle. */
final class StoredContent extends FilterInputStream {

    private final String store;

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

    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (IOException e) {
            throw failure(store, e);
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return super.read(bytes, offset, length);
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
