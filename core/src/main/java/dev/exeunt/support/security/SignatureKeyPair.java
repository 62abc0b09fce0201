package dev.exeunt.support.security;

import dev.exeunt.HashKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;

/**
 * Signs by Ed25519 (RFC 8032), so that a signature can be checked without a secret. The key pair comes from the secret of an
 * installation and is always the same for the same secret.
 */
public final class SignatureKeyPair {

    private final KeyPair keys;
    private final PublicSignatureKey publicKey;

    private SignatureKeyPair(KeyPair keys) {
        this.keys = keys;
        this.publicKey = PublicSignatureKey.of(keys.getPublic());
    }

    /** Returns the key pair that receipts of erasures are signed with. */
    public static SignatureKeyPair forReceipts(HashKey key) {
        return ofSeed(key.sign("seed of receipts", new byte[0]));
    }

    /** @param seed the 32 bytes that RFC 8032 calls the private key */
    static SignatureKeyPair ofSeed(byte[] seed) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new Seed(seed));
            KeyPair keys = generator.generateKeyPair();
            byte[] used = ((EdECPrivateKey) keys.getPrivate()).getBytes().orElseThrow();
            if (!Arrays.equals(used, seed)) {
                throw new IllegalStateException("This Java platform makes keys for Ed25519 in a way of its own.");
            }
            return new SignatureKeyPair(keys);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform from 15 on has Ed25519", e);
        }
    }

    /** Java has no other way to find the public key of a seed: its generator takes 32 random bytes, and these are they. */
    private static final class Seed extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final byte[] seed;

        Seed(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }

    /** @return 64 bytes */
    public byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(keys.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform from 15 on has Ed25519", e);
        }
    }

    public PublicSignatureKey publicKey() {
        return publicKey;
    }

    @Override
    public String toString() {
        return "SignatureKeyPair[" + publicKey.id() + "]";
    }
}
