package dev.exeunt.archive.spi;

import dev.exeunt.archive.ArchiveException;

/**
 * Receives the bytes of one archive and keeps or discards them at the end. What fails is said as
 * {@link ArchiveException}.
 */
public interface ArchiveSink extends AutoCloseable {

    void write(byte[] bytes, int offset, int length);

    /** Everything was written, and stays. */
    void keep();

    /** Removes whatever was not kept, as far as the store lets itself be told. Throws nothing: what went wrong before matters. */
    @Override
    void close();
}
