package dev.exeunt.support.security;

import dev.exeunt.HashKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Encrypts short texts for one purpose by {@link ContentCipher}. All texts have the same length
 * when they are encrypted, so that the length tells nothing.
 */
public final class TextCipher {

    private final ContentCipher cipher;
    private final int size;

    /**
     * @param purpose a constant of the program, never a value from outside
     * @param size how many bytes a text may have in UTF-8
     */
    public TextCipher(HashKey key, String purpose, int size) {
        this.cipher = new ContentCipher(key, purpose);
        this.size = size;
    }

    /**
     * Encrypts a text.
     *
     * @param place where it is kept; it cannot be decrypted anywhere else
     * @throws IllegalArgumentException where the text is too long; the message does not repeat it
     */
    public byte[] encrypt(String text, String place) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > size) {
            throw new IllegalArgumentException("The text has more than " + size + " bytes.");
        }
        byte[] padded = ByteBuffer.allocate(Integer.BYTES + size)
                .putInt(bytes.length)
                .put(bytes)
                .array();
        return cipher.encrypt(padded, place.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the text; empty unless {@link #encrypt} of the same purpose and secret has made these bytes for this place. */
    public Optional<String> decrypt(byte[] encrypted, String place) {
        return cipher.decrypt(encrypted, place.getBytes(StandardCharsets.UTF_8)).map(TextCipher::text);
    }

    private static String text(byte[] padded) {
        ByteBuffer read = ByteBuffer.wrap(padded);
        byte[] bytes = new byte[read.getInt()];
        read.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "TextCipher[hidden]";
    }
}
