package dev.exeunt.internal.ledger.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.exeunt.ExeuntException;
import dev.exeunt.ledger.LedgerSink;
import dev.exeunt.ledger.LedgerSink.Entry;
import dev.exeunt.support.ledger.LedgerLines;
import dev.exeunt.testkit.LedgerReceiver;
import dev.exeunt.testkit.LedgerSinkContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What all sinks of the ledger do, at a receiver over HTTP; and receivers that fail. */
class HttpLedgerSinkTest extends LedgerSinkContract {

    @TempDir
    Path directory;

    private LedgerReceiver receiver;

    @BeforeEach
    void start() throws IOException {
        receiver = LedgerReceiver.start(directory.resolve("ledger"));
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Override
    protected LedgerSink open() {
        return new HttpLedgerSink(receiver.address(), LedgerReceiver.TOKEN);
    }

    /** The connection breaks before the last line has arrived. */
    @Override
    protected void leaveUnfinished(List<Entry> entries) throws IOException {
        byte[] lines = LedgerLines.write(entries);
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), receiver.address().getPort())) {
            String head =
                    "POST " + receiver.address().getPath() + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                            + LedgerReceiver.TOKEN + "\r\nExeunt-After: "
                            + (entries.get(0).position() - 1)
                            + "\r\nContent-Length: " + lines.length + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(Arrays.copyOf(lines, lines.length - 10));
        }
    }

    @Test
    void aWrongTokenIsToldAndNotShown() throws IOException {
        LedgerSink sink = new HttpLedgerSink(receiver.address(), "another token");
        for (String said :
                List.of(failure(sink::last), failure(() -> read(sink, 0)), failure(() -> sink.append(entries(1, 1))))) {
            assertThat(said).contains("401", "EXEUNT_LEDGER_TOKEN").doesNotContain("another token");
        }
        assertThat(sink.place()).isEqualTo("the address " + receiver.address());
        assertThat(open().last()).isEmpty();
    }

    private interface SinkCall {
        void run() throws IOException;
    }

    private static String failure(SinkCall call) {
        try {
            call.run();
        } catch (IOException e) {
            return e.getMessage();
        }
        throw new AssertionError("it did not fail");
    }

    @Test
    void aReceiverThatIsAwayIsToldWithoutTheToken() {
        LedgerSink sink = open();
        receiver.close();
        assertThat(failure(sink::last)).contains("no answer").doesNotContain(LedgerReceiver.TOKEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://ledger.example.org/shop",
                "ftp://ledger.example.org/shop",
                "https://user:secret@ledger.example.org/shop",
                "https://ledger.example.org/shop?secret=1",
                "https://ledger.example.org/shop#secret",
                "http://127.0.0.1.example.org/",
                "https:/shop",
                "secret"
            })
    void otherAddressesAreRefusedAndNotRepeated(String address) {
        assertThatThrownBy(() -> new HttpLedgerSink(URI.create(address), null))
                .isInstanceOf(ExeuntException.class)
                .hasMessageContaining("https://")
                .hasMessageNotContaining("secret");
    }

    @Test
    void redirectsAreNotFollowed() throws IOException {
        try (OddReceiver odd = new OddReceiver(call -> {
            call.getResponseHeaders().set("Location", receiver.address() + "/last");
            call.sendResponseHeaders(302, -1);
            call.close();
        })) {
            LedgerSink sink = odd.sink(Duration.ofSeconds(10));
            assertThat(failure(sink::last)).contains("302", "redirects are not followed");
            assertThat(failure(() -> sink.append(entries(1, 1)))).contains("302");
        }
        assertThat(open().last()).isEmpty();
    }

    /** It answers, sends a line, and then nothing more. */
    @Test
    void aReceiverThatStopsInTheMiddleIsGivenUp() throws IOException {
        CountDownLatch over = new CountDownLatch(1);
        try (OddReceiver odd = new OddReceiver(call -> {
            byte[] line = LedgerLines.write(entries(1, 1));
            call.sendResponseHeaders(200, line.length * 5L);
            call.getResponseBody().write(line);
            call.getResponseBody().flush();
            await(over);
        })) {
            assertThat(failure(odd.sink(Duration.ofMillis(200))::last)).contains("stopped in the middle");
            over.countDown();
        }
    }

    @Test
    void aReceiverThatNeverAnswersIsGivenUp() throws IOException {
        CountDownLatch over = new CountDownLatch(1);
        try (OddReceiver odd = new OddReceiver(call -> await(over))) {
            LedgerSink sink = odd.sink(Duration.ofMillis(200));
            assertThat(failure(sink::last)).contains("did not answer");
            assertThat(failure(() -> sink.append(entries(1, 1)))).contains("did not answer");
            over.countDown();
        }
    }

    /** What an answer lacks at its end would not be erased again after a restore. */
    @Test
    void anAnswerThatEndsBeforeTheLastEntryIsAFailure() throws IOException {
        try (OddReceiver odd = new OddReceiver(call -> {
            boolean last = call.getRequestURI().getPath().endsWith("/last");
            byte[] lines = LedgerLines.write(last ? entries(9, 9) : entries(1, 5));
            call.sendResponseHeaders(200, lines.length);
            call.getResponseBody().write(lines);
            call.close();
        })) {
            LedgerSink sink = odd.sink(Duration.ofSeconds(10));
            assertThat(failure(() -> read(sink, 0))).contains("entries to 5", "its last one is 9");
        }
    }

    @Test
    void anAnswerThatIsNoLineIsAFailure() throws IOException {
        try (OddReceiver odd = new OddReceiver(call -> {
            byte[] page = "<html>not found</html>\n".getBytes(StandardCharsets.US_ASCII);
            call.sendResponseHeaders(200, page.length);
            call.getResponseBody().write(page);
            call.close();
        })) {
            LedgerSink sink = odd.sink(Duration.ofSeconds(10));
            assertThat(failure(sink::last)).contains("no entry of a ledger");
            assertThat(failure(() -> sink.append(entries(1, 1)))).contains("200");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A receiver that does not keep to the protocol. */
    private static final class OddReceiver implements AutoCloseable {

        private final HttpServer server;
        private final ExecutorService threads = Executors.newCachedThreadPool();

        private OddReceiver(HttpHandler answer) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
            server.setExecutor(threads);
            server.createContext("/", answer);
            server.start();
        }

        private LedgerSink sink(Duration patience) {
            return new HttpLedgerSink(
                    URI.create("http://localhost:" + server.getAddress().getPort()), LedgerReceiver.TOKEN, patience);
        }

        @Override
        public void close() {
            server.stop(0);
            threads.shutdownNow();
        }
    }
}
