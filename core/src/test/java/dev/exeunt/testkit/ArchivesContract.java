package dev.exeunt.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.exeunt.archive.ArchiveException;
import dev.exeunt.archive.ArchiveException.ArchiveFailureReason;
import dev.exeunt.archive.ArchiveName;
import dev.exeunt.archive.Archives;
import dev.exeunt.archive.Archives.ByteRange;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every kind of archives has to do, on the real thing. */
public abstract class ArchivesContract {

    /** More than a store takes at once, and no round number. */
    protected static final int LARGE = (9 << 20) + 4711;

    protected final SecureRandom random = new SecureRandom();

    protected abstract Archives archives();

    /** What really lies there, finished or not, each by whatever it is called. */
    protected abstract List<String> lying() throws Exception;

    /** Leaves behind what an instance leaves that is killed while it stores. */
    protected abstract void leaveUnfinished(ArchiveName name) throws Exception;

    /** Puts something there that is not from here; returns what it is called. */
    protected abstract String putForeign() throws Exception;

    protected final ArchiveName name() {
        return ArchiveName.random(random);
    }

    protected static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    protected final byte[] read(ArchiveName name, ByteRange range) throws IOException {
        try (InputStream in = archives().open(name, range)) {
            return in.readAllBytes();
        }
    }

    protected final ArchiveName stored(byte[] content) {
        ArchiveName name = name();
        assertThat(archives().put(name, out -> out.write(content))).isEqualTo(content.length);
        return name;
    }

    protected final ArchiveFailureReason whyOf(ThrowingCallable call) {
        ArchiveException failure = catchThrowableOfType(ArchiveException.class, call);
        assertThat(failure).as("what should have failed").isNotNull();
        return failure.why();
    }

    @Test
    void isFitForUseAndLeavesNothingOfTheTrial() throws Exception {
        assertThat(archives().check()).isEmpty();
        assertThat(lying()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 70_000, (8 << 20) - 1, 8 << 20, (8 << 20) + 1, (16 << 20) + 5})
    void givesBackWhatWasStored(int size) throws Exception {
        byte[] content = bytes(size);
        ArchiveName name = stored(content);
        assertThat(read(name, ByteRange.whole(size))).isEqualTo(content);
        assertThat(lying()).hasSize(1);
    }

