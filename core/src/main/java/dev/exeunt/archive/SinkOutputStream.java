package dev.exeunt.archive;

import dev.exeunt.archive.ArchiveException.ArchiveFailureReason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes archive content into a sink and remembers the sink's failure. It remembers what the sink said, since who
 * writes may make something else of an IOException, or nothing.
 */
final class SinkOutputStream extends OutputStream {

    private final Archives.Sink sink;
    private @Nullable ArchiveException failure;
    private long bytes;
    private boolean over;

    private SinkOutputStream(Archives.Sink sink) {
        this.sink = sink;
    }

    /** Closes the sink. @return how many bytes were kept */
    static long store(Archives.Sink sink, Archives.ArchiveContent content) {
        try (sink) {
            SinkOutputStream storing = new SinkOutputStream(sink);
            storing.take(content);
            sink.keep();
            return storing.bytes;
        }
    }

    private void take(Archives.ArchiveContent content) {
        try {
            content.writeTo(this);
        } catch (IOException e) {
            throw failure == null ? ofContent(e) : failure;
        } catch (RuntimeException e) {
            throw failure == null ? e : failure;
        } finally {
            over = true;
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static ArchiveException ofContent(IOException e) {
        return e instanceof InterruptedIOException
                ? ArchiveException.interrupted()
                : new ArchiveException(
                        ArchiveFailureReason.CONTENT,
                        "What was to be archived could not be made: the system says "
                                + e.getClass().getSimpleName() + ". Nothing was kept.");
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (over || failure != null) {
            throw new IOException("the archive takes no more");
        }
        try {
            if (Thread.currentThread().isInterrupted()) {
                throw ArchiveException.interrupted();
            }
            sink.write(buffer, offset, length);
        } catch (ArchiveException e) {
            failure = e;
            throw new IOException("the archive failed");
        }
        bytes += length;
    }
}
