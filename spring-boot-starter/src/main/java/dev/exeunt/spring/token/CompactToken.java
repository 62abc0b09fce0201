package dev.exeunt.spring.token;

import dev.exeunt.spring.settings.CredentialHash;
import dev.exeunt.support.security.CanonicalBase64;
import java.util.Arrays;

/**
 * The text of a JWT (RFC 7515, section 7.1). The library that checks the signature ignores characters that are not base64url, and
 * the unused bits of the last one, so that several texts would pass for the same token.
 */
public final class CompactToken {

    private static final String DOT = "\\.";

    private CompactToken() {}

    /** Whether each part is spelled in the only way that an issuer writes it. */
    static boolean isCanonical(String text) {
        return Arrays.stream(text.split(DOT, -1))
                .allMatch(part -> CanonicalBase64.decode(part).isPresent());
    }

    /** What the signature covers, hashed: the same for each text that passes for this token. */
    public static byte[] signingInputHash(String text) {
        return CredentialHash.sha256(text.substring(0, text.lastIndexOf('.')));
    }
}
