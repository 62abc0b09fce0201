package dev.exeunt.ledger;

import dev.exeunt.ExeuntException;
import dev.exeunt.reach.SubjectKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that erased people are known by: HMAC-SHA-256 (RFC 2104) of their key. It lives outside the database, since who
 * has both can try every number until one fits.
 *
 * <p>The program never shows it; {@link #id()} tells two keys from each other.
 */
public final class HashKey {

    private static final int LEAST = 32;

    private final byte[] secret;

    private HashKey(byte[] secret) {
        this.secret = secret;
    }

    /**
     * @param hex at least 64 hexadecimal digits, as {@code openssl rand -hex 32} prints them
     * @throws ExeuntException where it is none, without repeating it
     */
    public static HashKey ofHex(String hex) {
        byte[] secret;
        try {
            secret = HexFormat.of().parseHex(hex.strip());
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
        if (secret.length < LEAST) {
            throw invalid();
        }
        return new HashKey(secret);
    }

    private static ExeuntException invalid() {
        return new ExeuntException("The key that erased people are known by must be at least " + 2 * LEAST
                + " hexadecimal digits. Make one: openssl rand -hex 32");
    }

    /** Says which key a hash was made with: eight digits of a hash of its own. */
    public String id() {
        return HexFormat.of().formatHex(mac("exeunt key id".getBytes(StandardCharsets.UTF_8)), 0, 4);
    }

    /** The same for the same person, and told from nothing without the secret. */
    public byte[] hash(SubjectKey subject) {
        StringBuilder text = new StringBuilder("exeunt subject");
        subject.parts()
                .forEach(p -> text.append('\n').append(p.length()).append(' ').append(p));
        return mac(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private byte[] mac(byte[] text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HashKey key && Arrays.equals(secret, key.secret);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(secret);
    }

    @Override
    public String toString() {
        return "HashKey[" + id() + "]";
    }
}
