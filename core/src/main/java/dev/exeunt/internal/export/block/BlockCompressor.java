package dev.exeunt.internal.export.block;

import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * Compresses blocks, each without regard to others: as a piece of a deflate stream that ends at a byte (a sync flush, RFC 1951). So pieces
 * can be put together in any order, and one piece can stand in two files. For one thread at a time.
 */
public final class BlockCompressor implements AutoCloseable {

    private static final int LEVEL = 6;

    /** More than zlib adds to what it cannot compress, for blocks of the usual size. */
    private static final int MARGIN = 1 << 12;

    private final Deflater deflater = new Deflater(LEVEL, true);
    private byte[] scratch = {};

    public BlockCompressor() {}

    /** Returns a piece of a deflate stream, behind which others must follow. */
    public byte[] compress(byte[] bytes, int offset, int length) {
        int most = length + length / 1000 + MARGIN;
        if (scratch.length < most) {
            scratch = new byte[most];
        }
        deflater.reset();
        deflater.setInput(bytes, offset, length);
        int compressed = deflater.deflate(scratch, 0, scratch.length, Deflater.SYNC_FLUSH);
        if (compressed == scratch.length || !deflater.needsInput()) {
            throw new IllegalStateException("zlib made more of " + length + " bytes than it may");
        }
        return Arrays.copyOf(scratch, compressed);
    }

    @Override
    public void close() {
        deflater.end();
    }
}
