package dev.exeunt.internal.export.block;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Works on blocks on several threads, and hands the results on in the order in which the blocks were submitted. One thread calls it, which
 * also receives the results; it waits where all blocks are in use, so that memory is bounded. Closing it ends all threads.
 */
public final class BlockPipeline implements AutoCloseable {

    /** Bytes of a block, unless a single row is larger. */
    public static final int USUAL = 1 << 19;

    /** What is smaller is worked on at once: a thread would take longer to start. */
    private static final int SMALL = 1 << 15;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final PipelineSize size;
    private final Deque<CompressionBlock> free = new ArrayDeque<>();
    private final Deque<Pending<?>> pending = new ArrayDeque<>();
    private final Queue<BlockCompressor> compressors = new ConcurrentLinkedQueue<>();
    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    private int made;
    private @Nullable ExecutorService workers;

    public BlockPipeline(PipelineSize size) {
        this.size = size;
    }

    /** Works on a block, on any thread. */
    public interface BlockWork<T> {
        T run(BlockCompressor compressor, CompressionBlock block);
    }

    /** Receives a block and the result for it, on the caller's thread. The block is used again afterwards. */
    public interface BlockTarget<T> {
        void accept(CompressionBlock block, T result) throws IOException;
    }

    /** A block that a thread works on, or has worked on. */
    private record Pending<T>(CompressionBlock block, Future<T> result, BlockTarget<T> target) {}

    /**
     * Returns an empty block, to be filled and submitted. Waits for one, and hands results on meanwhile.
     *
     * @throws InterruptedIOException where the thread was interrupted while it waited
     */
    public CompressionBlock next() throws IOException {
        Pending<?> first = pending.peekFirst();
        while (first != null && (first.result().isDone() || free.isEmpty() && made == size.blocks())) {
            handOn(pending.removeFirst());
            first = pending.peekFirst();
        }
        CompressionBlock block = free.pollFirst();
        if (block == null) {
            made++;
            block = new CompressionBlock();
        }
        return block;
    }

    /** Has a block worked on. The caller does not touch it any more. */
    public <T> void submit(CompressionBlock block, BlockWork<T> work, BlockTarget<T> target) throws IOException {
        if (block.length() < SMALL && pending.isEmpty()) {
            target.accept(block, run(block, work));
            release(block);
        } else {
            pending.addLast(new Pending<>(block, workers().submit(() -> run(block, work)), target));
        }
    }

    /** Hands on the results of all blocks that were submitted. */
    public void drain() throws IOException {
        for (Pending<?> first = pending.pollFirst(); first != null; first = pending.pollFirst()) {
            handOn(first);
        }
    }

    private <T> T run(CompressionBlock block, BlockWork<T> work) {
        BlockCompressor free = compressors.poll();
        BlockCompressor compressor = free == null ? new BlockCompressor() : free;
        try {
            return work.run(compressor, block);
        } finally {
            compressors.add(compressor);
        }
    }

    private <T> void handOn(Pending<T> next) throws IOException {
        next.target().accept(next.block(), await(next.result()));
        release(next.block());
    }

    private void release(CompressionBlock block) {
        block.clear();
        free.addFirst(block);
    }

    private static <T> T await(Future<T> result) throws IOException {
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("compressing failed", e.getCause());
        }
    }

    private ExecutorService workers() {
        if (workers == null) {
            workers = Executors.newFixedThreadPool(size.workers(), work -> {
                Thread thread = new Thread(work, "exeunt-export-" + NUMBER.incrementAndGet());
                thread.setDaemon(true);
                threads.add(thread);
                return thread;
            });
        }
        return workers;
    }

    /** Ends the threads. Blocks that were not handed on are lost. Returns once each thread has ended, within the time for a block. */
    @Override
    public void close() {
        if (workers != null) {
            workers.shutdownNow();
            boolean interrupted = false;
            for (Thread thread : threads) {
                interrupted |= joinInterrupted(thread);
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        for (BlockCompressor each = compressors.poll(); each != null; each = compressors.poll()) {
            each.close();
        }
    }

    /** Waits until a thread has ended, also where this thread is interrupted meanwhile; returns whether it was. */
    private static boolean joinInterrupted(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return interrupted;
    }
}
