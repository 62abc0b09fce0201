package dev.exeunt.internal.export.section;

import java.io.IOException;
import java.io.OutputStream;

/** Takes the files of a section, one after the other. */
public interface FileConsumer {

    /**
     * Begins a file, which ends when its stream is closed. After a failure the stream stays open.
     *
     * @param path within the bundle, of letters, digits, {@code _ - . /}
     */
    OutputStream begin(String path) throws IOException;
}
