package dev.exeunt.work;

import dev.exeunt.database.Database;
import dev.exeunt.export.ExportJobs;
import dev.exeunt.request.AccountRequests;
import java.time.Clock;

/**
 * Makes exports, erases due people and cleans up in the background until it is closed. The database records the work and which
 * worker has it. Any number of workers share it; when one dies, another takes its work over.
 *
 * <pre>{@code
 * var duties = new BackgroundWorker.WorkerDuties(database, Clock.systemUTC(), requests, exports);
 * BackgroundWorker worker = Exeunt.worker("shop-1", duties, WorkerSettings.USUAL);
 * worker.start();
 * Runtime.getRuntime().addShutdownHook(new Thread(worker::close));
 * }</pre>
 *
 * <p>Exports are made side by side. Two workers erase at the same time; more would only wait for each other's disk.
 */
public interface BackgroundWorker extends AutoCloseable {

    /** Starts the worker's threads and returns. */
    void start();

    /** Waits for work that has begun, at most for {@link WorkerSettings#patience()}; hands the rest back for other workers. */
    @Override
    void close();

    /** Holds what a worker works on, and by which clock. */
    record WorkerDuties(Database database, Clock clock, AccountRequests requests, ExportJobs exports) {}
}
