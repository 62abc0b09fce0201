package dev.exeunt;

/**
 * Receives the progress of long work: what is being done, steps done, and steps in all. Names tables and counts, never
 * values. Implementations must be quick.
 *
 * <pre>{@code
 * Exeunt exeunt = Exeunt.builder(database)
 *         .progress((what, done, of) -> System.out.println(what + " (" + done + " of " + of + ")"))
 *         .build();
 * }</pre>
 */
@FunctionalInterface
public interface ProgressListener {

    /** Ignores all progress. */
    ProgressListener NONE = (what, done, of) -> {};

    /**
     * @param what e.g. {@code deleting comments}
     * @param done steps done
     * @param of steps in all
     */
    void at(String what, int done, int of);
}
