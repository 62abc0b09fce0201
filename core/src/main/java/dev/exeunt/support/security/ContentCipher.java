package dev.exeunt.support.security;

import dev.exeunt.HashKey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what lies in our own tables, with AES-256 in Galois/Counter Mode (NIST SP 800-38D) and the secret of an installation. What was
 * encrypted is bound to its place: copied to another row it cannot be decrypted. What was encrypted under a former key is still read.
 */
public final class ContentCipher {

    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final byte VERSION = 1;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    /** The present one first. */
    private final List<SecretKeySpec> keys;

    private final SecureRandom random = new SecureRandom();

    /** @param purpose a constant of the program, never a value from outside */
    public ContentCipher(HashKey key, String purpose) {
        this.keys = key.all().stream()
                .map(k -> new SecretKeySpec(k.sign("encryption of " + purpose, new byte[0]), "AES"))
                .toList();
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
        byte[] encrypted = run(Cipher.ENCRYPT_MODE, keys.get(0), new CipherInput(nonce, place, content));
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
        CipherInput input = new CipherInput(nonce, place, rest);
        return keys.stream().flatMap(key -> decrypt(key, input).stream()).findFirst();
    }

    private static Optional<byte[]> decrypt(SecretKeySpec key, CipherInput input) {
        try {
            return Optional.of(run(Cipher.DECRYPT_MODE, key, input));
        } catch (ForeignContentException e) {
            return Optional.empty();
        }
    }

    private record CipherInput(byte[] nonce, byte[] place, byte[] bytes) {}

    private static final class ForeignContentException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static byte[] run(int mode, SecretKeySpec key, CipherInput input) {
        try {
            Cipher cipher = Cipher.getInstance(ALGORITHM);
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, input.nonce()));
            cipher.updateAAD(input.place());
            return cipher.doFinal(input.bytes());
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
