package dev.exeunt.archive.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.exeunt.archive.ArchiveException;
import dev.exeunt.archive.ArchiveException.ArchiveFailureReason;
import dev.exeunt.archive.ArchiveName;
import dev.exeunt.archive.Archives.ByteRange;
import dev.exeunt.archive.s3.S3FaultProxy.FaultEffect;
import dev.exeunt.archive.s3.testkit.S3Server;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests object stores that are down, slow, full or refuse requests. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class S3FailureTest {

    private static final byte[] LARGE = new byte[20 << 20];

    static {
        new Random(1).nextBytes(LARGE);
    }

    private S3Server server;
    private S3FaultProxy wire;
    private S3Archives archives;

    @BeforeEach
    void start() throws Exception {
        server = S3Server.start();
        wire = new S3FaultProxy(server.port());
        archives = S3Archives.of(settings(wire.address(), 20, 20));
    }

    @AfterEach
    void stop() throws Exception {
        archives.close();
        wire.close();
        server.close();
    }

    private static S3Settings settings(URI endpoint, int read, int request) {
        S3Settings usual = S3Server.settings(endpoint);
        return new S3Settings(
                usual.bucket(),
                usual.prefix(),
                usual.place(),
                usual.encryption(),
                usual.credentials(),
                new S3Settings.S3Timeouts(
                        Duration.ofSeconds(2), Duration.ofSeconds(read), Duration.ofSeconds(request)));
    }

    private static ArchiveName name() {
        return ArchiveName.random(new SecureRandom());
    }

    private ArchiveName stored(byte[] content) {
        ArchiveName name = name();
        archives.put(name, out -> out.write(content));
        return name;
    }

    private static ArchiveException failure(ThrowingCallable call) {
        ArchiveException failure = catchThrowableOfType(ArchiveException.class, call);
        assertThat(failure).hasNoCause().hasMessageNotContaining("secret");
        assertThat(failure.getSuppressed()).isEmpty();
        return failure;
    }

    @Test
    void aStoreThatIsDownIsSaid() throws Exception {
        wire.close();
        String sentence = "The object store's bucket exports at " + wire.address() + " takes no connection.";
        for (ThrowingCallable call : new ThrowingCallable[] {
            () -> stored(new byte[1]),
            () -> archives.open(name(), ByteRange.whole(1)),
            () -> archives.delete(name()),
            () -> archives.sweep(Instant.now(), names -> names)
        }) {
            ArchiveException failure = failure(call);
            assertThat(failure).hasMessage(sentence);
            assertThat(failure.why()).isEqualTo(ArchiveFailureReason.UNREACHABLE);
            assertThat(failure.isTransient()).isTrue();
        }
        assertThat(archives.check()).singleElement().hasToString("endpoint: " + sentence);
    }

    @ParameterizedTest
    @CsvSource({"STALL, 1, 60", "IGNORE, 60, 1"})
    void aStoreThatTakesTooLongIsSaid(FaultEffect fate, int read, int request) throws Exception {
        try (S3Archives impatient = S3Archives.of(settings(wire.address(), read, request))) {
            wire.with("^PUT .*partNumber=2", fate);
            long start = System.nanoTime();
            ArchiveException failure = failure(() -> impatient.put(name(), out -> out.write(LARGE)));
            assertThat(Thread.interrupted()).as("timeouts are no interrupts").isFalse();
            assertThat(failure).hasMessageEndingWith("takes too long to answer.");
            assertThat(failure.why()).isEqualTo(ArchiveFailureReason.UNREACHABLE);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(40));
        }
        assertThat(server.lying()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"^PUT .*partNumber=1", "^PUT .*partNumber=3", "^POST .*uploadId="})
    void aConnectionThatBreaksLeavesNothing(String request) {
        wire.with(request, FaultEffect.BREAK);
        ArchiveException failure = failure(() -> archives.put(name(), out -> out.write(LARGE)));
        assertThat(failure.why()).isEqualTo(ArchiveFailureReason.UNREACHABLE);
        assertThat(server.lying()).isEmpty();
        wire.mend();
        stored(LARGE);
    }

    @Test
    void aConnectionThatBreaksOnceDoesNoHarm() throws Exception {
        wire.with("^PUT .*partNumber=2", FaultEffect.LOSE_ANSWER);
        assertThat(read(stored(LARGE))).isEqualTo(LARGE);
    }

    @Test
    void anArchiveIsKeptWhoseLastAnswerWasLost() throws Exception {
        wire.with("^POST .*uploadId=", FaultEffect.LOSE_ANSWER);
        ArchiveName name = stored(LARGE);
        assertThat(read(name)).isEqualTo(LARGE);
        assertThat(server.lying()).containsExactly("shop/" + name);
    }

    /** Some servers know no upload any more that they have made an object of. */
    @Test
    void anArchiveIsKeptThatASecondAttemptFindsFinished() throws Exception {
        wire.with("^POST .*uploadId=", FaultEffect.LOSE_ANSWER).answering("^POST .*uploadId=", 404, "NoSuchUpload");
        assertThat(read(stored(LARGE))).isEqualTo(LARGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"^POST .*uploadId=", "^PUT /exports/shop/[0-9a-f]{40} "})
    void whatTheStoreKeptWithoutOurKnowingDoesNotStay(String lastRequest) {
        for (int attempt = 0; attempt < 3; attempt++) {
            wire.with(lastRequest, FaultEffect.LOSE_ANSWER);
        }
        byte[] content = lastRequest.startsWith("^POST") ? LARGE : new byte[10];
        assertThat(failure(() -> stored(content)).why()).isEqualTo(ArchiveFailureReason.UNREACHABLE);
        assertThat(server.lying()).isEmpty();
    }

    @Test
    void whatAStoreCouldNotBeToldToForgetIsSwept() {
        wire.with("^PUT .*partNumber=2", FaultEffect.BREAK).with("^DELETE", FaultEffect.BREAK);
        failure(() -> archives.put(name(), out -> out.write(LARGE)));
        assertThat(server.lying()).singleElement().asString().startsWith("+shop/");
        wire.mend();
        archives.sweep(Instant.now().plus(Duration.ofHours(1)), names -> Set.of());
        assertThat(server.lying()).isEmpty();
    }

    @Test
    void aDownloadThatBreaksIsNoShortDownload() throws Exception {
        ArchiveName name = stored(LARGE);
        wire.with("^GET", FaultEffect.CUT_ANSWER);
        try (InputStream in = archives.open(name, ByteRange.whole(LARGE.length))) {
            assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
        }
    }

    private byte[] read(ArchiveName name) throws IOException {
        try (InputStream in = archives.open(name, ByteRange.whole(LARGE.length))) {
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    403 | AccessDenied            | REFUSED     | s3:PutObject and s3:AbortMultipartUpload is missing
                    403 | InvalidAccessKeyId      | REFUSED     | does not accept the credentials (InvalidAccessKeyId)
                    403 | SignatureDoesNotMatch   | REFUSED     | does not accept the credentials
                    403 | RequestTimeTooSkewed    | REFUSED     | Set the clock
                    400 | AuthorizationHeaderMalformed | REFUSED | is in another region
                    301 | PermanentRedirect       | REFUSED     | is in another region
                    404 | NoSuchBucket            | REFUSED     | does not exist. Make it, or name another.
                    400 | KMS.NotFoundException   | REFUSED     | cannot use the encryption key (KMS.NotFoundException)
                    501 | NotImplemented          | REFUSED     | Is it a store for S3?
                    400 | SomethingNew            | REFUSED     | refused (400 SomethingNew)
                    507 | XMinioStorageFull       | FULL        | has no space left
                    403 | QuotaExceeded           | FULL        | has no space left
                    503 | SlowDown                | UNREACHABLE | cannot at the moment (503)
                    500 | InternalError           | UNREACHABLE | cannot at the moment (500)
                    """)
    void whatAStoreAnswersIsSaidInPlainWords(int status, String code, ArchiveFailureReason why, String words) {
        wire.answering("^PUT", status, code);
        ArchiveException failure = failure(() -> stored(new byte[10]));
        assertThat(failure.why()).isEqualTo(why);
        assertThat(failure)
                .hasMessageContaining("bucket exports at " + wire.address())
                .hasMessageContaining(words);
        assertThat(server.lying()).isEmpty();
    }
}
