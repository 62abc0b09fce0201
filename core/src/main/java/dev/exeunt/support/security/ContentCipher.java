package dev.exeunt.support.security;

import dev.exeunt.HashKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts texts that lie in our own tables, with AES-256 in Galois/Counter Mode (NIST SP 800-38D). What was encrypted is bound to its row: a
 * text that is copied to another row does not open there.
 */
public final class ContentCipher {

    private static final byte VERSION = 1;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    /** @param purpose a constant of the program, never a value from outside */
    public ContentCipher(HashKey key, String purpose) {
        this.key = new SecretKeySpec(key.sign("encryption of " + purpose, new byte[0]), "AES");
    }

    /** @param row what tells the row from all others, such as its id */
    public byte[] encrypt(String text, byte[] row) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] encrypted = run(Cipher.ENCRYPT_MODE, nonce, row, text.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.allocate(1 + NONCE + encrypted.length)
                .put(VERSION)
                .put(nonce)
                .put(encrypted)
                .array();
    }

    /** Returns the text; empty where it was encrypted with another key, for another row, or changed since. */
    public Optional<String> decrypt(byte[] encrypted, byte[] row) {
        if (encrypted.length < 1 + NONCE + TAG_BITS / 8 || encrypted[0] != VERSION) {
            return Optional.empty();
        }
        byte[] nonce = Arrays.copyOfRange(encrypted, 1, 1 + NONCE);
        byte[] rest = Arrays.copyOfRange(encrypted, 1 + NONCE, encrypted.length);
        try {
            return Optional.of(new String(run(Cipher.DECRYPT_MODE, nonce, row, rest), StandardCharsets.UTF_8));
        } catch (IllegalStateException e) {
            return Optional.empty();
        }
    }

    private byte[] run(int mode, byte[] nonce, byte[] row, byte[] bytes) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(row);
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The text was not encrypted or decrypted.", e);
        }
    }

    @Override
    public String toString() {
        return "ContentCipher[hidden]";
    }
}
