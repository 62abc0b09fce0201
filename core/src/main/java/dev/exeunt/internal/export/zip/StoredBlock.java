package dev.exeunt.internal.export.zip;

import java.nio.charset.StandardCharsets;

/** Makes deflate blocks that hold a short text uncompressed (RFC 1951, 3.2.4). They may stand wherever a block ended at a byte. */
public final class StoredBlock {

    private static final int LONGEST = 0xFFFF;

    private StoredBlock() {}

    /** Returns a block behind which others follow. */
    public static byte[] of(String text) {
        return of(text, false);
    }

    /** Returns a block that ends the stream. */
    public static byte[] last(String text) {
        return of(text, true);
    }

    private static byte[] of(String text, boolean last) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LONGEST) {
            throw new IllegalArgumentException("a stored block holds 65,535 bytes, not " + bytes.length);
        }
        return new ZipFields()
                .bytes(new byte[] {(byte) (last ? 1 : 0)})
                .int16(bytes.length)
                .int16(~bytes.length)
                .bytes(bytes)
                .take();
    }
}
