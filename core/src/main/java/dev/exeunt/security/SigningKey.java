package dev.exeunt.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Signs for one purpose, with HMAC-SHA-256 (RFC 2104). {@link HashKey#signingKey} makes it; what it signs says nothing about the
 * secret it comes from, nor about what is signed for another purpose.
 */
public final class SigningKey {

    private static final int LEAST = 16;

    private final Hmac hmac;

    SigningKey(Hmac hmac) {
        this.hmac = hmac;
    }

    /** @return 32 bytes */
    public byte[] sign(byte[] text) {
        return hmac.of(text);
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
