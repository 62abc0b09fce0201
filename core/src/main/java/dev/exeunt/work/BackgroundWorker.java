package dev.exeunt.work;

import dev.exeunt.database.Database;
import dev.exeunt.export.ExportJobs;
import dev.exeunt.request.AccountRequests;
import java.time.Clock;
import java.time.Duration;

/**
 * Makes exports, erases due people and cleans up in the background until it is closed. The database records the work and which
 * worker has it. Any number of workers share it; when one dies, another takes its work over.
 *
 * <pre>{@code
 * var duties = new BackgroundWorker.Duties(database, Clock.systemUTC(), requests, exports);
 * BackgroundWorker worker = Exeunt.worker("shop-1", duties, BackgroundWorker.Settings.USUAL);
 * worker.start();
 * Runtime.getRuntime().addShutdownHook(new Thread(worker::close));
 * }</pre>
 *
 * <p>Exports are made side by side. Two workers erase at the same time; more would only wait for each other's disk.
 */
public interface BackgroundWorker extends AutoCloseable {

    /** Starts the worker's threads and returns. */
    void start();

    /** Waits for work that has begun, at most for {@link Settings#patience()}; hands the rest back for other workers. */
    @Override
    void close();

    /** Holds what a worker works on, and by which clock. */
    record Duties(Database database, Clock clock, AccountRequests requests, ExportJobs exports) {}

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
    record Settings(int threads, Duration poll, Duration reap, Duration clean, Duration heartbeat, Duration patience) {

        /** For a server on an ordinary machine. */
        public static final Settings USUAL = new Settings(
                4,
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                Duration.ofSeconds(15),
                Duration.ofSeconds(20));

        public Settings {
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
}
