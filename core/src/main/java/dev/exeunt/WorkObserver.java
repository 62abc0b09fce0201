package dev.exeunt;

import java.time.Duration;

/**
 * Receives durations and counts of background exports and erasures, for metrics. Must be quick.
 *
 * <pre>{@code
 * WorkObserver observer = new WorkObserver() {
 *     @Override
 *     public void reaped(Duration took, int erased, int blocked, int failed) {
 *         System.out.println(erased + " erased in " + took.toMillis() + " ms, " + failed + " failed");
 *     }
 * };
 * Exeunt exeunt = Exeunt.builder(database).observer(observer).build();
 * }</pre>
 */
public interface WorkObserver {

    /** Keeps none. */
    WorkObserver NONE = new WorkObserver() {};

    /**
     * An export is made and can be fetched.
     *
     * @param took the attempt that made it
     * @param bytes of its archive
     */
    default void exported(Duration took, long rows, long bytes) {}

    /**
     * An attempt at an export has failed.
     *
     * @param last whether it is given up
     */
    default void exportFailed(Duration took, boolean last) {}

    /** A reaper has come to an end; each number is one of people. */
    default void reaped(Duration took, int erased, int blocked, int failed) {}

    /** So many erasures went on although a system had not taken {@code user.erasure_starting} in time. */
    default void erasuresNotAwaited(int requests) {}

    /**
     * A store has failed to delete files of erased people. They wait, and are tried again.
     *
     * @param store as the map names it
     * @param reason the kind of the last failure, such as {@code AccessDeniedException}; its message may name a file, and is left out
     */
    default void filesNotDeleted(String store, int files, String reason) {}

    /**
     * The ledger could not be compared with its copy outside the database, or not be copied. It is tried again.
     *
     * @param reason a sentence with the place of the copy, and without a value of a person
     */
    default void ledgerNotCopied(String reason) {}

    /**
     * A sweep has come to an end.
     *
     * @param rows that were deleted since the period was over for which an erasure kept them
     * @param failures reasons for which rows of some erasures could not be deleted
     */
    default void swept(Duration took, long rows, int failures) {}

    /** A person was erased together with their request, since the flow has no grace period. */
    default void erasedAtOnce() {}
}
