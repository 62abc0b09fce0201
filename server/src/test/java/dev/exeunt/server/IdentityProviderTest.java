package dev.exeunt.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import dev.exeunt.server.ServerProcess.ProcessConditions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the operator reads of the identity provider: in the log, each line of which is JSON, and in readiness. */
@Timeout(180)
class IdentityProviderTest {

    private static final long PAUSE = 250_000_000L;

    @TempDir
    Path folder;

    private final Map<String, String> pages = new ConcurrentHashMap<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer provider;
    private LettersTestApplication shop;

    @BeforeEach
    void start() throws IOException {
        shop = new LettersTestApplication(folder);
        provider = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        provider.createContext("/", exchange -> {
            byte[] page =
                    pages.getOrDefault(exchange.getRequestURI().getPath(), "").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(page.length == 0 ? 404 : 200, page.length == 0 ? -1 : page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        provider.start();
    }

    @AfterEach
    void stop() {
        provider.stop(0);
        shop.close();
    }

    private String at(String path) {
        return "http://127.0.0.1:" + provider.getAddress().getPort() + path;
    }

    /** As the server logs where it runs, and not the tests; standard error apart, so that what remains is standard output. */
    private ServerProcess server(Map<String, String> settings) throws IOException {
        Path log = Files.writeString(folder.resolve("logback.xml"), """
                <configuration>
                  <include resource="org/springframework/boot/logging/logback/defaults.xml"/>
                  <include resource="org/springframework/boot/logging/logback/structured-console-appender.xml"/>
                  <root level="WARN"><appender-ref ref="CONSOLE"/></root>
                </configuration>
                """);
        return ServerProcess.start(
                new ProcessConditions(folder, Map.of(), List.of("-Dlogging.config=" + log)),
                "--config",
                shop.file(settings).toString(),
                "--port",
                "0");
    }

    private HttpResponse<String> readiness(int port) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/readiness"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode told(HttpResponse<String> readiness) {
        return JsonMapper.shared().readTree(readiness.body()).at("/components/identityProvider/details");
    }

    private String said(ServerProcess server, String before) throws Exception {
        server.process().toHandle().destroy();
        String rest = server.rest();
        assertThat(server.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
        return before + rest;
    }

    private static List<JsonNode> json(String said) {
        return said.lines().map(line -> JsonMapper.shared().readTree(line)).toList();
    }

    private static List<String> messages(String said) {
        return json(said).stream().map(line -> line.get("message").asString()).toList();
    }

    @Test
    void aWrongIssuerIsNamedAtTheStartAndInReadinessUntilItIsRight() throws Exception {
        String document = "{\"issuer\": \"%s\", \"jwks_uri\": \"" + at("/keys") + "\"}";
        String place = "/shop/.well-known/openid-configuration";
        pages.put(place, document.formatted(at("/shop/")));
        pages.put(
                "/keys",
                new JWKSet(new RSAKeyGenerator(2048).keyID("a").generate().toPublicJWK()).toString());
        Map<String, String> settings = Map.of(
                "exeunt.jwt.secret",
                "",
                "exeunt.jwt.issuer",
                at("/shop"),
                "exeunt.jwt.audience",
                "exeunt",
                "exeunt.archive.directory",
                folder.resolve("exports").toString());
        try (ServerProcess server = server(settings)) {
            StringBuilder start = new StringBuilder();
            int port = server.port(start);
            HttpResponse<String> wrong = readiness(port);
            assertThat(wrong.statusCode()).isEqualTo(503);
            assertThat(told(wrong).get("cause").asString())
                    .startsWith("the issuer differs: ")
                    .contains(at("/shop/"), "exeunt.jwt.issuer is " + at("/shop"));
            assertThat(told(wrong).get("signInTime").asString()).isEqualTo("unknown");
            pages.put(place, document.formatted(at("/shop")));
            HttpResponse<String> right = wrong;
            for (int i = 0; i < 120 && right.statusCode() != 200; i++) {
                LockSupport.parkNanos(PAUSE); // it looks again every ten seconds
                right = readiness(port);
            }
            assertThat(right.statusCode()).as(right.body()).isEqualTo(200);
            assertThat(told(right).has("cause")).isFalse();
            List<String> messages = messages(said(server, start.toString()));
            assertThat(messages)
                    .anyMatch(m -> m.startsWith("The identity provider's keys cannot be read: the issuer differs: "))
                    .anyMatch(m -> m.startsWith("exeunt.recent-sign-in is auto"))
                    .contains("Exeunt serves at http://127.0.0.1:" + port, "The identity provider's keys are read.");
        }
    }

    @Test
    void tokensThatDoNotTellTheSignInAreNamedInReadinessAndEveryLineIsJson() throws Exception {
        try (ServerProcess server = server(
                Map.of("exeunt.archive.directory", folder.resolve("exports").toString()))) {
            StringBuilder start = new StringBuilder();
            int port = server.port(start);
            assertThat(readiness(port).statusCode()).isEqualTo(200);
            assertThat(told(readiness(port)).get("signInTime").asString()).isEqualTo("unknown");
            assertThat(AccountClient.of("1", port, Instant.now())
                            .get("/account/data")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(told(readiness(port)).get("signInTime").asString()).isEqualTo("missing");
            new AccountClient(port, "not-a-token").get("/account");
            String said = said(server, start.toString());
            assertThat(messages(said))
                    .anyMatch(m -> m.startsWith("A token has no auth_time"))
                    .anyMatch(m -> m.startsWith("Refused a token: it is no JWT"));
        }
    }
}
