package dev.exeunt.spring.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import dev.exeunt.spring.provider.SignInFailedException.SignInFailureKind;
import dev.exeunt.spring.settings.ExeuntSettings.SecretValue;
import dev.exeunt.spring.settings.ExeuntSettings.SignInSettings;
import dev.exeunt.spring.token.IdTokenVerifier;
import dev.exeunt.spring.token.NotSignedInException;
import dev.exeunt.testkit.SettableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What providers answer that do not do as they should, or are not there. */
class SignInProviderTest {

    private static final String SECRET = "a secret: with a colon & more";

    private HttpServer server;
    private final AtomicInteger read = new AtomicInteger();
    private volatile String metadata = "";
    private volatile int status = 200;
    private volatile String answer = "{}";
    private volatile String authorization;
    private volatile String form;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/.well-known/", exchange -> {
            read.incrementAndGet();
            byte[] bytes = metadata.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.createContext("/token", exchange -> {
            authorization = exchange.getRequestHeaders().getFirst("Authorization");
            form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Location", issuer() + "/elsewhere");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        metadata = metadata("");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private String metadata(String more) {
        return "{\"issuer\": \"" + issuer() + "\", \"authorization_endpoint\": \"" + issuer()
                + "/authorize?tenant=1\", \"token_endpoint\": \"" + issuer() + "/token\", \"jwks_uri\": \"" + issuer()
                + "/keys\"" + more + "}";
    }

    private SignInProvider provider(String secret) {
        SignInSettings settings = new SignInSettings(
                URI.create(issuer()),
                "exeunt page",
                secret == null ? null : new SecretValue(secret),
                List.of("openid"),
                URI.create("https://shop.example/account"));
        return new SignInProvider(settings, false, null);
    }

    private static SignInFailureKind kind(ThrowingCallable call) {
        return catchThrowableOfType(SignInFailedException.class, call).kind();
    }

    private static AuthorizationRequest request() {
        return new AuthorizationRequest("a-state", "a-nonce", "a-challenge", Duration.ofMinutes(10));
    }

    @Test
    void theAddressOfTheProviderKeepsItsQuery() {
        assertThat(provider(null).authorization(request()).toString())
                .isEqualTo(issuer() + "/authorize?tenant=1&response_type=code&client_id=exeunt+page"
                        + "&redirect_uri=https%3A%2F%2Fshop.example%2Faccount%2Fsign-in%2Fcallback&scope=openid"
                        + "&state=a-state&nonce=a-nonce&code_challenge=a-challenge&code_challenge_method=S256"
                        + "&prompt=login&max_age=600");
    }

    @Test
    void aSecretIsSentAsTheProviderAsks() {
        answer = "{\"id_token\": \"x.y.z\"}";
        assertThat(provider(SECRET).idToken("a code", "a-verifier")).isEqualTo("x.y.z");
        assertThat(authorization)
                .isEqualTo("Basic "
                        + java.util.Base64.getEncoder()
                                .encodeToString("exeunt+page:a+secret%3A+with+a+colon+%26+more"
                                        .getBytes(StandardCharsets.US_ASCII)));
        assertThat(form)
                .isEqualTo("grant_type=authorization_code&code=a+code"
                        + "&redirect_uri=https%3A%2F%2Fshop.example%2Faccount%2Fsign-in%2Fcallback"
                        + "&code_verifier=a-verifier");
        metadata = metadata(", \"token_endpoint_auth_methods_supported\": [\"client_secret_post\"]");
        provider(SECRET).idToken("a code", "a-verifier");
        assertThat(authorization).isNull();
        assertThat(form).contains("&client_id=exeunt+page&client_secret=a+secret%3A+with+a+colon+%26+more");
        provider(null).idToken("a code", "a-verifier");
        assertThat(authorization).isNull();
        assertThat(form).endsWith("&client_id=exeunt+page");
    }

    @Test
    void aProviderThatAnnouncesItsNameInAnswersHasToNameIt() {
        SignInProvider silent = provider(null);
        assertThatCode(() -> silent.requireIssuer(null)).doesNotThrowAnyException();
        metadata = metadata(", \"authorization_response_iss_parameter_supported\": true");
        SignInProvider strict = provider(null);
        assertThat(kind(() -> strict.requireIssuer(null))).isEqualTo(SignInFailureKind.FAILED);
        assertThat(kind(() -> strict.requireIssuer(issuer() + "/"))).isEqualTo(SignInFailureKind.FAILED);
        assertThatCode(() -> strict.requireIssuer(issuer())).doesNotThrowAnyException();
    }

    /** Holds what a token endpoint answers, and what follows. */
    private record TokenAnswer(int status, String body, SignInFailureKind kind, String sentence) {}

    @Test
    void eachAnswerOfTheTokenEndpointHasItsMeaning() {
        SignInProvider provider = provider(null);
        String person = "\"error_description\": \"person@example.org\"";
        List<TokenAnswer> answers = List.of(
                new TokenAnswer(
                        400,
                        "{\"error\": \"invalid_grant\", " + person + "}",
                        SignInFailureKind.OVER,
                        "400 with invalid_grant."),
                new TokenAnswer(
                        401, "{\"error\": \"invalid_client\"}", SignInFailureKind.FAILED, "401 with invalid_client."),
                new TokenAnswer(
                        400,
                        "{\"error\": \"person@example.org\"}",
                        SignInFailureKind.FAILED,
                        "an error without a known name"),
                new TokenAnswer(302, "{\"id_token\": \"x.y.z\"}", SignInFailureKind.FAILED, "302"),
                new TokenAnswer(200, "{\"access_token\": \"x\"}", SignInFailureKind.FAILED, "without id_token"),
                new TokenAnswer(200, "<html>", SignInFailureKind.FAILED, "without id_token"),
                new TokenAnswer(503, "<html>", SignInFailureKind.AWAY, "503"),
                new TokenAnswer(429, "{}", SignInFailureKind.AWAY, "429"),
                new TokenAnswer(200, "x".repeat(200_001), SignInFailureKind.AWAY, "more than 200000 bytes"));
        for (TokenAnswer each : answers) {
            status = each.status();
            answer = each.body();
            SignInFailedException e =
                    catchThrowableOfType(SignInFailedException.class, () -> provider.idToken("a-code", "a-verifier"));
            assertThat(e).hasMessageContaining(each.sentence()).hasMessageNotContaining("person@");
            assertThat(e).hasMessageNotContaining("a-code");
            assertThat(e.kind()).as(each.toString()).isEqualTo(each.kind());
        }
    }

    @Test
    void aDocumentWithoutSafeAddressesIsRefusedAndNotReadForEachPerson() {
        Map<String, String> wrong = Map.of(
                metadata.replace("authorization_endpoint", "other"), "does not name its authorization endpoint",
                metadata.replace(issuer() + "/token", "http://id.example.org/token"), "which is not https",
                metadata.replace("\"issuer\": \"", "\"issuer\": \"x"), "exeunt.sign-in.issuer is " + issuer());
        wrong.forEach((document, sentence) -> {
            metadata = document;
            SignInProvider provider = provider(null);
            for (int i = 0; i < 20; i++) {
                SignInFailedException e =
                        catchThrowableOfType(SignInFailedException.class, () -> provider.authorization(request()));
                assertThat(e).hasMessageContaining(sentence);
                assertThat(e.kind()).isEqualTo(SignInFailureKind.AWAY);
            }
        });
        assertThat(read.get()).isBetween(1, 30);
    }

    @Test
    void aProviderThatGoesAwayIsToldFromOneThatRefuses() throws IOException {
        SignInProvider provider = provider(null);
        provider.check();
        int port = server.getAddress().getPort();
        server.stop(0);
        assertThat(kind(() -> provider.idToken("a-code", "a-verifier"))).isEqualTo(SignInFailureKind.AWAY);
        assertThat(provider.authorization(request()))
                .as("its addresses are known")
                .isNotNull();
        try (ServerSocket silent = new ServerSocket(port, 10, InetAddress.getByName("127.0.0.1"))) {
            assertThat(silent.isBound()).isTrue();
            SignInFailedException e =
                    catchThrowableOfType(SignInFailedException.class, () -> provider.idToken("a-code", "a-verifier"));
            assertThat(e).hasMessageContaining("does not answer in 4 seconds");
        }
    }

    @Test
    void aTokenForSeveralClientsHasToNameOursAsItsParty() throws Exception {
        RSAKey key = new RSAKeyGenerator(2048).keyID("ours").generate();
        byte[] keys = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
        server.createContext("/keys", exchange -> {
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        SettableClock clock = new SettableClock(Instant.parse("2026-03-01T10:00:00Z"));
        IdTokenVerifier tokens = new IdTokenVerifier(provider(null).keys(), issuer(), "ours", clock);
        List<String> both = List.of("ours", "another");
        assertThat(tokens.read(token(key, both, "ours", clock.instant()), "a-nonce")
                        .issued())
                .isEqualTo(clock.instant());
        for (String party : new String[] {null, "another"}) {
            assertThat(catchThrowable(() -> tokens.read(token(key, both, party, clock.instant()), "a-nonce")))
                    .as("azp " + party)
                    .isInstanceOf(NotSignedInException.class);
        }
        assertThat(tokens.read(token(key, List.of("ours"), null, clock.instant()), "a-nonce"))
                .isNotNull();
    }

    private String token(RSAKey key, List<String> audience, String party, Instant at) {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                new JWTClaimsSet.Builder()
                        .issuer(issuer())
                        .subject("1")
                        .audience(audience)
                        .claim("azp", party)
                        .claim("nonce", "a-nonce")
                        .issueTime(Date.from(at))
                        .expirationTime(Date.from(at.plusSeconds(300)))
                        .build());
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }
}
