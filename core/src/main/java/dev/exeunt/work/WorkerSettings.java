package dev.exeunt.work;

import java.time.Duration;

/**
 * Sets the threads and intervals of a background worker.
 *
 * @param threads how many things it does at the same time
 * @param poll how often it looks for work
 * @param reap how often it erases what is due
 * @param clean how often it removes archives whose time is over
 * @param heartbeat how often it says that it lives; after four that are missed others take its work over
 * @param patience how long begun work may continue after a stop; then the work is handed back
 */
public record WorkerSettings(
        int threads, Duration poll, Duration reap, Duration clean, Duration heartbeat, Duration patience) {

    /** For a server on an ordinary machine. */
    public static final WorkerSettings USUAL = new WorkerSettings(
            4,
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofSeconds(15),
            Duration.ofSeconds(20));

    public WorkerSettings {
        if (threads < 1) {
            throw new IllegalArgumentException("a worker needs a thread: " + threads);
        }
        for (Duration each : new Duration[] {poll, reap, clean, heartbeat}) {
            if (each.isNegative() || each.isZero()) {
                throw new IllegalArgumentException("a time between two doings is positive: " + each);
            }
        }
    }
}
