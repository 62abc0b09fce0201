package dev.exeunt.archive.internal;

import dev.exeunt.archive.ArchiveException;

/** Where bytes go until it is decided whether they stay. What fails is said as {@link ArchiveException}. */
public interface Sink extends AutoCloseable {

    void write(byte[] bytes, int offset, int length);

    /** Everything was written, and stays. */
    void keep();

    /** Removes whatever was not kept, as far as the store lets itself be told. Throws nothing: what went wrong before matters. */
    @Override
    void close();
}
