package dev.exeunt.support.security;

import dev.exeunt.HashKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Signs and verifies for one purpose, with the present secret of an installation. A signature under a former one is not accepted: a secret
 * that leaked and was replaced opens nothing any more.
 */
public final class SigningKey {

    private static final int LEAST = 16;

    private final HashKey key;
    private final String purpose;

    /** @param purpose a constant of the program, never a value from outside */
    public SigningKey(HashKey key, String purpose) {
        this.key = key;
        this.purpose = purpose;
    }

    /** @return 32 bytes */
    public byte[] sign(byte[] text) {
        return key.sign(purpose, text);
    }

    /** Returns the signatures of a text under the present key and each former one, to look records up by them. */
    public List<String> allSignedHex(String text) {
        return key.all().stream()
                .map(k -> new SigningKey(k, purpose).signHex(text))
                .toList();
    }

    /** Returns the signature of a text's UTF-8 bytes as 64 hexadecimal digits. */
    public String signHex(String text) {
        return HexFormat.of().formatHex(sign(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Takes as long whether it is right, nearly right or not at all.
     *
     * @param signature what {@link #sign} returned, or as much of its beginning as was kept, at least 16 bytes
     */
    public boolean signed(byte[] text, byte[] signature) {
        byte[] whole = sign(text);
        return signature.length >= LEAST
                && MessageDigest.isEqual(Arrays.copyOf(whole, Math.min(whole.length, signature.length)), signature);
    }

    @Override
    public String toString() {
        return "SigningKey[hidden]";
    }
}
