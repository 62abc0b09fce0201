package dev.exeunt;

/** Told of long work as it goes on. Names tables and counts, never values. Implementations must be quick. */
@FunctionalInterface
public interface Progress {

    /** Tells nobody. */
    Progress NONE = (what, done, of) -> {};

    /**
     * @param what e.g. {@code deleting comments}
     * @param done steps done
     * @param of steps in all
     */
    void at(String what, int done, int of);
}
