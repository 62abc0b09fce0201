package dev.exeunt.spring.settings;

import dev.exeunt.support.security.Sha256;
import java.util.HexFormat;
import java.util.Optional;

/** Hashes credentials with SHA-256, so that memory and files hold no usable credential. */
public final class CredentialHash {

    private static final String PREFIX = "sha256:";

    private CredentialHash() {}

    /** Of a credential as it is set: plain, or its hash. Empty where it is too short, or no hash. */
    public static Optional<byte[]> of(String set, int least) {
        if (set.startsWith(PREFIX)) {
            String hex = set.substring(PREFIX.length());
            return hex.matches("[0-9a-fA-F]{64}") ? Optional.of(HexFormat.of().parseHex(hex)) : Optional.empty();
        }
        return set.length() < least ? Optional.empty() : Optional.of(sha256(set));
    }

    public static byte[] sha256(String text) {
        return Sha256.digest(text);
    }
}
