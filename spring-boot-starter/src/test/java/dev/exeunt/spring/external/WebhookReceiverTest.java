package dev.exeunt.spring.external;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.spring.external.DeliveryOutcome.Failed;
import dev.exeunt.spring.external.DeliveryOutcome.Taken;
import dev.exeunt.spring.external.HostileServer.HostileAnswer;
import dev.exeunt.spring.external.http.GuardedHttpClient.CallLimits;
import dev.exeunt.spring.settings.ExeuntSettings.SecretValue;
import dev.exeunt.spring.settings.ExternalSystemSettings;
import dev.exeunt.support.event.OutgoingEvent;
import dev.exeunt.support.event.SystemAnswer;
import dev.exeunt.support.event.SystemAnswer.AnswerResult;
import dev.exeunt.testkit.MappedDatabase;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a receiver which is slow, endless or hostile costs one bounded attempt, and is not believed. */
@Timeout(30)
class WebhookReceiverTest {

    private static final CallLimits SHORT =
            new CallLimits(Duration.ofSeconds(2), Duration.ofMillis(700), Duration.ofMillis(1500));

    private static final SecretValue SECRET = new SecretValue("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    private static OutgoingEvent event() {
        return new OutgoingEvent(
                UUID.randomUUID(), "bot", 1, 0, "user.erased", Instant.EPOCH, null, "{\"type\":\"x\"}");
    }

    private static DeliveryOutcome deliver(URI address, boolean privateAddress) {
        ExternalSystemSettings system = new ExternalSystemSettings("bot", address, List.of(SECRET), privateAddress);
        try (WebhookReceiver receiver =
                new WebhookReceiver(system, SHORT, Clock.fixed(MappedDatabase.NOW, ZoneOffset.UTC))) {
            return receiver.deliver(event());
        }
    }

    private static DeliveryOutcome deliver(HostileAnswer answer) {
        try (HostileServer server = new HostileServer(answer)) {
            return deliver(server.address(), true);
        }
    }

    private static DeliveryOutcome answered(String status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return deliver(out -> {
            out.write(HostileServer.head(status, "Content-Length: " + bytes.length));
            out.write(bytes);
        });
    }

    @Test
    void aSystemTakesAnEventAndMayAnswerAtOnce() {
        assertThat(answered("204 No Content", "")).isEqualTo(new Taken(null));
        assertThat(answered("200 OK", "thank you")).isEqualTo(new Taken(null));
        assertThat(answered("200 OK", "{\"result\": \"perhaps\"}")).isEqualTo(new Taken(null));
        assertThat(answered("200 OK", "{\"result\": \"erased\", \"reason\": \"x\"}"))
                .isEqualTo(new Taken(new SystemAnswer(AnswerResult.ERASED, null)));
        assertThat(answered("200 OK", "{\"result\": \"refused\", \"reason\": \"an invoice\\nis open\"}"))
                .isEqualTo(new Taken(new SystemAnswer(AnswerResult.REFUSED, "an invoice is open")));
    }

    @Test
    void whatFailsIsNamedByAWordOrStatus() {
        assertThat(answered("503 Service Unavailable", "secret text")).isEqualTo(new Failed("503", true));
        assertThat(answered("429 Too Many Requests", "")).isEqualTo(new Failed("429", true));
        assertThat(answered("400 Bad Request", "")).isEqualTo(new Failed("400", false));
        assertThat(deliver(OutputStream::close)).isEqualTo(new Failed("broken-off", true));
        assertThat(deliver(URI.create("http://127.0.0.1:1/"), true)).isEqualTo(new Failed("refused", true));
        assertThat(deliver(URI.create("https://no-such-host.invalid/"), true))
                .isEqualTo(new Failed("unknown-host", true));
    }

    @Test
    void aRedirectIsNotFollowed() {
        try (HostileServer inside = new HostileServer(out -> out.write(HostileServer.head("200 OK")))) {
            assertThat(deliver(out -> out.write(HostileServer.head(
                            "307 Temporary Redirect", "Location: " + inside.address(), "Content-Length: 0"))))
                    .isEqualTo(new Failed("307", false));
            assertThat(inside.connections()).isZero();
        }
    }

    @Test
    void aSystemThatSaysNothingIsGivenUp() {
        assertThat(deliver(out -> new CountDownLatch(1).await())).isEqualTo(new Failed("timeout", true));
    }

    @Test
    void headersThatComeByteByByteAreGivenUp() {
        assertThat(deliver(out -> {
                    for (int i = 0; i < 10_000; i++) {
                        out.write(i < 17 ? "HTTP/1.1 200 OK\r\n".charAt(i) : 'a');
                        out.flush();
                        Thread.sleep(100);
                    }
                }))
                .isEqualTo(new Failed("timeout", true));
    }

    @Test
    void anEndlessBodyIsNotReadToItsEnd() {
        assertThat(deliver(out -> {
                    out.write(HostileServer.head("200 OK"));
                    byte[] block = new byte[64 * 1024];
                    while (true) {
                        out.write(block);
                    }
                }))
                .isEqualTo(new Taken(null));
    }

    @Test
    void endlessHeadersAreNotRead() {
        assertThat(deliver(out -> {
                    out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
                    while (true) {
                        out.write("a: b\r\n".getBytes(StandardCharsets.US_ASCII));
                    }
                }))
                .isInstanceOf(Failed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]", "0.0.0.0", "[::ffff:127.0.0.1]"})
    void addressesInsideAreNotConnectedTo(String host) {
        try (HostileServer inside = new HostileServer(out -> out.write(HostileServer.head("200 OK")))) {
            assertThat(deliver(URI.create("http://" + host + ":" + inside.port() + "/hook"), false))
                    .isEqualTo(new Failed("private-address", true));
            assertThat(inside.connections()).isZero();
        }
    }

    @Test
    void aCertificateThatNoAuthorityHasSignedIsRefused(@TempDir Path folder) throws Exception {
        Path store = folder.resolve("self-signed.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-J-Duser.language=en",
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        keytool.getInputStream().readAllBytes();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        try (HostileServer server = new HostileServer(
                tls.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getByName("127.0.0.1")),
                out -> out.write(HostileServer.head("200 OK", "Content-Length: 0")))) {
            assertThat(deliver(URI.create("https://localhost:" + server.port() + "/"), true))
                    .isEqualTo(new Failed("tls", true));
        }
    }
}
