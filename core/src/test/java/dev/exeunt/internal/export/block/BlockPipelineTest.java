package dev.exeunt.internal.export.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.testkit.SeededRandom;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BlockPipelineTest {

    private static final int LARGE = 100_000;

    /** No thread of ours stays, whatever happened. */
    @AfterEach
    void noThreadStays() throws InterruptedException {
        ExportThreads.assertEnded();
    }

    private static CompressionBlock filled(BlockPipeline pipeline, int length, int with) throws IOException {
        CompressionBlock block = pipeline.next();
        byte[] bytes = new byte[length];
        java.util.Arrays.fill(bytes, (byte) with);
        block.append(bytes, 0, length);
        return block;
    }

    private static byte[] compressed(PipelineSize size) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SeededRandom dice = new SeededRandom(7);
        try (BlockPipeline pipeline = new BlockPipeline(size)) {
            for (int i = 0; i < 200; i++) {
                CompressionBlock block = pipeline.next();
                byte[] bytes = new byte[dice.below(LARGE)];
                for (int k = 0; k < bytes.length; k++) {
                    bytes[k] = (byte) dice.below(20);
                }
                block.append(bytes, 0, bytes.length);
                pipeline.submit(
                        block,
                        (compressor, full) -> {
                            full.compress(compressor);
                            return full.deflated();
                        },
                        (full, deflated) -> out.write(deflated.array(), 0, deflated.remaining()));
            }
            pipeline.drain();
        }
        return out.toByteArray();
    }

    @Test
    void theBytesAreTheSameForAnyNumberOfThreads() throws IOException {
        byte[] one = compressed(new PipelineSize(1, 2));
        assertThat(compressed(new PipelineSize(7, 20))).isEqualTo(one);
        assertThat(compressed(new PipelineSize(2, 4))).isEqualTo(one);
    }

    @Test
    void resultsComeInOrderAndNoMoreBlocksAreInUseThanAllowed() throws IOException {
        List<Integer> seen = new ArrayList<>();
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (BlockPipeline pipeline = new BlockPipeline(new PipelineSize(3, 4))) {
            for (int i = 0; i < 100; i++) {
                CompressionBlock block = filled(pipeline, i % 3 == 0 ? 10 : LARGE, i);
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                pipeline.submit(block, (compressor, full) -> (int) full.bytes()[0], (full, number) -> {
                    running.decrementAndGet();
                    seen.add(number);
                });
            }
            pipeline.drain();
        }
        assertThat(seen).hasSize(100).isSorted();
        assertThat(most.get()).isLessThanOrEqualTo(4);
    }

    @Test
    void aFailureOfAWorkerReachesTheCaller() throws IOException {
        try (BlockPipeline pipeline = new BlockPipeline(new PipelineSize(2, 3))) {
            pipeline.submit(
                    filled(pipeline, LARGE, 1),
                    (compressor, full) -> {
                        throw new OutOfMemoryError("Java heap space");
                    },
                    (full, result) -> {});
            assertThatThrownBy(pipeline::drain).isInstanceOf(OutOfMemoryError.class);
            pipeline.submit(
                    filled(pipeline, LARGE, 1),
                    (compressor, full) -> {
                        throw new IllegalArgumentException("boom");
                    },
                    (full, result) -> {});
            assertThatThrownBy(pipeline::drain).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void anInterruptEndsTheWaitAndStaysVisible() throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        try (BlockPipeline pipeline = new BlockPipeline(new PipelineSize(1, 2))) {
            pipeline.submit(
                    filled(pipeline, LARGE, 1),
                    (compressor, full) -> {
                        try {
                            never.await();
                            return 1;
                        } catch (InterruptedException e) {
                            return 0; // the end of the pipeline
                        }
                    },
                    (full, result) -> {});
            Thread.currentThread().interrupt();
            assertThatThrownBy(pipeline::drain).isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void memoryBoundsTheThreadsNotOnlyTheProcessors() {
        assertThat(PipelineSize.of(64, 64L << 20).workers()).isEqualTo(4);
        assertThat(PipelineSize.of(2, 64L << 20)).isEqualTo(new PipelineSize(2, 4));
        assertThat(PipelineSize.of(8, 8L << 20)).isEqualTo(new PipelineSize(1, 3));
        assertThat(PipelineSize.of(8, Long.MAX_VALUE)).isEqualTo(new PipelineSize(8, 10));
    }
}
