package dev.exeunt.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.exeunt.archive.s3.testkit.S3Server;
import dev.exeunt.testkit.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server as a process of its own: it starts, answers, tells what is wrong with its settings, and stops. */
@Timeout(180)
class ServerTest {

    private static final String SETTINGS = """
            exeunt:
              map: "%s"
              key: 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff
              archive: { directory: "%s" }
              ledger: { file: "%s" }
              jwt: { secret: a-secret-of-thirty-two-characters-at-least }
              database: { url: "%s", user: "%s", password: "%s" }
            """;

    private static final String LINKS = "another-secret-for-links-which-is-long-enough";

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private final TestDatabase database =
            TestDatabase.createFrom("CREATE TABLE person (id bigint PRIMARY KEY); INSERT INTO person VALUES (1)");
    private final List<ServerProcess> started = new ArrayList<>();
    private Path settings;

    @BeforeEach
    void write() throws IOException {
        Path map = directory.resolve("exeunt.yaml");
        Files.writeString(
                map, "version: 1\nsubject: { table: person, key: id }\ntables: { person: { erase: delete } }\n");
        settings = directory.resolve("server.yaml");
        Files.writeString(
                settings,
                SETTINGS.formatted(
                        map,
                        directory.resolve("exports"),
                        directory.resolve("ledger"),
                        database.jdbcUrl(),
                        database.user(),
                        database.password()));
    }

    @AfterEach
    void stop() {
        started.forEach(ServerProcess::close);
        database.close();
    }

    private ServerProcess server(String... args) throws IOException {
        ServerProcess server = ServerProcess.start(ServerProcess.ProcessConditions.usual(directory), args);
        started.add(server);
        return server;
    }

