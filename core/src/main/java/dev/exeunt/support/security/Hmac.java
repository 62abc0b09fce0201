package dev.exeunt.support.security;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Computes HMAC-SHA-256 (RFC 2104) with one secret, which it never shows. */
public final class Hmac {

    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] secret;

    public Hmac(byte[] secret) {
        this.secret = secret;
    }

    /** @return 32 bytes */
    public byte[] of(byte[] text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hmac hmac && Arrays.equals(secret, hmac.secret);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(secret);
    }
}
