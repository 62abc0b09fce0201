package dev.exeunt.internal.export.block;

/**
 * Holds how much is compressed at the same time. No byte of a bundle depends on it.
 *
 * @param workers threads
 * @param blocks that are filled, compressed or handed on
 */
public record PipelineSize(int workers, int blocks) {

    /** A worker's buffers, a block and what became of it. */
    private static final long BYTES_FOR_WORKER = 4L << 20;

    /** A quarter of the heap: a row of the database needs most of the rest where it is large. */
    private static final int SHARE = 4;

    /** So that a worker that ends finds the next block, while one is filled and one is handed on. */
    private static final int AHEAD = 2;

    public PipelineSize {
        if (workers < 1 || blocks < 2) {
            throw new IllegalArgumentException("at least one worker and two blocks, not " + workers + " and " + blocks);
        }
    }

    /** As many threads as this machine has processors, bounded by the memory of this program. */
    public static PipelineSize ofThisMachine() {
        Runtime machine = Runtime.getRuntime();
        return of(machine.availableProcessors(), machine.maxMemory());
    }

    static PipelineSize of(int processors, long memory) {
        int workers = (int) Math.max(1, Math.min(processors, memory / SHARE / BYTES_FOR_WORKER));
        return new PipelineSize(workers, workers + AHEAD);
    }
}
