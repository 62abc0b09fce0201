package dev.exeunt.internal.scan.match;

/** Tells letters, digits and case of single bytes; a byte of another script stands for itself. */
final class AsciiBytes {

    private static final byte[] FOLDED = new byte[256];
    private static final boolean[] WORD = new boolean[256];

    static {
        for (int i = 0; i < 256; i++) {
            FOLDED[i] = (byte) (i >= 'A' && i <= 'Z' ? i + 32 : i);
            WORD[i] = i >= '0' && i <= '9' || i >= 'A' && i <= 'Z' || i >= 'a' && i <= 'z' || i == '_';
        }
    }

    private AsciiBytes() {}

    /** Returns the byte in lower case. */
    static byte folded(byte any) {
        return FOLDED[any & 0xFF];
    }

    /** Tells letters, digits and underscores. */
    static boolean isWord(byte any) {
        return WORD[any & 0xFF];
    }
}
