package dev.exeunt.support.security;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** Checks signatures by Ed25519 (RFC 8032). */
public final class PublicSignatureKey {

    /** Length of a key, in bytes. */
    private static final int LENGTH = 32;

    /** Length of a signature, in bytes: Java passes over what stands behind it. */
    private static final int SIGNATURE_LENGTH = 64;

    /** What stands before the 32 bytes of a key where Java reads it (RFC 8410, section 4). */
    private static final byte[] DER = HexFormat.of().parseHex("302a300506032b6570032100");

    private final byte[] bytes;
    private final PublicKey key;

    private PublicSignatureKey(byte[] bytes, PublicKey key) {
        this.bytes = bytes;
        this.key = key;
    }

    /** Returns the key of these 32 bytes (RFC 8032, section 5.1.5); empty where they are none. */
    public static Optional<PublicSignatureKey> of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            return Optional.empty();
        }
        byte[] encoded = Arrays.copyOf(DER, DER.length + LENGTH);
        System.arraycopy(bytes, 0, encoded, DER.length, LENGTH);
        try {
            PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
            return Optional.of(new PublicSignatureKey(bytes.clone(), key));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /** Returns the key as Java holds it, which is never an invalid one. */
    static PublicSignatureKey of(PublicKey key) {
        byte[] encoded = key.getEncoded();
        return of(Arrays.copyOfRange(encoded, encoded.length - LENGTH, encoded.length))
                .orElseThrow();
    }

    /** Returns the 32 bytes of the key in Base64 for URLs, as {@code x} of a JSON Web Key (RFC 8037, section 2). */
    public String text() {
        return CanonicalBase64.encode(bytes);
    }

    /** Returns the thumbprint of the key (RFC 7638; RFC 8037, appendix A.3): 43 characters that name it. */
    public String id() {
        return CanonicalBase64.encode(Sha256.digest("{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + text() + "\"}"));
    }

    /** Says whether the holder of the private key signed exactly these bytes. */
    public boolean hasSigned(byte[] message, byte[] signature) {
        if (signature.length != SIGNATURE_LENGTH) {
            return false;
        }
        try {
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(key);
            check.update(message);
            return check.verify(signature);
        } catch (SignatureException e) {
            return false; // it has not the form of a signature
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform from 15 on has Ed25519", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PublicSignatureKey that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "PublicSignatureKey[" + id() + "]";
    }
}
