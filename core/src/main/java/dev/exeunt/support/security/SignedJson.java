package dev.exeunt.support.security;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON object with a member {@code signature}, which covers all other members in their canonical form (RFC 8785). So the signature
 * stays right when a database or a program writes the object with other spaces or in another order.
 *
 * <p>Numbers are integers here: only those have one spelling in all programs.
 */
public final class SignedJson {

    /** The member that holds the signature. */
    public static final String SIGNATURE = "signature";

    private static final String ALGORITHM = "Ed25519";

    private static final JsonMapper CANONICAL = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
                    .build())
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private SignedJson() {}

    /**
     * Returns the members in their order, and a signature behind them. One that was there is replaced.
     *
     * @param members texts, integers, booleans, lists, maps and null
     */
    public static Map<String, @Nullable Object> sign(
            Map<String, ? extends @Nullable Object> members, SignatureKeyPair pair) {
        Map<String, @Nullable Object> signed = new LinkedHashMap<>(members);
        signed.remove(SIGNATURE);
        Map<String, @Nullable Object> signature = new LinkedHashMap<>();
        signature.put("algorithm", ALGORITHM);
        signature.put("key", pair.publicKey().id());
        signature.put("value", CanonicalBase64.encode(pair.sign(canonical(signed))));
        signed.put(SIGNATURE, signature);
        return signed;
    }

    /** Returns the members of a JSON object; empty where the text is none, or names a member twice. */
    public static Optional<Map<String, @Nullable Object>> parse(String json) {
        try {
            return Optional.ofNullable(CANONICAL.readValue(json, new TypeReference<>() {}));
        } catch (JacksonException e) {
            return Optional.empty(); // the same answer as to every other text that is no object
        }
    }

    /** Returns the id of the key that an object says it was signed with; empty where it bears no signature. */
    public static Optional<String> keyOf(Map<String, ? extends @Nullable Object> members) {
        return members.get(SIGNATURE) instanceof Map<?, ?> signature && signature.get("key") instanceof String key
                ? Optional.of(key)
                : Optional.empty();
    }

    /** Says whether the holder of the key signed an object with these members, and no others. */
    public static boolean isSigned(Map<String, ? extends @Nullable Object> members, PublicSignatureKey key) {
        if (!(members.get(SIGNATURE) instanceof Map<?, ?> signature)
                || !ALGORITHM.equals(signature.get("algorithm"))
                || !key.id().equals(signature.get("key"))
                || signature.size() != 3
                || !(signature.get("value") instanceof String value)) {
            return false;
        }
        Map<String, @Nullable Object> covered = new LinkedHashMap<>(members);
        covered.remove(SIGNATURE);
        return CanonicalBase64.decode(value)
                .filter(bytes -> key.hasSigned(canonical(covered), bytes))
                .isPresent();
    }

    private static byte[] canonical(Map<String, ? extends @Nullable Object> members) {
        return CANONICAL.writeValueAsString(members).getBytes(StandardCharsets.UTF_8);
    }
}
