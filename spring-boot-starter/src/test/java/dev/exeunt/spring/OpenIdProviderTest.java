package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests tokens of an OpenID Connect provider whose keys are found by discovery. */
class OpenIdProviderTest {

    private static final String ISSUER = "staff-and-people";

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static SignedJWT token(MockOAuth2Server provider, String issuer, String audience, long seconds) {
        Map<String, Object> claims =
                Map.of("roles", List.of("admin"), "auth_time", Instant.now().getEpochSecond());
        return provider.issueToken(
                issuer,
                "the-application",
                new DefaultOAuth2TokenCallback(issuer, "1002", "at+jwt", List.of(audience), claims, seconds));
    }

    @Test
    void aTokenIsGoodByIssuerAudienceSignatureAndTime() throws Exception {
        int port = freePort();
        Map<String, String> settings = Map.of(
                "exeunt.jwt.secret", "",
                "exeunt.jwt.issuer", "http://localhost:" + port + "/" + ISSUER,
                "exeunt.jwt.audience", "exeunt",
                "exeunt.recent-sign-in", "10m");
        Instant now = Instant.now();
        MockOAuth2Server provider = TestProvider.at(now);
        try (SpringTestApplication host = SpringTestApplication.of("guild-platform", settings)) {
            host.clock().set(now);
            HttpAnswer away = host.get(
                    "/account",
                    signed(host, new RSAKeyGenerator(2048).keyID("any").generate()));
            assertThat(away.problem()).as("the provider is not there yet").isEqualTo("unavailable");
            assertThat(away.header("Retry-After")).isNotNull();
            provider.start(InetAddress.getByName("localhost"), port);
            judged(host, provider);
        } finally {
            provider.shutdown();
        }
    }

    private static void judged(SpringTestApplication host, MockOAuth2Server provider) {
        SignedJWT good = token(provider, ISSUER, "exeunt", 3600);
        assertThat(host.get("/account", good.serialize()).status()).isEqualTo(200);
        assertThat(host.get("/account/admin/requests", good.serialize()).status())
                .isEqualTo(200);
        assertThat(host.post("/account/data-deletion", good.serialize(), "{}").problem())
                .as("signed in just now")
                .isEqualTo("warnings");
        String[] parts = good.serialize().split("\\.");
        SignedJWT other = token(provider, ISSUER, "exeunt", 3000);
        List<String> bad = List.of(
                token(provider, ISSUER, "somebody-else", 3600).serialize(),
                token(provider, "another", "exeunt", 3600).serialize(),
                token(provider, ISSUER, "exeunt", -3600).serialize(),
                parts[0] + "." + parts[1] + "." + other.serialize().split("\\.")[2],
                parts[0] + "." + parts[1] + ".",
                SpringTestApplication.signed(
                        SpringTestApplication.SECRET,
                        "1002",
                        Map.of("aud", "exeunt"),
                        Instant.now(),
                        Duration.ofHours(1)));
        for (String token : bad) {
            assertThat(host.get("/account", token).problem()).isEqualTo("unauthenticated");
        }
    }

    @Test
    @Timeout(60)
    void tokensThatStrangersMakeUpDoNotMakeUsAskTheProviderEachTime() throws Exception {
        RSAKey key = new RSAKeyGenerator(2048).keyID("ours").generate();
        AtomicInteger asked = new AtomicInteger();
        HttpServer provider = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        byte[] published = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
        provider.createContext("/keys", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(200, published.length);
            exchange.getResponseBody().write(published);
            exchange.close();
        });
        provider.start();
        String keys = "http://127.0.0.1:" + provider.getAddress().getPort() + "/keys";
        try (SpringTestApplication host = SpringTestApplication.of(
                "guild-platform",
                Map.of("exeunt.jwt.secret", "", "exeunt.jwt.jwks-uri", keys, "exeunt.jwt.audience", "any"))) {
            String good = signed(host, key);
            for (int i = 0; i < 50; i++) {
                RSAKey made = new RSAKey.Builder(key).keyID("made-up-" + i).build();
                String unsigned = signed(host, made).replaceAll("[^.]*$", "AAAA");
                assertThat(host.get("/account", unsigned).problem()).isEqualTo("unauthenticated");
                assertThat(host.get("/account", good).status()).isEqualTo(200);
            }
            assertThat(asked.get()).isBetween(1, 6);
        } finally {
            provider.stop(0);
        }
    }

    @Test
    @Timeout(60)
    void aProviderThatDoesNotAnswerKeepsNobodyWaitingForLong() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 100, InetAddress.getByName("127.0.0.1"));
                SpringTestApplication host = SpringTestApplication.of(
                        "guild-platform",
                        Map.of(
                                "exeunt.jwt.secret",
                                "",
                                "exeunt.jwt.audience",
                                "exeunt",
                                "exeunt.jwt.issuer",
                                "http://127.0.0.1:" + silent.getLocalPort() + "/shop"))) {
            String token = signed(host, new RSAKeyGenerator(2048).keyID("any").generate());
            long begun = System.nanoTime();
            List<CompletableFuture<HttpAnswer>> calls = IntStream.range(0, 60)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> host.get("/account", token)))
                    .toList();
            assertThat(calls.stream().map(c -> c.join().problem())).containsOnly("unavailable");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
        }
    }

    static String signed(SpringTestApplication host, RSAKey key) throws JOSEException {
        Instant now = host.clock().instant();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                new JWTClaimsSet.Builder()
                        .subject("1002")
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(600)))
                        .build());
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }
}
