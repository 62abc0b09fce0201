package dev.exeunt.internal.export.block;

import java.util.Arrays;

/** Holds a piece of a file before compression. Used again once its content was handed on. */
public final class Block {

    private static final int FIRST = 1 << 16;

    private byte[] bytes = new byte[FIRST];
    private int length;

    Block() {}

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

    void clear() {
        length = 0;
    }
}
