package dev.exeunt.server;

import dev.exeunt.WorkObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this instance has done since it started: how long exports and reapers took, rows and bytes, and what failed. */
final class WorkMetrics implements WorkObserver {

    private static final Logger LOG = LoggerFactory.getLogger(WorkMetrics.class);

    private final Timer ready;
    private final Timer retried;
    private final Timer givenUp;
    private final Counter rows;
    private final Counter bytes;
    private final Timer reaps;
    private final Counter erased;
    private final Counter blocked;
    private final Counter failed;
    private final Counter notAwaited;
    private final Counter filesNotDeleted;
    private final Counter ledgerNotCopied;
    private final Timer sweeps;
    private final Counter swept;
    private final Counter sweepFailures;

    WorkMetrics(MeterRegistry registry) {
        this.ready = export(registry, "ready");
        this.retried = export(registry, "put-off");
        this.givenUp = export(registry, "failed");
        this.rows = Counter.builder("exeunt.export.rows")
                .description("Rows in exports that were made")
                .register(registry);
        this.bytes = Counter.builder("exeunt.export.bytes")
                .description("Bytes of archives that were made")
                .register(registry);
        this.reaps = Timer.builder("exeunt.reaps")
                .description("How long reapers took")
                .register(registry);
        this.erased = erasures(registry, "erased");
        this.blocked = erasures(registry, "blocked");
        this.failed = erasures(registry, "failed");
        this.notAwaited = Counter.builder("exeunt.erasures.not.awaited")
                .description("Erasures that went on although a system had not taken the event before them in time")
                .register(registry);
        this.filesNotDeleted = Counter.builder("exeunt.files.not.deleted")
                .description("Failed tries to delete files of erased people; each is tried again")
                .register(registry);
        this.ledgerNotCopied = Counter.builder("exeunt.ledger.not.copied")
                .description("Failed tries to copy the ledger out of the database; each is tried again")
                .register(registry);
        this.sweeps = Timer.builder("exeunt.sweeps")
                .description("How long sweeps of kept rows took")
                .register(registry);
        this.swept = Counter.builder("exeunt.sweep.rows")
                .description("Kept rows that were deleted since their period was over")
                .register(registry);
        this.sweepFailures = Counter.builder("exeunt.sweep.failures")
                .description("Reasons for which kept rows could not be deleted")
                .register(registry);
    }

    private static Timer export(MeterRegistry registry, String outcome) {
        return Timer.builder("exeunt.exports")
                .tag("outcome", outcome)
                .description("How long attempts at exports took")
                .register(registry);
    }

    private static Counter erasures(MeterRegistry registry, String outcome) {
        return Counter.builder("exeunt.erasures")
                .tag("outcome", outcome)
                .description("People whose erasure was tried")
                .register(registry);
    }

    @Override
    public void exported(Duration took, long written, long size) {
        ready.record(took);
        rows.increment(written);
        bytes.increment(size);
    }

    @Override
    public void exportFailed(Duration took, boolean last) {
        (last ? givenUp : retried).record(took);
    }

    @Override
    public void reaped(Duration took, int gone, int held, int not) {
        reaps.record(took);
        erased.increment(gone);
        blocked.increment(held);
        failed.increment(not);
    }

    @Override
    public void erasuresNotAwaited(int requests) {
        notAwaited.increment(requests);
        LOG.warn("{} erasures went on although a system had not taken user.erasure_starting in time.", requests);
    }

    @Override
    public void filesNotDeleted(String store, int files, String reason) {
        filesNotDeleted.increment(files);
        LOG.warn(
                "The store {} did not delete {} files of erased people ({}). They are tried again.",
                store,
                files,
                reason);
    }

    @Override
    public void ledgerNotCopied(String reason) {
        ledgerNotCopied.increment();
        LOG.warn("The ledger was not copied. {}", reason);
    }

    @Override
    public void swept(Duration took, long deleted, int failures) {
        sweeps.record(took);
        swept.increment(deleted);
        sweepFailures.increment(failures);
    }

    @Override
    public void erasedAtOnce() {
        erased.increment();
    }
}
