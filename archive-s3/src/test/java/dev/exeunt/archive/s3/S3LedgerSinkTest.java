package dev.exeunt.archive.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.exeunt.ExeuntException;
import dev.exeunt.archive.s3.S3FaultProxy.FaultEffect;
import dev.exeunt.archive.s3.S3LedgerSink.LockMode;
import dev.exeunt.archive.s3.S3LedgerSink.ObjectLock;
import dev.exeunt.archive.s3.testkit.S3Server;
import dev.exeunt.ledger.LedgerSink;
import dev.exeunt.ledger.LedgerSink.Entry;
import dev.exeunt.support.ledger.SinkProvider;
import dev.exeunt.testkit.LedgerSinkContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** What all sinks of the ledger do, on a server for S3; and what becomes of objects that are lost, cut or replaced. */
class S3LedgerSinkTest extends LedgerSinkContract {

    private final List<S3LedgerSink> opened = new ArrayList<>();
    private S3Server server;

    @BeforeEach
    void start() throws Exception {
        server = S3Server.start();
    }

    @AfterEach
    void stop() throws Exception {
        opened.forEach(S3LedgerSink::close);
        server.close();
    }

    @Override
    protected LedgerSink open() {
        return at(server.settings(), null);
    }

    private S3LedgerSink at(S3Settings settings, ObjectLock lock) {
        opened.add(S3LedgerSink.of(settings, lock));
        return opened.get(opened.size() - 1);
    }

    /** A part of more. A store shows an object when it is whole, and never before. */
    @Override
    protected void leaveUnfinished(List<Entry> entries) {
        withClient(s3 -> {
            String key = key(entries.get(0).position());
            String id = s3.createMultipartUpload(r -> r.bucket(S3Server.BUCKET).key(key))
                    .uploadId();
            s3.uploadPart(
                    r -> r.bucket(S3Server.BUCKET).key(key).uploadId(id).partNumber(1), RequestBody.fromString("3 5f"));
        });
    }

    private static String key(long first) {
        return "shop/" + String.format("%019d", Long.MAX_VALUE - first);
    }

    private interface StoreWork {
        void with(S3Client s3);
    }

    private void withClient(StoreWork work) {
        try (S3Clients clients = S3Clients.of(server.settings())) {
            work.with(clients.client());
        }
    }

    private void put(String key, String content) {
        withClient(s3 -> s3.putObject(r -> r.bucket(S3Server.BUCKET).key(key), RequestBody.fromString(content)));
    }

    @Test
    void eachAppendIsAnObjectAndTheNewestComesFirst() throws IOException {
        LedgerSink sink = open();
        sink.append(entries(1, 3));
        sink.append(entries(4, 4));
        assertThat(server.lying()).containsExactly(key(4), key(1));
    }

    /** Positions are looked at by the ledger's chain: here, that what is lost is not hidden from it. */
    @Test
    void aLostObjectLeavesAGap() throws IOException {
        LedgerSink sink = threeObjects();
        withClient(s3 -> s3.deleteObject(r -> r.bucket(S3Server.BUCKET).key(key(4))));
        assertThat(read(sink, 0)).extracting(Entry::position).containsExactly(1L, 2L, 3L, 7L, 8L, 9L);
    }

    @Test
    void aCutObjectLeavesAGapAndAReplacedOneAnotherEntry() throws IOException {
        LedgerSink sink = threeObjects();
        put(key(4), "4 " + "0".repeat(64) + " aborted\n5 " + "0".repeat(64) + " abo");
        List<Entry> read = read(sink, 0);
        assertThat(read).extracting(Entry::position).containsExactly(1L, 2L, 3L, 4L, 7L, 8L, 9L);
        assertThat(read.get(3).text()).isEqualTo("aborted");
    }

    /** An instance that remembers the end sees what another hand did to it. */
    @Test
    void aNewestObjectThatWasReplacedOrDeletedIsLookedAtAgain() throws IOException {
        LedgerSink sink = threeObjects();
        put(key(7), "7 " + "0".repeat(64) + " aborted\n");
        assertThat(sink.last()).contains(new Entry(7, "0".repeat(64), "aborted"));
        withClient(s3 -> s3.deleteObject(r -> r.bucket(S3Server.BUCKET).key(key(7))));
        assertThat(sink.last()).contains(entries(6, 6).get(0));
        put(key(7), "7 00");
        assertThatThrownBy(sink::last).isInstanceOf(IOException.class).hasMessageContaining("no whole line");
    }

    private LedgerSink threeObjects() throws IOException {
        LedgerSink sink = open();
        sink.append(entries(1, 3));
        sink.append(entries(4, 6));
        sink.append(entries(7, 9));
        return sink;
    }

    @Test
    void otherObjectsAtItsPlaceArePassedOverUnlessThereAreMany() throws IOException {
        LedgerSink sink = threeObjects();
        put("shop/deeper/0000000000000000001", "x");
        put("shop/0-README", "x");
        assertThat(sink.last()).contains(entries(9, 9).get(0));
        assertThat(read(open(), 0)).isEqualTo(entries(1, 9));
        for (int i = 0; i < 20; i++) {
            put("shop/00-README-" + i, "x");
        }
        assertThatThrownBy(sink::last).isInstanceOf(IOException.class).hasMessageContaining("a prefix of its own");
    }