    @Test
    void takesItInPiecesOfAnySize() throws Exception {
        byte[] content = bytes(100_000);
        ArchiveName name = name();
        long size = archives().put(name, out -> {
            OutputStream buffered = new BufferedOutputStream(out, 997);
            for (byte b : content) {
                buffered.write(b);
            }
            buffered.flush();
            out.write(new byte[0]);
            out.write(7);
        });
        assertThat(size).isEqualTo(100_001);
        byte[] read = read(name, ByteRange.whole(size));
        assertThat(Arrays.copyOf(read, 100_000)).isEqualTo(content);
        assertThat(read[100_000]).isEqualTo((byte) 7);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0, 100", "500, 500", "999, 1", "700, 300", "998, 2", "10, 691", "0, 1000"})
    void givesTheBytesThatAreAskedFor(int first, int length) throws Exception {
        byte[] content = bytes(1000);
        ArchiveName name = stored(content);
        assertThat(read(name, new ByteRange(first, length, 1000, true)))
                .isEqualTo(Arrays.copyOfRange(content, first, first + length));
    }

    @Test
    void skippingAndReadingSingleBytesStaysInsideTheRange() throws Exception {
        byte[] content = bytes(1000);
        ArchiveName name = stored(content);
        try (InputStream in = archives().open(name, new ByteRange(100, 10, 1000, true))) {
            in.skipNBytes(4);
            assertThat(in.skip(-3)).isZero();
            assertThat(in.read()).isEqualTo(content[104] & 0xff);
            assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 105, 110));
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void aReaderMayLeaveEarly() throws Exception {
        byte[] content = bytes(LARGE);
        ArchiveName name = stored(content);
        for (int n = 0; n < 20; n++) {
            try (InputStream in = archives().open(name, ByteRange.whole(LARGE))) {
                assertThat(in.readNBytes(10)).isEqualTo(Arrays.copyOf(content, 10));
            }
        }
        assertThat(read(name, ByteRange.whole(LARGE))).isEqualTo(content);
    }

    @Test
    void anInterruptEndsReadingAndIsNotForgotten() throws Exception {
        ArchiveName name = stored(bytes(LARGE));
        try (InputStream in = archives().open(name, ByteRange.whole(LARGE))) {
            assertThat(in.readNBytes(10)).hasSize(10);
            Thread.currentThread().interrupt();
            assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void nothingCanBeOpenedBeforeItIsWhole() {
        ArchiveName name = name();
        archives().put(name, out -> {
            out.write(bytes(LARGE));
            assertThat(whyOf(() -> archives().open(name, ByteRange.whole(LARGE))))
                    .isEqualTo(ArchiveFailureReason.ABSENT);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, LARGE})
    void contentThatFailsLeavesNothing(int written) throws Exception {
        assertThatThrownBy(() -> archives().put(name(), out -> {
                    out.write(bytes(written));
                    throw new IllegalStateException("of its own");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("of its own");
        assertThat(lying()).isEmpty();
        assertThatThrownBy(() -> archives().put(name(), out -> {
                    out.write(bytes(written));
                    throw new IOException("anna@example.org");
                }))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("could not be made")
                .hasMessageNotContaining("anna")
                .hasNoCause();
        assertThat(lying()).isEmpty();
        assertThatThrownBy(() -> archives().put(name(), out -> {
                    out.write(bytes(written));
                    throw new AssertionError("even this");
                }))
                .isInstanceOf(AssertionError.class);
        assertThat(lying()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, LARGE})
    void anInterruptLeavesNothingAndIsNotForgotten(int written) throws Exception {
        ArchiveFailureReason why = whyOf(() -> archives().put(name(), out -> {
            out.write(bytes(written));
            Thread.currentThread().interrupt();
            out.write(1);
        }));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(why).isEqualTo(ArchiveFailureReason.INTERRUPTED);
        assertThat(lying()).isEmpty();
    }

    @Test
    void anInterruptAfterTheLastByteLeavesNothingEither() throws Exception {
        ArchiveFailureReason why = whyOf(() -> archives().put(name(), out -> {
            out.write(bytes(LARGE));
            Thread.currentThread().interrupt();
        }));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(why).isEqualTo(ArchiveFailureReason.INTERRUPTED);
        assertThat(lying()).isEmpty();
    }

    @Test
    void contentMayCloseTheStreamButNotUseItAfterwards() throws Exception {
        OutputStream[] kept = new OutputStream[1];
        ArchiveName name = name();
        archives().put(name, out -> {
            kept[0] = out;
            out.write(5);
            out.close();
        });
        assertThatThrownBy(() -> kept[0].write(6)).isInstanceOf(IOException.class);
        assertThat(read(name, ByteRange.whole(1))).containsExactly(5);
    }

    @Test
    void aNameIsUsedOnce() throws Exception {
        ArchiveName name = stored(bytes(10));
        assertThat(whyOf(() -> archives().put(name, out -> out.write(bytes(20)))))
                .isEqualTo(ArchiveFailureReason.TAKEN);
        assertThat(read(name, ByteRange.whole(10))).isEqualTo(bytes(10));
        assertThat(lying()).hasSize(1);
    }

    @Test
    void whatIsNotThereIsAbsent() {
        assertThat(whyOf(() -> archives().open(name(), ByteRange.whole(10)))).isEqualTo(ArchiveFailureReason.ABSENT);
    }

    @Test
    void whatHasAnotherSizeIsNotHandedOver() {
        ArchiveName name = stored(bytes(10));
        assertThat(whyOf(() -> archives().open(name, ByteRange.whole(9)))).isEqualTo(ArchiveFailureReason.DAMAGED);
        assertThat(whyOf(() -> archives().open(name, ByteRange.whole(11)))).isEqualTo(ArchiveFailureReason.DAMAGED);
        for (ByteRange part :
                List.of(new ByteRange(10, 1, 11, true), new ByteRange(0, 4, 11, true), new ByteRange(0, 4, 9, true))) {
            assertThat(whyOf(() -> archives().open(name, part))).isEqualTo(ArchiveFailureReason.DAMAGED);
        }
    }

    @Test
    void deletingRemovesItAndDoesNotMindIfThereIsNothing() throws Exception {
        ArchiveName name = stored(bytes(10));
        ArchiveName other = stored(bytes(11));
        archives().delete(name);
        archives().delete(name);
        archives().delete(name());
        assertThat(whyOf(() -> archives().open(name, ByteRange.whole(10)))).isEqualTo(ArchiveFailureReason.ABSENT);
        assertThat(read(other, ByteRange.whole(11))).isEqualTo(bytes(11));
    }

    @Test
    void whatAnInstanceLeftThatWasKilledCannotBeOpenedAndCanBeDeleted() throws Exception {
        ArchiveName name = name();
        leaveUnfinished(name);
        assertThat(lying()).hasSize(1);
        assertThat(whyOf(() -> archives().open(name, ByteRange.whole(LARGE)))).isEqualTo(ArchiveFailureReason.ABSENT);
        archives().delete(name);
        assertThat(lying()).isEmpty();
    }

    @Test
    void whoTakesTheWorkOverStopsWhoHadIt() throws Exception {
        ArchiveName name = name();
        ArchiveFailureReason why = whyOf(() -> archives().put(name, out -> {
            out.write(bytes(LARGE));
            archives().delete(name);
            out.write(bytes(LARGE));
        }));
        assertThat(why).isEqualTo(ArchiveFailureReason.LOST);
        assertThat(lying()).isEmpty();
    }

    @Test
    void aSweepRemovesWhatNobodyKnowsAndNothingElse() throws Exception {
        ArchiveName mine = stored(bytes(10));
        ArchiveName beingWritten = name();
        leaveUnfinished(beingWritten);
        stored(bytes(11));
        leaveUnfinished(name());
        String foreign = putForeign();
        Set<ArchiveName> known = Set.of(mine, beingWritten);
        Instant later = Instant.now().plus(Duration.ofHours(1));

        assertThat(archives().sweep(later.minus(Duration.ofHours(2)), names -> known))
                .as("nothing is old enough")
                .isEqualTo(new Archives.SweepResult(0, 0));
        assertThat(archives().sweep(later, names -> known)).isEqualTo(new Archives.SweepResult(1, 1));
        assertThat(lying()).hasSize(3).contains(foreign);
        assertThat(read(mine, ByteRange.whole(10))).isEqualTo(bytes(10));
        assertThat(archives().sweep(later, names -> Set.of())).isEqualTo(new Archives.SweepResult(1, 1));
        assertThat(lying()).containsExactly(foreign);
    }

    @Test
    void aSweepThatCannotAskRemovesNothing() throws Exception {
        ArchiveName name = stored(bytes(10));
        Instant later = Instant.now().plus(Duration.ofHours(1));
        assertThatThrownBy(() -> archives().sweep(later, names -> {
                    throw new IllegalStateException("database down");
                }))
                .hasMessage("database down");
        assertThat(read(name, ByteRange.whole(10))).isEqualTo(bytes(10));
    }

    @Test
    void manyAtOnceDoNotDisturbEachOther() throws Exception {
        Set<ArchiveName> kept = Collections.synchronizedSet(new HashSet<>());
        List<Callable<Void>> work = IntStream.range(0, 40)
                .<Callable<Void>>mapToObj(n -> () -> storeReadAndPerhapsDelete(n, kept))
                .toList();
        ExecutorService workers = Executors.newFixedThreadPool(8);
        try {
            for (Future<Void> done : workers.invokeAll(work)) {
                done.get();
            }
        } finally {
            workers.shutdownNow();
        }
        assertThat(lying()).hasSize(20);
        archives().sweep(Instant.now().plus(Duration.ofHours(1)), names -> {
            assertThat(names).isEqualTo(kept);
            return names;
        });
    }

    private Void storeReadAndPerhapsDelete(int n, Set<ArchiveName> kept) throws IOException {
        byte[] content = bytes(n % 8 == 0 ? LARGE + n : 5000 + n);
        ArchiveName name = stored(content);
        assertThat(read(name, ByteRange.whole(content.length))).isEqualTo(content);
        archives().sweep(Instant.now().minus(Duration.ofDays(1)), names -> Set.of());
        if (n % 2 == 0) {
            archives().delete(name);
        } else {
            kept.add(name);
        }
        return null;
    }
}
