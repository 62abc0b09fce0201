package dev.exeunt.internal.export.block;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Holds a piece of a file before and after compression. Used again once it was handed on, so that little memory has to be reclaimed. */
public final class CompressionBlock {

    private static final int FIRST = 1 << 16;

    private byte[] bytes = new byte[FIRST];
    private int length;
    private byte[] deflated = {};
    private int deflatedLength;

    CompressionBlock() {}

    public void append(byte[] from, int offset, int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, Math.min(bytes.length * 2, BlockPipeline.USUAL)));
        }
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    /** The content is its first {@link #length} bytes. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    /** Compresses the content; see {@link BlockCompressor#compress}. */
    public void compress(BlockCompressor compressor) {
        deflatedLength = compressor.deflate(bytes, length);
        if (deflated.length < deflatedLength) {
            deflated = new byte[deflatedLength + deflatedLength / 4];
        }
        System.arraycopy(compressor.output(), 0, deflated, 0, deflatedLength);
    }

    /** Returns a view of the compressed content, which is there until the block was handed on. */
    public ByteBuffer deflated() {
        return ByteBuffer.wrap(deflated, 0, deflatedLength);
    }

    void clear() {
        length = 0;
        deflatedLength = 0;
    }
}
