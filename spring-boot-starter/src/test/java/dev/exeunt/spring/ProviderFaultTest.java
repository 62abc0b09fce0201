package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import dev.exeunt.spring.provider.IdentityProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** What is wrong with an identity provider is named with its cause, at the start and for each call that it fails. */
@Timeout(120)
class ProviderFaultTest {

    private static final String DOCUMENT = "/shop/.well-known/openid-configuration";

    private static final Logger OURS = (Logger) LoggerFactory.getLogger("dev.exeunt.spring");

    private final Map<String, String> pages = new TreeMap<>();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            String page = pages.get(exchange.getRequestURI().getPath());
            byte[] bytes = page == null ? new byte[0] : page.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(page == null ? 404 : 200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        log.start();
    }

    @AfterEach
    void stop() {
        OURS.setLevel(null);
        OURS.detachAppender(log);
        server.stop(0);
    }

    private String at(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** Its log is heard from its start on; what is logged until then is a test of the server's. */
    private SpringTestApplication host(String issuer) {
        SpringTestApplication host = SpringTestApplication.of(
                "guild-platform",
                Map.of("exeunt.jwt.secret", "", "exeunt.jwt.audience", "any", "exeunt.jwt.issuer", issuer));
        log.start(); // the host before it has stopped it
        OURS.addAppender(log);
        OURS.setLevel(Level.INFO);
        return host;
    }

    private List<String> logged() {
        return List.copyOf(log.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    /** The cause is known when the host has started, and stands in the log of a call; the caller reads none of it. */
    private void named(String issuer, String... cause) throws Exception {
        try (SpringTestApplication host = host(issuer)) {
            IdentityProvider provider = host.bean(IdentityProvider.class);
            assertThat(provider.usable()).isFalse();
            assertThat(provider.fault().orElseThrow()).contains(cause);
            log.list.clear();
            HttpAnswer answer = host.get(
                    "/account",
                    OpenIdProviderTest.signed(
                            host, new RSAKeyGenerator(2048).keyID("any").generate()));
            assertThat(answer.problem()).isEqualTo("unavailable");
            assertThat(answer.text()).doesNotContain("127.0.0.1");
            assertThat(logged())
                    .anyMatch(line -> line.contains(answer.at("reference"))
                            && List.of(cause).stream().allMatch(line::contains));
        }
    }

    @Test
    void noOneListens() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = socket.getLocalPort();
        }
        named("http://127.0.0.1:" + port + "/shop", "refuses the connection", "127.0.0.1:" + port);
    }

    @Test
    void theHostHasNoAddress() throws Exception {
        named("https://id.nowhere.invalid/shop", "the host id.nowhere.invalid cannot be found");
    }

    @Test
    void noAnswerComes() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 100, InetAddress.getByName("127.0.0.1"))) {
            named("http://127.0.0.1:" + silent.getLocalPort() + "/shop", "does not answer in 4 seconds (timeout)");
        }
    }

    @Test
    void thereIsNoDocument() throws Exception {
        named(at("/shop"), DOCUMENT, "answers 404");
    }

    @Test
    void theIssuerDiffers() throws Exception {
        pages.put(DOCUMENT, "{\"issuer\": \"" + at("/shop/") + "\", \"jwks_uri\": \"" + at("/keys") + "\"}");
        named(at("/shop"), "the issuer differs", at("/shop/"), "exeunt.jwt.issuer is " + at("/shop") + ".");
    }

    @Test
    void theDocumentIsOfNoUse() throws Exception {
        pages.put(DOCUMENT, "<html>");
        named(at("/shop"), DOCUMENT, "is no JSON object");
        for (String keys : List.of("file:///etc/passwd", "http://keys.example.org/", "")) {
            pages.put(DOCUMENT, "{\"issuer\": \"" + at("/shop") + "\", \"jwks_uri\": \"" + keys + "\"}");
            named(at("/shop"), DOCUMENT, keys.isEmpty() ? "" : "names keys at " + keys + ", which is not https");
        }
    }

    @Test
    void theKeysAreNone() throws Exception {
        pages.put(DOCUMENT, "{\"issuer\": \"" + at("/shop") + "\", \"jwks_uri\": \"" + at("/keys") + "\"}");
        named(at("/shop"), at("/keys"), "answers 404");
        pages.put("/keys", "{\"keys\": []}");
        named(at("/shop"), at("/keys"), "publishes no key");
        pages.put("/keys", "x".repeat(200_001));
        named(at("/shop"), at("/keys"), "more than 200000 bytes");
    }

    @Test
    void aTokenIsRefusedForItsTrueReason() throws Exception {
        RSAKey key = new RSAKeyGenerator(2048).keyID("ours").generate();
        pages.put(DOCUMENT, "{\"issuer\": \"" + at("/shop") + "\", \"jwks_uri\": \"" + at("/keys") + "\"}");
        pages.put("/keys", new JWKSet(key.toPublicJWK()).toString());
        try (SpringTestApplication host = host(at("/shop"))) {
            assertThat(host.bean(IdentityProvider.class).usable()).isTrue();
            String good = OpenIdProviderTest.signed(host, key);
            String[] parts = good.split("\\.");
            Map<String, String> reasons = Map.of(
                    OpenIdProviderTest.signed(
                            host, new RSAKey.Builder(key).keyID("another").build()),
                    "its kid is none of the keys that are published",
                    host.token("1002"),
                    "its alg is HS256, and the keys are for ",
                    parts[0] + "." + parts[1] + "." + "A".repeat(342),
                    "its signature is not ours",
                    good,
                    "it has no iss, and exeunt.jwt.issuer is set",
                    ForgedTokens.sign(
                                    "{\"alg\":\"none\"}",
                                    Map.of("sub", "1002"),
                                    "HmacSHA256",
                                    SpringTestApplication.SECRET)
                            .replaceAll("[^.]*$", ""),
                    "it is not signed (its alg is none)",
                    "nonsense",
                    "it is no JWT that makes sense");
            reasons.forEach((token, reason) -> {
                log.list.clear();
                assertThat(host.get("/account", token).problem()).isEqualTo("unauthenticated");
                assertThat(logged())
                        .singleElement()
                        .asString()
                        .startsWith("Refused a token: " + reason)
                        .doesNotContain("1002");
            });
        }
    }
}
