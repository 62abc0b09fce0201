package dev.exeunt;

import java.time.Duration;

/** Told what has been done in the background, for whoever keeps figures: numbers, and nothing of anybody. Must be quick. */
public interface Observer {

    /** Keeps none. */
    Observer NONE = new Observer() {};

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
}
