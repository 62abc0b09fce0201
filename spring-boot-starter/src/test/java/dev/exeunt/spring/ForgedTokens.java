package dev.exeunt.spring;

import dev.exeunt.testkit.SeededRandom;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/** Makes tokens that must be refused out of a valid one. */
final class ForgedTokens {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String HS256 = "{\"alg\":\"HS256\"}";

    /** Of numbers, of times and of names, which an issuer that has lost its mind may sign. */
    static final List<Object> ODD = List.of(
            "",
            "x",
            -1,
            0,
            1.5,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            new java.math.BigInteger("9".repeat(40)),
            new java.math.BigDecimal("1e300"),
            true,
            List.of(),
            List.of(1, "a"),
            Map.of(),
            "2026-05-04",
            "\u0000",
            "\ud83c\udfae".repeat(200),
            "admin' OR '1'='1");

    private final SpringTestApplication host;
    private final String secret;
    private final Map<String, Object> claims;
    private final SeededRandom dice;

    /**
     * @param secret that good ones are signed with
     * @param claims of a good one
     */
    ForgedTokens(SpringTestApplication host, String secret, Map<String, Object> claims, SeededRandom dice) {
        this.host = host;
        this.secret = secret;
        this.claims = claims;
        this.dice = dice;
    }

    static String sign(String header, Map<String, Object> claims, String algorithm, String secret) {
        String text = base64(header) + "." + base64(JsonMapper.shared().writeValueAsString(claims));
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
            return text + "." + BASE64.encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private String good() {
        return sign(HS256, claims, "HmacSHA256", secret);
    }

    private String with(String claim, Object value) {
        Map<String, Object> other = new TreeMap<>(claims);
        if (value == null) {
            other.remove(claim);
        } else {
            other.put(claim, value);
        }
        return sign(HS256, other, "HmacSHA256", secret);
    }

    String any() {
        return switch (dice.below(6)) {
            case 0 -> algorithm();
            case 1 -> signature();
            case 2 -> time();
            case 3 -> subject();
            case 4 -> altered(good());
            default -> shape();
        };
    }

    private String algorithm() {
        String none = dice.one("none", "None", "NONE", "nOnE", "", "HS0");
        String unsigned = base64("{\"alg\":\"" + none + "\"}") + "." + good().split("\\.")[1] + ".";
        return dice.one(
                unsigned,
                unsigned + good().split("\\.")[2],
                unsigned.substring(0, unsigned.length() - 1),
                sign("{\"alg\":\"HS384\"}", claims, "HmacSHA384", secret),
                sign("{\"alg\":\"HS512\"}", claims, "HmacSHA512", secret),
                sign("{\"alg\":\"RS256\"}", claims, "HmacSHA256", secret),
                sign("{\"alg\":\"ES256\",\"kid\":\"../../dev/null\"}", claims, "HmacSHA256", secret),
                sign("{\"typ\":\"JWT\"}", claims, "HmacSHA256", secret),
                sign("{\"alg\":\"HS256\",\"crit\":[\"x\"],\"x\":1}", claims, "HmacSHA256", secret));
    }

    private String signature() {
        String own = "a secret that is somebody else's altogether, and long";
        String jwk = "{\"alg\":\"HS256\",\"jwk\":{\"kty\":\"oct\",\"k\":\"" + base64(own) + "\"}}";
        String[] mine = good().split("\\.");
        String[] theirs = with("sub", "1001").split("\\.");
        return dice.one(
                sign(HS256, claims, "HmacSHA256", own),
                sign(jwk, claims, "HmacSHA256", own),
                sign(HS256, claims, "HmacSHA256", SpringTestApplication.KEY),
                mine[0] + "." + theirs[1] + "." + mine[2],
                mine[0] + "." + mine[1] + "." + theirs[2],
                mine[0] + "." + mine[1] + ".");
    }

    /** Clocks may differ by a minute, and no more. */
    private String time() {
        long now = host.clock().instant().getEpochSecond();
        long far = 61 + dice.below(1_000_000);
        return switch (dice.below(4)) {
            case 0 -> with("exp", now - far);
            case 1 -> with("nbf", now + far);
            case 2 -> with("exp", null);
            default -> with("iat", null);
        };
    }

    private String subject() {
        return with(
                "sub",
                dice.one(Arrays.asList(
                        null,
                        "",
                        " ",
                        List.of("1001"),
                        Map.of("a", 1),
                        true,
                        "x".repeat(501),
                        "1\r\nX-Evil: 1",
                        "1\u0000",
                        "email:anna@guild.example",
                        "handle:anna",
                        "1001' OR '1'='1",
                        "-1",
                        "1e3",
                        "99999999999999999999999",
                        "1004" /* erased */)));
    }

    private String shape() {
        String good = good();
        return dice.one(
                good.substring(0, dice.below(good.lastIndexOf('.') + 1)),
                good + "." + good,
                "x".repeat(1 + dice.below(9_000)),
                "..",
                "",
                good.replaceFirst("\\.", " ."),
                base64(good),
                SpringTestApplication.SERVICE + "x");
    }

    /** One character is another: never the last of a part, some bits of which say nothing. */
    String altered(String text) {
        int at = dice.below(text.length());
        char was = text.charAt(at);
        boolean last = at + 1 == text.length() || text.charAt(at + 1) == '.';
        char is = ALPHABET.charAt(dice.below(ALPHABET.length()));
        return was == '.' || last || was == is ? altered(text) : text.substring(0, at) + is + text.substring(at + 1);
    }

    /** Signed by whoever may, with a claim that makes no sense; it may be taken as far as it does. */
    String odd() {
        return with(dice.one("exp", "iat", "nbf", "auth_time", "roles", "sub", "aud", "iss"), dice.one(ODD));
    }
}
