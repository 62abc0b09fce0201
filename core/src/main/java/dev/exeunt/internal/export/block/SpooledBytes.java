package dev.exeunt.internal.export.block;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keeps bytes until they are read, once and in order: the first ones in memory, the others in an {@linkplain EncryptedFile encrypted
 * file} that nothing stays of.
 */
public final class SpooledBytes implements AutoCloseable {

    private static final int IN_MEMORY = 1 << 20;

    /** Bytes that are read from the file at once. */
    private static final int PIECE = 1 << 14;

    private final Path directory;
    private final int most;
    private byte[] memory = {};
    private int held;
    private int read;
    private @Nullable EncryptedFile file;

    /** @param directory for the file, should one be needed */
    public SpooledBytes(Path directory) {
        this(directory, IN_MEMORY);
    }

    SpooledBytes(Path directory, int most) {
        this.directory = directory;
        this.most = most;
    }

    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (file == null && length <= most - held) {
            if (memory.length - held < length) {
                memory = Arrays.copyOf(memory, Math.min(most, Math.max(held + length, memory.length * 2)));
            }
            System.arraycopy(bytes, offset, memory, held, length);
            held += length;
            return;
        }
        try {
            if (file == null) {
                file = EncryptedFile.create(directory);
            }
            file.write(bytes, offset, length);
        } catch (IOException e) {
            throw SpoolFailure.of(e, directory);
        }
    }

    /** Takes bytes that are read. */
    public interface SpoolTarget {
        void write(byte[] bytes, int offset, int length) throws IOException;
    }

    /** Copies the next bytes. @param length no more than are left */
    public void copyTo(SpoolTarget target, int length) throws IOException {
        int here = Math.min(length, held - read);
        target.write(memory, read, here);
        read += here;
        int left = length - here;
        while (left > 0) {
            byte[] piece = fromFile(Math.min(left, PIECE));
            target.write(piece, 0, piece.length);
            left -= piece.length;
        }
    }

    private byte[] fromFile(int length) throws IOException {
        if (file == null) {
            throw new IllegalStateException("nothing is left in the spool");
        }
        try {
            return file.read(length);
        } catch (IOException e) {
            throw SpoolFailure.of(e, directory);
        }
    }

    /** Forgets everything. */
    public void clear() throws IOException {
        held = 0;
        read = 0;
        close();
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            EncryptedFile closing = file;
            file = null;
            closing.close();
        }
    }
}
