package dev.exeunt;

import dev.exeunt.support.security.Hmac;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Holds the secret that the keyed hashes of erased people are made with, by HMAC-SHA-256 (RFC 2104). Keep it outside the database: an
 * attacker with both could find a person's key by trying every number.
 *
 * <pre>{@code
 * HashKey key = HashKey.ofHex(System.getenv("EXEUNT_KEY")); // openssl rand -hex 32
 * System.out.println(key.id()); // eight digits that tell two keys apart, and reveal neither
 * }</pre>
 *
 * <p>The program never shows it; {@link #id()} tells two keys from each other. A key may carry those that were used before it: what is
 * written from then on is made with the present one, and what is on record is found by all of them.
 */
public final class HashKey {

    private static final int LEAST = 32;

    /** The kind whose hashes name no kind, so that those of earlier versions stay valid. */
    private static final String PERSON = "person";

    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    private final Hmac hmac;
    private final List<HashKey> former;

    private HashKey(Hmac hmac, List<HashKey> former) {
        this.hmac = hmac;
        this.former = List.copyOf(former);
    }

    /**
     * Returns the key of these digits.
     *
     * @param hex at least 64 hexadecimal digits, as {@code openssl rand -hex 32} prints them
     * @throws ExeuntException where the text is no such key; the message does not repeat it
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
        return new HashKey(new Hmac(secret), List.of());
    }

    /**
     * Returns this key with those that were used before it. It makes the same hashes and signatures as this one. Records that were made
     * under a former key are still found and read: erased people, the ledger, encrypted rows, receipt links. Sessions, download links and
     * one-time links that a former key signed are not accepted.
     *
     * <pre>{@code
     * HashKey key = HashKey.ofHex(System.getenv("EXEUNT_KEY")).withFormer(List.of(HashKey.ofHex(System.getenv("FORMER_KEY"))));
     * }</pre>
     *
     * @param keys in any order; empty for none
     */
    public HashKey withFormer(List<HashKey> keys) {
        return new HashKey(hmac, keys);
    }

    /** Returns the keys by which records are found: this one first, then the former ones, each once. */
    public List<HashKey> all() {
        List<HashKey> all = new ArrayList<>(List.of(this));
        former.stream()
                .flatMap(k -> k.all().stream())
                .filter(k -> !all.contains(k))
                .forEach(all::add);
        return all;
    }

    private static ExeuntException invalid() {
        return new ExeuntException("The key that erased people are known by must be at least " + 2 * LEAST
                + " hexadecimal digits. Make one: openssl rand -hex 32");
    }

    /** Says which key a hash was made with: eight digits of a hash of its own. */
    public String id() {
        return HexFormat.of().formatHex(mac("exeunt key id"), 0, 4);
    }

    /**
     * Returns the keyed hash of a subject: 32 bytes, always the same for the same kind and key. A person's hash is what it was before
     * there were kinds, so that stored tombstones stay valid.
     */
    public byte[] hash(String kind, List<String> key) {
        if (!KIND.matcher(kind).matches()) {
            throw new IllegalArgumentException(
                    "A kind of subject is a short word of small letters, digits and hyphens.");
        }
        StringBuilder text = new StringBuilder("exeunt subject");
        if (!kind.equals(PERSON)) {
            text.append(' ').append(kind); // it holds no line break, and so ends where the key begins
        }
        key.forEach(part -> text.append('\n').append(part.length()).append(' ').append(part));
        return mac(text.toString());
    }

    /** Returns {@link #hash} as 64 hexadecimal digits. */
    public String hashHex(String kind, List<String> key) {
        return HexFormat.of().formatHex(hash(kind, key));
    }

    /** Returns {@link #hashHex} under each key of {@link #all}, in its order. */
    public List<String> hashesHex(String kind, List<String> key) {
        return all().stream().map(k -> k.hashHex(kind, key)).toList();
    }

    /**
     * Signs bytes for one purpose. The signature is not valid for another purpose, and is no keyed hash of a person.
     *
     * @param purpose a constant of the program, never a value from outside
     * @return 32 bytes
     */
    public byte[] sign(String purpose, byte[] text) {
        return new Hmac(mac("exeunt signs " + purpose)).of(text);
    }

    private byte[] mac(String text) {
        return hmac.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether both make the same hashes. Former keys do not count. */
    @Override
    public boolean equals(Object other) {
        return other instanceof HashKey key && hmac.equals(key.hmac);
    }

    @Override
    public int hashCode() {
        return hmac.hashCode();
    }

    @Override
    public String toString() {
        return "HashKey[" + id() + "]";
    }
}
