package dev.exeunt.support.security;

import dev.exeunt.HashKey;
import java.util.Arrays;
import java.util.Optional;

/**
 * Makes and reads the tokens that Exeunt checks itself: sessions, download links and receipt links. A token is a payload and
 * its signature in {@link CanonicalBase64}, so that no character of it can be changed, added or left out.
 */
public final class TokenSigner {

    /** Longer texts are refused before they are decoded; browsers keep no cookie that is longer. */
    private static final int LONGEST = 4096;

    private final SigningKey key;
    private final int signatureBytes;

    /**
     * @param purpose as of {@link SigningKey}
     * @param signatureBytes how many bytes of the signature a token has, 16 to 32
     */
    public TokenSigner(HashKey key, String purpose, int signatureBytes) {
        this.key = new SigningKey(key, purpose);
        this.signatureBytes = signatureBytes;
    }

    /** Characters that need no escaping in a URL or a cookie. */
    public String token(byte[] payload) {
        byte[] bytes = Arrays.copyOf(payload, payload.length + signatureBytes);
        System.arraycopy(key.sign(payload), 0, bytes, payload.length, signatureBytes);
        return CanonicalBase64.encode(bytes);
    }

    /** The payload of a token; empty unless {@link #token} of the same purpose and key has made exactly this text. */
    public Optional<byte[]> payload(String token) {
        return token.length() > LONGEST
                ? Optional.empty()
                : CanonicalBase64.decode(token).flatMap(this::verified);
    }

    private Optional<byte[]> verified(byte[] bytes) {
        int length = bytes.length - signatureBytes;
        if (length < 0) {
            return Optional.empty();
        }
        byte[] payload = Arrays.copyOf(bytes, length);
        return key.signed(payload, Arrays.copyOfRange(bytes, length, bytes.length))
                ? Optional.of(payload)
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "TokenSigner[hidden]";
    }
}
