package dev.exeunt.examples.jdbc;

import dev.exeunt.Exeunt;
import dev.exeunt.HashKey;
import dev.exeunt.archive.Archives;
import dev.exeunt.archive.Archives.ByteRange;
import dev.exeunt.database.Database;
import dev.exeunt.export.ExportJob;
import dev.exeunt.export.ExportJobs;
import dev.exeunt.export.ExportJobs.DownloadGrant;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.Actor;
import dev.exeunt.work.BackgroundWorker;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;

/** Accepts the customers' requests for their data, and hands the archives over once a worker has made them. */
public final class BookshopExports {

    private final ExportJobs exports;

    public BookshopExports(ExportJobs exports) {
        this.exports = exports;
    }

    // tag::export-jobs[]
    /** Returns the export jobs of the map. Their archives lie in the store that you pass. */
    public static ExportJobs exportJobs(Exeunt exeunt, DataMap map, Archives archives, HashKey key) {
        return exeunt.exports(
                map, archives, new ExportJobs.ExportTerms(map.export(), key, ExportJobs.ExportTerms.REMEMBER));
    }
    // end::export-jobs[]

    // tag::request-export[]
    /** Requests the customer's data as the map's format. A second request returns the job that is still to be made. */
    public ExportJob request(String customer) {
        return exports.submit(customer, null, Actor.SELF, null);
    }
    // end::request-export[]

    // tag::download[]
    /** Writes a finished archive to the customer. */
    public void download(String customer, UUID export, OutputStream out) throws IOException {
        DownloadGrant grant = exports.grantDownload(customer, export);
        String token = Objects.requireNonNull(grant.token()); // null where the store has an address of its own
        ExportJobs.Download archive = exports.download(token);
        try (InputStream in = archive.open(ByteRange.whole(archive.bytes()))) {
            in.transferTo(out);
        }
    }
    // end::download[]

    // tag::worker[]
    /** Starts the worker that makes exports, erases due customers and removes expired archives until it is closed. */
    public static BackgroundWorker startWorker(Database database, AccountRequests requests, ExportJobs exports) {
        var duties = new BackgroundWorker.Duties(database, Clock.systemUTC(), requests, exports);
        BackgroundWorker worker = Exeunt.worker("bookshop-1", duties, BackgroundWorker.Settings.USUAL);
        worker.start();
        return worker;
    }
    // end::worker[]
}
