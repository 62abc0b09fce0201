package dev.exeunt.examples.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.HashKey;
import dev.exeunt.export.ExportJob;
import dev.exeunt.export.ExportJobs;
import dev.exeunt.work.BackgroundWorker;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BookshopExportsTest {

    private final BookshopDatabase shop = new BookshopDatabase();
    private final ExportJobs jobs = BookshopExports.exportJobs(
            shop.exeunt, shop.map, new MemoryArchives(shop.clock), HashKey.ofHex(BookshopDatabase.KEY));
    private final BookshopExports exports = new BookshopExports(jobs);

    @AfterEach
    void close() {
        shop.close();
    }

    // tag::export-test[]
    @Test
    void aCustomerFetchesTheArchive() throws Exception {
        ExportJob job = exports.request("1");
        jobs.runJob(job.id(), "test"); // what a worker does in the background

        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        exports.download("1", job.id(), archive);
        assertThat(archive.toByteArray()).startsWith('P', 'K'); // a ZIP
    }
    // end::export-test[]

    @Test
    void aWorkerMakesTheExport() throws Exception {
        ExportJob job = exports.request("1");
        try (BackgroundWorker worker =
                BookshopExports.startWorker(shop.database, shop.exeunt.requests(shop.map), jobs)) {
            assertThat(worker).isNotNull();
            Instant end = Instant.now().plus(Duration.ofSeconds(30));
            while (jobs.job("1", job.id()).state() != ExportJob.State.READY
                    && Instant.now().isBefore(end)) {
                Thread.onSpinWait();
            }
        }
        assertThat(jobs.job("1", job.id()).state()).isEqualTo(ExportJob.State.READY);
    }
}
