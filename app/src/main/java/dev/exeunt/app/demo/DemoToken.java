package dev.exeunt.app.demo;

import dev.exeunt.support.security.Hmac;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;

/** Tokens as the application beside would sign them: JWT (RFC 7519) with HS256. */
final class DemoToken {

    private static final int SECRET_BYTES = 32;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private DemoToken() {}

    static String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** @param audience none where it is empty */
    static String of(String secret, String subject, String audience, Duration good) {
        Hmac key = new Hmac(secret.getBytes(StandardCharsets.UTF_8));
        long now = Instant.now().getEpochSecond();
        String claims = "{\"sub\":\"" + subject + "\",\"iat\":" + now + ",\"exp\":" + (now + good.toSeconds())
                + ",\"jti\":\"" + UUID.randomUUID() + "\""
                + (audience.isEmpty() ? "" : ",\"aud\":\"" + audience + "\"") + "}";
        String signed = encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + encoded(claims);
        return signed + "." + BASE64.encodeToString(key.of(signed.getBytes(StandardCharsets.UTF_8)));
    }

    private static String encoded(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
