package dev.exeunt.support.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Computes SHA-256 digests (FIPS 180-4). */
public final class Sha256 {

    private Sha256() {}

    /** Returns the digest of a text's UTF-8 bytes as 64 hexadecimal digits. */
    public static String hex(String text) {
        return HexFormat.of().formatHex(digest(text));
    }

    /** Returns the digest of a text's UTF-8 bytes, 32 bytes. */
    public static byte[] digest(String text) {
        return start().digest(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns a digest that bytes are added to. */
    public static MessageDigest start() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