    /** The store has written the object, and its answer was lost: the SDK asks again, and is told that it is there. */
    @Test
    void anAppendWhoseAnswerIsLostIsAcknowledged() throws Exception {
        try (S3FaultProxy proxy = new S3FaultProxy(server.port())) {
            proxy.with("PUT /.*", FaultEffect.LOSE_ANSWER);
            LedgerSink sink = at(S3Server.settings(proxy.address()), null);
            sink.append(entries(1, 3));
            assertThat(read(open(), 0)).isEqualTo(entries(1, 3));
            sink.append(entries(4, 5));
            assertThat(read(open(), 0)).isEqualTo(entries(1, 5));
        }
    }

    @Test
    void aStoreThatIsAwayIsToldWithoutSecrets() throws Exception {
        LedgerSink sink = threeObjects();
        server.close();
        for (ThrowingCallable call :
                List.<ThrowingCallable>of(sink::last, () -> read(sink, 0), () -> sink.append(entries(10, 10)))) {
            assertThatThrownBy(call)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(S3Server.BUCKET)
                    .hasMessageNotContaining(S3Server.CREDENTIALS.secretKey());
        }
        assertThat(sink.place()).contains(S3Server.BUCKET, "shop/").doesNotContain("secret");
        server = S3Server.start();
    }

    @Test
    void aStoreThatHangsIsGivenUp() throws Exception {
        try (S3FaultProxy proxy = new S3FaultProxy(server.port())) {
            proxy.with("GET /.*", FaultEffect.STALL);
            S3Settings usual = S3Server.settings(proxy.address());
            Duration soon = Duration.ofMillis(300);
            LedgerSink sink = at(
                    new S3Settings(
                            usual.bucket(),
                            usual.prefix(),
                            usual.place(),
                            usual.encryption(),
                            usual.credentials(),
                            new S3Settings.S3Timeouts(soon, soon, soon)),
                    null);
            assertThatThrownBy(sink::last).isInstanceOf(IOException.class);
        }
    }

    /** The store of these tests knows no locks, so this looks at what is asked of one. */
    @Test
    void objectsAreLockedAndNeverOverwritten() throws Exception {
        Map<String, String> asked = new ConcurrentHashMap<>();
        HttpServer store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        store.createContext("/", call -> {
            call.getRequestBody().readAllBytes();
            if (call.getRequestMethod().equals("PUT")) {
                call.getRequestHeaders()
                        .forEach((name, values) -> asked.put(name.toLowerCase(Locale.ROOT), values.get(0)));
                call.getResponseHeaders().set("ETag", "\"1\"");
                call.sendResponseHeaders(200, -1);
            } else {
                byte[] none = "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>".getBytes();
                call.sendResponseHeaders(200, none.length);
                call.getResponseBody().write(none);
            }
            call.close();
        });
        store.start();
        try {
            URI address = URI.create("http://127.0.0.1:" + store.getAddress().getPort());
            at(S3Server.settings(address), new ObjectLock(LockMode.COMPLIANCE, 365))
                    .append(entries(1, 1));
            assertThat(asked)
                    .containsEntry("if-none-match", "*")
                    .containsEntry("x-amz-object-lock-mode", "COMPLIANCE")
                    .containsKey("content-md5");
            assertThat(Instant.parse(asked.get("x-amz-object-lock-retain-until-date")))
                    .isBetween(
                            Instant.now().plus(Duration.ofDays(364)),
                            Instant.now().plus(Duration.ofDays(366)));
            asked.clear();
            at(S3Server.settings(address), null).append(entries(1, 1));
            assertThat(asked).doesNotContainKey("x-amz-object-lock-mode");
        } finally {
            store.stop(0);
        }
    }

    @Test
    void aBucketThatCannotLockIsTold() throws Exception {
        try (S3FaultProxy proxy = new S3FaultProxy(server.port())) {
            proxy.answering("PUT /.*", 400, "InvalidRequest");
            LedgerSink sink = at(S3Server.settings(proxy.address()), new ObjectLock(LockMode.GOVERNANCE, 1));
            assertThatThrownBy(() -> sink.append(entries(1, 1)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("make a bucket with object lock");
        }
        try (S3FaultProxy proxy = new S3FaultProxy(server.port())) {
            proxy.answering("PUT /.*", 501, "NotImplemented");
            LedgerSink sink = at(S3Server.settings(proxy.address()), null);
            assertThatThrownBy(() -> sink.append(entries(1, 1))).hasMessageContaining("If-None-Match");
        }
        assertThatThrownBy(() -> new ObjectLock(LockMode.COMPLIANCE, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theCommandLineFindsItByItsLocation() throws IOException {
        SinkProvider provider = ServiceLoader.load(SinkProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(p -> p.opens("s3://exports/shop"))
                .findFirst()
                .orElseThrow();
        threeObjects();
        Map<String, String> environment = Map.of(
                "EXEUNT_ARCHIVE_S3_ENDPOINT", "http://127.0.0.1:" + server.port(),
                "EXEUNT_ARCHIVE_S3_ACCESS_KEY", S3Server.CREDENTIALS.accessKey(),
                "EXEUNT_ARCHIVE_S3_SECRET_KEY", S3Server.CREDENTIALS.secretKey());
        LedgerSink sink = provider.open("s3://exports/shop", environment);
        opened.add((S3LedgerSink) sink);
        assertThat(sink.last()).contains(entries(9, 9).get(0));
        assertThat(provider.opens("/var/lib/ledger")).isFalse();
        assertThatThrownBy(() -> provider.open("s3://exports/shop", Map.of("EXEUNT_LEDGER_LOCK_DAYS", "many")))
                .isInstanceOf(ExeuntException.class)
                .hasMessageContaining("EXEUNT_LEDGER_LOCK_DAYS");
    }
}
