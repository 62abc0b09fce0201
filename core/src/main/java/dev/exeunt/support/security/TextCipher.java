package dev.exeunt.support.security;

import dev.exeunt.HashKey;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts short texts for one purpose, with the secret of an installation (AES-256-GCM, NIST SP 800-38D). All texts have the same length
 * when they are encrypted, so that the length tells nothing.
 */
public final class TextCipher {

    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKey key;
    private final int size;

    /**
     * @param purpose a constant of the program, never a value from outside
     * @param size how many bytes a text may have in UTF-8
     */
    public TextCipher(HashKey key, String purpose, int size) {
        this.key = new SecretKeySpec(key.sign("encrypts " + purpose, new byte[0]), "AES");
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
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        byte[] padded = ByteBuffer.allocate(Integer.BYTES + size)
                .putInt(bytes.length)
                .put(bytes)
                .array();
        try {
            byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, nonce, place).doFinal(padded);
            return ByteBuffer.allocate(NONCE + encrypted.length)
                    .put(nonce)
                    .put(encrypted)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /** Returns the text; empty unless {@link #encrypt} of the same purpose and secret has made these bytes for this place. */
    public Optional<String> decrypt(byte[] encrypted, String place) {
        if (encrypted.length < NONCE + TAG_BITS / Byte.SIZE) {
            return Optional.empty();
        }
        byte[] nonce = Arrays.copyOf(encrypted, NONCE);
        try {
            ByteBuffer padded = ByteBuffer.wrap(
                    cipher(Cipher.DECRYPT_MODE, nonce, place).doFinal(encrypted, NONCE, encrypted.length - NONCE));
            byte[] bytes = new byte[padded.getInt()];
            padded.get(bytes);
            return Optional.of(new String(bytes, StandardCharsets.UTF_8));
        } catch (AEADBadTagException | BufferUnderflowException e) {
            return Optional.empty(); // not ours, or of another place
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(ALGORITHM);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    @Override
    public String toString() {
        return "TextCipher[hidden]";
    }
}
