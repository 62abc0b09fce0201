package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Headers by which a token would choose its own algorithm or key, where the keys are published by a provider. */
class TokenHeadersTest {

    private static final AtomicInteger ASKED = new AtomicInteger();

    private static HttpServer provider;
    private static HttpServer attacker;
    private static SpringTestApplication host;
    private static RSAKey key;
    private static RSAKey own;

    @BeforeAll
    static void provider() throws Exception {
        key = new RSAKeyGenerator(2048).keyID("ours").generate();
        own = new RSAKeyGenerator(2048).keyID("ours").generate();
        provider = serving(new JWKSet(key.toPublicJWK()).toString(), new AtomicInteger());
        attacker = serving(new JWKSet(own.toPublicJWK()).toString(), ASKED);
        host = SpringTestApplication.of(
                "guild-platform",
                Map.of(
                        "exeunt.jwt.secret",
                        "",
                        "exeunt.jwt.audience",
                        "exeunt",
                        "exeunt.jwt.jwks-uri",
                        "http://127.0.0.1:" + provider.getAddress().getPort() + "/keys"));
    }

    @AfterAll
    static void close() {
        host.close();
        provider.stop(0);
        attacker.stop(0);
    }

    private static HttpServer serving(String keys, AtomicInteger asked) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] published = keys.getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(200, published.length);
            exchange.getResponseBody().write(published);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static Map<String, Object> claims() {
        long now = host.clock().instant().getEpochSecond();
        return Map.of("sub", "1002", "aud", "exeunt", "iat", now, "exp", now + 600);
    }

    private static JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("ours");
    }

    private static String signed(JWSHeader header, RSAKey by) throws JOSEException {
        Instant now = host.clock().instant();
        SignedJWT token = new SignedJWT(
                header,
                new JWTClaimsSet.Builder()
                        .subject("1002")
                        .audience("exeunt")
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(600)))
                        .build());
        token.sign(new RSASSASigner(by));
        return token.serialize();
    }

    private static int status(String token) {
        return host.get("/account", token).status();
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String text(String header) {
        String claims = JsonMapper.shared().writeValueAsString(claims());
        return encoded(header.getBytes(StandardCharsets.UTF_8)) + "."
                + encoded(claims.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aTokenWithoutAnAlgorithmIsRefusedInAnyCase() throws JOSEException {
        String signature = signed(header().build(), key).split("\\.", -1)[2];
        for (String none : List.of("none", "None", "NONE", "nOnE", "", "rs256", "Rs256", "RS256 ")) {
            String unsigned = text("{\"alg\":\"" + none + "\",\"kid\":\"ours\"}");
            for (String end : List.of("", ".", "." + signature, ".AAAA")) {
                assertThat(status(unsigned + end)).as(none + end).isEqualTo(401);
            }
        }
    }

    /** Everyone can read the public key; if it passed for a secret, everyone could sign. */
    @Test
    void thePublicKeyIsNoSecret() throws Exception {
        byte[] der = key.toPublicKey().getEncoded();
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        String pem = "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----";
        List<byte[]> secrets = List.of(
                der,
                pem.getBytes(StandardCharsets.UTF_8),
                (pem + "\n").getBytes(StandardCharsets.UTF_8),
                key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8),
                key.getModulus().decode());
        for (String algorithm : List.of("HS256", "HS384", "HS512", "hs256")) {
            for (byte[] secret : secrets) {
                String text = text("{\"alg\":\"" + algorithm + "\",\"kid\":\"ours\"}");
                assertThat(status(text + "." + encoded(mac(algorithm, secret, text))))
                        .as(algorithm)
                        .isEqualTo(401);
            }
        }
    }

    private static byte[] mac(String algorithm, byte[] secret, String text) throws GeneralSecurityException {
        String name = "HmacSHA" + algorithm.substring(2);
        Mac mac = Mac.getInstance(name);
        mac.init(new SecretKeySpec(secret, name));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aKeyThatTheTokenBringsOrNamesIsNeitherUsedNorFetched() throws Exception {
        URI elsewhere = URI.create("http://127.0.0.1:" + attacker.getAddress().getPort() + "/keys");
        List<String> tokens = new ArrayList<>();
        tokens.add(signed(header().build(), own));
        tokens.add(signed(header().jwk(own.toPublicJWK()).build(), own));
        tokens.add(signed(header().jwkURL(elsewhere).build(), own));
        tokens.add(signed(header().x509CertURL(elsewhere).build(), own));
        tokens.add(signed(header().customParam("iss", elsewhere.toString()).build(), own));
        tokens.add(signed(
                header().jwkURL(elsewhere)
                        .x509CertURL(elsewhere)
                        .jwk(own.toPublicJWK())
                        .build(),
                own));
        for (String id : List.of("../../dev/null", "/dev/null", "' OR '1'='1", elsewhere.toString(), "", "x\u0000")) {
            tokens.add(signed(header().keyID(id).build(), own));
        }
        for (String token : tokens) {
            assertThat(status(token)).isEqualTo(401);
        }
        assertThat(ASKED).as("calls to where the tokens point").hasValue(0);
    }

    @Test
    void theProvidersOwnTokenIsGoodWhateverElseItsHeaderSays() throws Exception {
        URI elsewhere = URI.create("http://127.0.0.1:" + attacker.getAddress().getPort() + "/keys");
        assertThat(status(signed(header().build(), key))).isEqualTo(200);
        assertThat(status(signed(header().type(JOSEObjectType.JWT).build(), key)))
                .isEqualTo(200);
        assertThat(status(signed(header().jwkURL(elsewhere).build(), key))).isEqualTo(200);
        assertThat(ASKED).hasValue(0);
        String[] parts = signed(header().build(), key).split("\\.", -1);
        String other = text("{\"alg\":\"RS256\",\"kid\":\"ours\",\"crit\":[\"exp\"]}");
        assertThat(status(other + "." + parts[2])).isEqualTo(401);
    }
}