    private HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void answersAndSaysHowItIsAndStopsWhenItIsTold() throws Exception {
        database.execute("GRANT CREATE ON SCHEMA public TO PUBLIC");
        Files.writeString(directory.resolve("ledger"), "1 " + "0".repeat(64) + " requested key=00000000\n");
        ServerProcess server = server("--config", settings.toString(), "--port", "0");
        StringBuilder said = new StringBuilder();
        int port = server.port(said);
        assertThat(said).contains("it was restored from a backup");
        assertThat(get(port, "/health/readiness").statusCode()).isEqualTo(503);
        Files.delete(directory.resolve("ledger"));
        assertThat(said).contains("unsafe-path: every role may create functions in the schema public");
        assertThat(get(port, "/health/readiness").body()).contains("UP");
        assertThat(get(port, "/prometheus").body())
                .contains("exeunt_requests{kind=\"delete-account\",state=\"scheduled\"} 0.0")
                .contains("exeunt_requests{kind=\"delete-account\",state=\"held\"} 0.0", "exeunt_legal_holds 0.0")
                .contains("exeunt_requests_overdue");
        assertThat(get(port, "/prometheus").body())
                .contains("exeunt_exports_seconds_count{outcome=\"ready\"} 0", "exeunt_export_bytes_total 0.0")
                .contains("exeunt_erasures_total{outcome=\"failed\"} 0.0");
        assertThat(get(port, "/account").statusCode()).isEqualTo(401);
        for (String other : List.of("/", "/env", "/heapdump", "/elsewhere")) {
            assertThat(get(port, other).statusCode()).as(other).isEqualTo(404);
            assertThat(get(port, other).body()).contains("urn:exeunt:problem:not-found");
        }
        server.process().destroy();
        assertThat(server.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void tellsAllThatIsWrongWithItsSettingsAtOnceAndNoSecret() throws Exception {
        Files.writeString(
                settings,
                Files.readString(settings).replace("archive:", "arhcive:").replace("  key: 00", "  key: zz"));
        ServerProcess server = server("--config", settings.toString(), "--port", "0");
        String said = server.said();
        assertThat(server.process().waitFor()).isNotZero();
        assertThat(said).contains("exeunt.key", "arhcive").doesNotContain("\tat ", "zz112233", "thirty-two");
    }

    /** What it says, which is all: plain sentences. */
    private String refused(String... args) throws Exception {
        ServerProcess server = server(args);
        String said = server.said();
        assertThat(server.process().waitFor()).as(said).isNotZero();
        assertThat(said)
                .doesNotContain("\tat ", "Exception", "Error creating bean", "{\"", "springframework", "dev.exeunt.");
        return said;
    }

    private String refusedWith(String was, String is) throws Exception {
        String text = Files.readString(settings);
        assertThat(text).contains(was);
        Files.writeString(settings, text.replace(was, is));
        String said = refused("--config", settings.toString(), "--port", "0");
        Files.writeString(settings, text);
        return said;
    }

    @Test
    void withNothingSetItSaysWhatToSet() throws Exception {
        assertThat(refused())
                .contains(
                        "exeunt.map is not set",
                        "exeunt.map=exeunt.yaml",
                        "exeunt.database.url is not set",
                        "exeunt.key is not set",
                        "exeunt.archive.directory is not set",
                        "Nothing says which tokens are good");
    }

    @Test
    void whatIsWrongWithAnObjectStoreIsToldWithTheRest() throws Exception {
        String said = refusedWith(
                "archive: {",
                "archive: { s3: { buket: shop-exports, path-style: maybe }, unused-key: x }\n  path: /health\n  x: {");
        assertThat(said)
                .contains("exeunt.archive.s3.buket: there is no such setting. Did you mean bucket?")
                .contains("path-style is 'maybe'", "exeunt.path", "exeunt.archive.unused-key");
    }

    @Test
    void aStoreThatRefusesTheKeyIsToldByTheNameOfTheSetting() throws Exception {
        try (S3Server store = S3Server.start()) {
            String one =
                    "archive: { s3: { bucket: exports, prefix: shop, path-style: true, access-key: key, secret-key: no,"
                            + " endpoint: \"http://127.0.0.1:" + store.port() + "\" }";
            assertThat(refusedWith("archive: { directory: \"" + directory.resolve("exports") + "\" ", one))
                    .contains("exeunt.archive.s3.access-key: ", "SignatureDoesNotMatch");
            assertThat(refusedWith("archive: {", one + ", "))
                    .as("a directory beside the store")
                    .contains("exeunt.archive.directory is \"" + directory.resolve("exports") + "\"", "one of the two");
            assertThat(store.lying()).isEmpty();
        }
    }

    @Test
    void aFileThatIsNoSettingsIsToldWithItsLine() throws Exception {
        assertThat(refusedWith("  archive: {", "  archive: [ { secret: 1"))
                .startsWith(settings + ":")
                .containsPattern(":\\d+:\\d+: this is no YAML: ")
                .doesNotContain("secret", "001122");
        Path text = Files.writeString(directory.resolve("settings.txt"), "");
        assertThat(refused("--config", text.toString())).contains("settings.txt", ".yaml, .yml or .properties");
    }

    @Test
    void aPlaceWhereNobodyCanListenIsToldAsThat() throws Exception {
        assertThat(refused("--port", "99999")).contains("--port: 99999", "65535");
        assertThat(refused("--address", "nowhere.invalid")).contains("--address: nowhere.invalid", "127.0.0.1");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = Integer.toString(taken.getLocalPort());
            assertThat(refused("--config", settings.toString(), "--port", port))
                    .contains("Port " + port + " is in use")
                    .contains("--port");
        }
        assertThat(refused("--config", settings.toString(), "--port", "0", "--address", "203.0.113.7"))
                .contains("none of this machine's");
    }

    @Test
    void aTakenPortIsNoticedBeforeAnythingIsDoneAndToldWithTheRest() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = Integer.toString(taken.getLocalPort());
            refused("--config", settings.toString(), "--port", port);
            assertThat(database.column("SELECT 1 FROM pg_namespace WHERE nspname = 'exeunt'"))
                    .as("no migration has begun")
                    .isEmpty();
            Files.writeString(settings, Files.readString(settings).replace("  key: 00", "  key: zz"));
            assertThat(refused("--config", settings.toString(), "--port", port))
                    .startsWith("Port " + port + " is in use")
                    .contains("exeunt.key");
        }
    }

    @Test
    void settingsOnTheCommandLineAreRefusedWithoutBeingRepeated() throws Exception {
        assertThat(refused("--exeunt.key=0011"))
                .contains("environment", "--config")
                .doesNotContain("0011");
    }

    @Test
    void aDatabaseThatIsAwayAndAMapThatIsNoneAreToldInTheirSentences() throws Exception {
        assertThat(refusedWith(database.jdbcUrl(), "jdbc:postgresql://127.0.0.1:1/shop"))
                .contains("127.0.0.1:1");
        Files.writeString(directory.resolve("exeunt.yaml"), "version: 1\nsubjekt: {}\n");
        assertThat(refused("--config", settings.toString(), "--port", "0")).contains("subjekt");
    }

    @Test
    void aKeyUnderWhichNobodyWasErasedIsToldAtTheStart() throws Exception {
        ServerProcess server = server("--config", settings.toString(), "--port", "0");
        server.port();
        server.close();
        database.execute("INSERT INTO exeunt.erased (hash, key_id, erased_at, row_stays)"
                + " VALUES (decode('00', 'hex'), '12345678', '2026-01-01T00:00:00Z', false)");
        assertThat(refused("--config", settings.toString(), "--port", "0"))
                .contains("People were erased under the key 12345678", "Give the key that was used then");
    }

    @Test
    void helpNamesWhatOneCannotDoWithout() throws Exception {
        ServerProcess server = server("--help");
        assertThat(server.said())
                .contains(
                        "exeunt.map",
                        "EXEUNT_DB",
                        "EXEUNT_KEY",
                        "EXPORT_DIR",
                        "exeunt.jwt.issuer",
                        "docs/reference/settings.md");
        assertThat(server.process().waitFor()).isZero();
    }

    @Test
    void behindAProxyThatEndsTlsTheCookieIsSentOverTlsAlone() throws Exception {
        Files.writeString(settings, Files.readString(settings) + "  hand-off: { secret: " + LINKS + " }\n");
        int port = server("--config", settings.toString(), "--port", "0").port();
        assertThat(cookie(port, "https")).contains("exeunt_session=", "Secure");
        assertThat(cookie(port, "http")).contains("exeunt_session=").doesNotContain("Secure");
    }

    private String cookie(int port, String scheme) throws Exception {
        Instant now = Instant.now();
        SignedJWT link = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256),
                new JWTClaimsSet.Builder()
                        .subject("1")
                        .audience("exeunt-enter")
                        .jwtID(scheme)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(60)))
                        .build());
        link.sign(new MACSigner(LINKS));
        return client.send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://127.0.0.1:" + port + "/account/enter?token=" + link.serialize()))
                                .header("X-Forwarded-Proto", scheme)
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow();
    }

    @Test
    void aSettingsFileThatIsNotThereIsNamed() throws Exception {
        ServerProcess server = server("--config", "missing.yaml");
        assertThat(server.said()).contains("missing.yaml").doesNotContain("\tat ");
        assertThat(server.process().waitFor()).isEqualTo(2);
    }
}
