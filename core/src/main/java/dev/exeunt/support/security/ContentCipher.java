package dev.exeunt.support.security;

import dev.exeunt.HashKey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what lies in our own tables, with AES-256 in Galois/Counter Mode (NIST SP 800-38D) and the secret of an installation. What was
 * encrypted is bound to its place: copied to another row it cannot be decrypted.
 */
public final class ContentCipher {

    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final byte VERSION = 1;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    /** @param purpose a constant of the program, never a value from outside */
    public ContentCipher(HashKey key, String purpose) {
        this.key = new SecretKeySpec(key.sign("encryption of " + purpose, new byte[0]), "AES");
    }

    /** The place of a row that an id tells from all others. */
    public static byte[] place(UUID id) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    /** @param place what tells the row from all others, such as its id; it cannot be decrypted anywhere else */
    public byte[] encrypt(byte[] content, byte[] place) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] encrypted = run(Cipher.ENCRYPT_MODE, nonce, place, content);
        return ByteBuffer.allocate(1 + NONCE + encrypted.length)
                .put(VERSION)
                .put(nonce)
                .put(encrypted)
                .array();
    }

    /** Returns the content; empty where it was encrypted with another key or for another place, or changed since. */
    public Optional<byte[]> decrypt(byte[] encrypted, byte[] place) {
        if (encrypted.length < 1 + NONCE + TAG_BITS / Byte.SIZE || encrypted[0] != VERSION) {
            return Optional.empty();
        }
        byte[] nonce = Arrays.copyOfRange(encrypted, 1, 1 + NONCE);
        byte[] rest = Arrays.copyOfRange(encrypted, 1 + NONCE, encrypted.length);
        try {
            return Optional.of(run(Cipher.DECRYPT_MODE, nonce, place, rest));
        } catch (ForeignContentException e) {
            return Optional.empty();
        }
    }

    private static final class ForeignContentException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private byte[] run(int mode, byte[] nonce, byte[] place, byte[] bytes) {
        try {
            Cipher cipher = Cipher.getInstance(ALGORITHM);
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place);
            return cipher.doFinal(bytes);
        } catch (AEADBadTagException e) {
            throw new ForeignContentException();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "ContentCipher[hidden]";
    }
}
