package dev.exeunt.support.security;

import java.util.Base64;
import java.util.Optional;

/**
 * Base64 for URLs, without padding (RFC 4648, section 5), in which each array of bytes has exactly one spelling. The decoders of
 * Java and of libraries for JWTs accept several spellings: padding, other last characters, and some of them any other character.
 * Whatever is recorded or compared by its text has to come through here.
 */
public final class CanonicalBase64 {

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private CanonicalBase64() {}

    /** The only text that {@link #decode} takes for these bytes. */
    public static String encode(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    /** The bytes; empty where {@link #encode} would have written them otherwise, or cannot have written the text at all. */
    public static Optional<byte[]> decode(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            return encode(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // the same answer as to every other text that encode does not write
        }
    }
}
