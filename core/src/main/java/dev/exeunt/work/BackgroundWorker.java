package dev.exeunt.work;

import dev.exeunt.database.Database;
import dev.exeunt.export.ExportJobs;
import dev.exeunt.request.AccountRequests;
import java.time.Clock;

/**
 * Makes exports, erases due people and cleans up in the background until it is closed. What there is to do, and who is
 * at it, stands in the database: any number of workers share it, and what one had that died is taken over by the next.
 *
 * <p>Exports are made side by side. Two workers erase at the same time; more would only wait for each other's disk.
 */
public interface BackgroundWorker extends AutoCloseable {

    void start();

    /** Lets what was begun come to its end, as long as patience lasts; the rest is handed back. */
    @Override
    void close();

    /** Holds what a worker works on, and by which clock. */
    record WorkerDuties(Database database, Clock clock, AccountRequests requests, ExportJobs exports) {}
}
