package dev.exeunt.spring.external;

import dev.exeunt.spring.settings.ExeuntSettings.SecretValue;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs and checks messages as the Standard Webhooks specification says: HMAC-SHA-256 over id, time and body, in the headers {@value
 * #ID}, {@value #TIMESTAMP} and {@value #SIGNATURE}.
 */
final class WebhookSignature {

    static final String ID = "webhook-id";
    static final String TIMESTAMP = "webhook-timestamp";
    static final String SIGNATURE = "webhook-signature";

    /** How far the clocks of both sides may be apart, as the specification suggests. */
    static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final String SECRET = "whsec_";
    private static final String VERSION = "v1,";

    private final List<SecretKeySpec> keys;

    /** @param secrets {@code whsec_} and Base64: the current one first */
    WebhookSignature(List<SecretValue> secrets) {
        this.keys = secrets.stream()
                .map(s -> Base64.getDecoder().decode(s.value().substring(SECRET.length())))
                .map(bytes -> new SecretKeySpec(bytes, "HmacSHA256"))
                .toList();
    }

    /** Returns a signature for each secret, with blanks between, so that the receiver may know either. */
    String sign(String id, long timestamp, byte[] body) {
        return keys.stream()
                .map(key -> VERSION + signature(key, id, timestamp, body))
                .collect(Collectors.joining(" "));
    }

    /** Holds the headers of a signed message. */
    record SignedHeaders(
            @Nullable String id,
            @Nullable String timestamp,
            @Nullable String signature) {}

    /** Says whether one of the secrets has signed this message, at about this time. */
    boolean isValid(SignedHeaders headers, byte[] body, Instant now) {
        String id = headers.id();
        String timestamp = headers.timestamp();
        String signature = headers.signature();
        if (id == null || timestamp == null || signature == null || !timestamp.matches("[0-9]{1,12}")) {
            return false;
        }
        long at = Long.parseLong(timestamp);
        if (Math.abs(now.getEpochSecond() - at) > TOLERANCE.toSeconds()) {
            return false;
        }
        return Arrays.stream(signature.split(" "))
                .filter(each -> each.startsWith(VERSION))
                .map(each -> each.substring(VERSION.length()).getBytes(StandardCharsets.UTF_8))
                .anyMatch(sent -> keys.stream()
                        .anyMatch(key -> MessageDigest.isEqual(
                                signature(key, id, at, body).getBytes(StandardCharsets.UTF_8), sent)));
    }

    private static String signature(SecretKeySpec key, String id, long timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 is part of every Java", e);
        }
    }

    @Override
    public String toString() {
        return "WebhookSignature[hidden]";
    }
}
