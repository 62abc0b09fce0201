package dev.exeunt.erase;

import dev.exeunt.ExeuntException;
import dev.exeunt.HashKey;
import dev.exeunt.support.security.CanonicalBase64;
import dev.exeunt.support.security.PublicSignatureKey;
import dev.exeunt.support.security.SignatureKeyPair;
import dev.exeunt.support.security.SignedJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds the public keys that receipts are checked with, offline and without a secret. A receipt is signed by Ed25519 (RFC 8032) with a key
 * pair that comes from the {@link HashKey} of the erasure. The server publishes the public keys.
 *
 * <pre>{@code
 * ReceiptKeys keys = ReceiptKeys.of(key); // or ReceiptKeys.parse of what the server publishes
 * ReceiptKeys.ReceiptCheck check = keys.check(receipt.toJson());
 * System.out.println(check.result() == ReceiptKeys.CheckResult.UNCHANGED);
 * }</pre>
 */
public final class ReceiptKeys {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String NO_KEYS =
            "These are no public keys of receipts. What is expected is a JSON Web Key Set (RFC 7517), as"
                    + " exeunt receipt keys prints and the server publishes it at /account/receipt-keys.";

    private final Map<String, PublicSignatureKey> keys = new LinkedHashMap<>();

    private ReceiptKeys(List<PublicSignatureKey> keys) {
        keys.forEach(k -> this.keys.put(k.id(), k));
    }

    /** Says what a check of a receipt has found. */
    public enum CheckResult {
        /** the receipt is as it was signed */
        UNCHANGED,
        /** the receipt was changed, or its signature was */
        CHANGED,
        /** the receipt bears no signature: it was written without a key, or by an earlier version */
        UNSIGNED,
        /** the receipt names a key that is not among these */
        OTHER_KEY
    }

    /**
     * Tells what was found, and what the receipt says.
     *
     * @param receipt the receipt's own number; null where it has none
     * @param erasedAt null where the receipt does not say
     * @param key the id of the key that the receipt names; null where it bears no signature
     */
    public record ReceiptCheck(
            CheckResult result,
            @Nullable String receipt,
            @Nullable Instant erasedAt,
            @Nullable String key) {}

    /** Returns the public keys of a secret, which signs new receipts, and of its former keys, which signed earlier ones. */
    public static ReceiptKeys of(HashKey key) {
        return new ReceiptKeys(key.all().stream()
                .map(k -> SignatureKeyPair.forReceipts(k).publicKey())
                .toList());
    }

    /**
     * Reads what {@link #toJson} wrote. Keys for other purposes are passed over.
     *
     * @throws ExeuntException where the text is no JSON Web Key Set, or has no key for Ed25519
     */
    public static ReceiptKeys parse(String keySet) {
        List<PublicSignatureKey> keys = new ArrayList<>();
        if (SignedJson.parse(keySet).map(set -> set.get("keys")).orElse(null) instanceof List<?> list) {
            list.forEach(each -> key(each).ifPresent(keys::add));
        }
        if (keys.isEmpty()) {
            throw new ExeuntException(NO_KEYS);
        }
        return new ReceiptKeys(keys);
    }

    private static Optional<PublicSignatureKey> key(@Nullable Object member) {
        return member instanceof Map<?, ?> key
                        && "OKP".equals(key.get("kty"))
                        && "Ed25519".equals(key.get("crv"))
                        && key.get("x") instanceof String x
                ? CanonicalBase64.decode(x).flatMap(PublicSignatureKey::of)
                : Optional.empty();
    }

    /** Returns the keys as a JSON Web Key Set (RFC 7517, RFC 8037), the present one first. It holds no secret. */
    public String toJson() {
        List<Map<String, String>> list = new ArrayList<>();
        keys.values().forEach(key -> {
            Map<String, String> json = new LinkedHashMap<>();
            json.put("kty", "OKP");
            json.put("crv", "Ed25519");
            json.put("use", "sig");
            json.put("kid", key.id());
            json.put("x", key.text());
            list.add(json);
        });
        return JSON.writeValueAsString(Map.of("keys", list));
    }

    /**
     * Checks a receipt against its signature.
     *
     * @param json a receipt as JSON, or the answer of the server that holds one as {@code receipt}
     * @throws ExeuntException where the text is no receipt
     */
    public ReceiptCheck check(String json) {
        Map<String, @Nullable Object> members = SignedJson.parse(json)
                .map(ReceiptKeys::inner)
                .filter(m -> m.containsKey("receipt"))
                .orElseThrow(() ->
                        new ExeuntException("This is no receipt of an erasure: it is not a JSON object with the member"
                                + " \"receipt\", or it names a member twice."));
        String number = members.get("receipt") instanceof String text ? text : null;
        String key = SignedJson.keyOf(members).orElse(null);
        return new ReceiptCheck(result(members, key), number, moment(members.get("erasedAt")), key);
    }

    /** The server's answer about a request holds the receipt. */
    @SuppressWarnings("unchecked") // members of JSON objects have texts as names
    private static Map<String, @Nullable Object> inner(Map<String, @Nullable Object> members) {
        return members.get("receipt") instanceof Map<?, ?> receipt ? (Map<String, @Nullable Object>) receipt : members;
    }

    private CheckResult result(Map<String, @Nullable Object> members, @Nullable String key) {
        if (!members.containsKey(SignedJson.SIGNATURE)) {
            return CheckResult.UNSIGNED;
        }
        PublicSignatureKey known = key == null ? null : keys.get(key);
        if (known == null) {
            return key == null ? CheckResult.CHANGED : CheckResult.OTHER_KEY;
        }
        return SignedJson.isSigned(members, known) ? CheckResult.UNCHANGED : CheckResult.CHANGED;
    }

    private static @Nullable Instant moment(@Nullable Object text) {
        try {
            return text instanceof String moment ? Instant.parse(moment) : null;
        } catch (DateTimeException e) {
            return null; // the receipt was changed, which the result says
        }
    }
}
