package dev.exeunt.internal.delivery;

import dev.exeunt.ProgressListener;
import dev.exeunt.archive.ArchiveException;
import dev.exeunt.archive.ArchiveName;
import dev.exeunt.archive.Archives;
import dev.exeunt.database.DatabaseException;
import dev.exeunt.export.ExportJob;
import dev.exeunt.export.ExportJobs.ExportTerms;
import dev.exeunt.export.ExportSummary;
import dev.exeunt.internal.delivery.ExportJobTable.ExportJobRow;
import dev.exeunt.internal.export.Exporter;
import dev.exeunt.internal.ledger.AuditEventType;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.FailureText;
import dev.exeunt.internal.request.HiddenDataExport;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.request.Actor;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Runs one attempt of an export job: claims it, writes the archive and records the result. */
final class ExportJobRunner {

    /** What passes by itself is waited for, some eight hours in all; what does not is tried thrice. */
    private static final int PATIENT = 12;

    private static final int IMPATIENT = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final LifecycleContext context;
    private final Archives archives;
    private final ExportTerms terms;
    private final String worker;

    ExportJobRunner(LifecycleContext context, Archives archives, ExportTerms terms, String worker) {
        this.context = context;
        this.archives = archives;
        this.terms = terms;
        this.worker = worker;
    }

    /** Identifies an export job that this worker has claimed, with its fence and archive name. */
    private record ClaimedExport(
            UUID id, SubjectKey subject, ExportContent content, long fence, ArchiveName object, Instant now) {

        @Override
        public String toString() {
            return "ClaimedExport[" + id + "]";
        }
    }

    Optional<Instant> make(UUID id) {
        Optional<ExportJobRow> found = RequestTransaction.runReadOnly(
                context, "looking for an export to make", transaction -> new ExportJobTable(transaction).find(id));
        if (found.isEmpty() || !found.get().job().state().isOpen()) {
            return Optional.empty();
        }
        ExportJobRow row = found.get();
        ArchiveName left = row.object();
        try {
            Optional<ClaimedExport> begun = RequestTransaction.runAndCommit(
                    context, "beginning an export", transaction -> begin(transaction, row));
            if (begun.isEmpty()) {
                return Optional.ofNullable(row.notBefore());
            }
            return attempt(begun.get(), left);
        } catch (ExportJobLostException e) {
            return Optional.empty(); // cancelled, or claimed by another worker
        }
    }

    /** Empty where it is not time yet. */
    private Optional<ClaimedExport> begin(RequestTransaction transaction, ExportJobRow row) throws SQLException {
        Instant notBefore = row.notBefore();
        if (notBefore != null && transaction.now().isBefore(notBefore)) {
            return Optional.empty();
        }
        SubjectKey subject = row.subject();
        if (subject == null) {
            throw new ExportJobLostException();
        }
        UUID id = row.job().id();
        boolean fresh = row.job().state() == ExportJob.State.PENDING;
        ArchiveName object = ArchiveName.random(RANDOM);
        ExportJobTable jobs = new ExportJobTable(transaction);
        jobs.change(
                id,
                row.fence(),
                fresh ? ExportTransition.START : ExportTransition.TAKE_OVER,
                SqlTemplate.of(", fence = fence + 1, attempt_at = NULL, worker = :worker")
                        .bind("worker", worker)
                        .toFragment());
        jobs.setArchiveName(id, object);
        ExportContent content = new ExportContent(row.job().format(), row.job().chosenSections());
        return Optional.of(new ClaimedExport(id, subject, content, row.fence() + 1, object, transaction.now()));
    }

    private Optional<Instant> attempt(ClaimedExport begun, @Nullable ArchiveName left) {
        long since = System.nanoTime();
        try {
            if (left != null) {
                archives.delete(left); // what an attempt before this one left, which stops that, should it still live
            }
            long[] rows = new long[1];
            long bytes = archives.put(
                    begun.object(), out -> rows[0] = write(begun, out).rows());
            RequestTransaction.runAndCommit(
                    context, "finishing an export", transaction -> finish(transaction, begun, bytes, rows[0]));
            context.observer().exported(took(since), rows[0], bytes);
            return Optional.empty();
        } catch (ExportJobLostException e) {
            archives.delete(begun.object());
            throw e;
        } catch (RuntimeException e) {
            boolean interrupted = Thread.interrupted();
            Optional<Instant> again = RequestTransaction.runAndCommit(
                    context,
                    "putting an export off",
                    transaction -> interrupted ? release(transaction, begun) : scheduleRetry(transaction, begun, e));
            if (!interrupted) {
                context.observer().exportFailed(took(since), again.isEmpty());
            }
            return again;
        }
    }

    private static Duration took(long since) {
        return Duration.ofNanos(System.nanoTime() - since);
    }

    private ExportSummary write(ClaimedExport begun, OutputStream out) {
        try (Connection connection = context.database().connect()) {
            ExportHeartbeat beat = new ExportHeartbeat(context.clock(), (done, of) -> progress(begun, done, of));
            ProgressListener progress = (what, done, of) -> beat.sectionDone((int) done, (int) of);
            Clock moment = Clock.fixed(begun.now(), ZoneOffset.UTC);
            return HiddenDataExport.including(
                            new Exporter(connection, context.plan(), moment, progress)
                                    .withFiles(context.files())
                                    .withErasedPeople(context.erasedPeople())
                                    .withChosenSections(begun.content().sections()),
                            connection,
                            context.plan(),
                            begun.subject())
                    .export(begun.subject(), begun.content().format(), beat.wrap(out));
        } catch (SQLException e) {
            throw DatabaseException.of(e, "exporting");
        }
    }

    private void progress(ClaimedExport begun, int done, int of) {
        RequestTransaction.runAndCommit(context, "telling how far an export is", transaction -> {
            new ExportJobTable(transaction).progress(begun.id(), begun.fence(), done, of);
            return true;
        });
    }

    private boolean finish(RequestTransaction transaction, ClaimedExport begun, long bytes, long rows)
            throws SQLException {
        ExportJobTable jobs = new ExportJobTable(transaction);
        jobs.change(
                begun.id(),
                begun.fence(),
                ExportTransition.FINISH,
                SqlFragment.of(", worker = NULL, failure = NULL, attempts = 0"));
        jobs.setReady(begun.id(), bytes, rows, terms.settings().keep().after(transaction.now()));
        tell(transaction, AuditEventType.DATA_EXPORT_READY, begun);
        return true;
    }

    /**
     * Releases the job at a shutdown. The next worker starts the export again; the attempt does not count as a failure.
     */
    private static Optional<Instant> release(RequestTransaction transaction, ClaimedExport begun) throws SQLException {
        new ExportJobTable(transaction)
                .change(begun.id(), begun.fence(), ExportTransition.PUT_OFF, SqlFragment.of(", worker = NULL"));
        return Optional.of(transaction.now());
    }

    private static Optional<Instant> scheduleRetry(
            RequestTransaction transaction, ClaimedExport begun, RuntimeException e) throws SQLException {
        ExportJobTable jobs = new ExportJobTable(transaction);
        int attempts = jobs.find(begun.id())
                        .orElseThrow(ExportJobLostException::new)
                        .job()
                        .attempts()
                + 1;
        boolean last = attempts >= (passing(e) ? PATIENT : IMPATIENT);
        Instant again = transaction.now().plus(pause(attempts));
        jobs.change(
                begun.id(),
                begun.fence(),
                last ? ExportTransition.GIVE_UP : ExportTransition.PUT_OFF,
                SqlTemplate.of(", worker = NULL, attempts = attempts + 1, failure = :failure, attempt_at = :again")
                        .bind("failure", FailureText.of(e))
                        .bind("again", again)
                        .toFragment());
        if (last) {
            tell(transaction, AuditEventType.DATA_EXPORT_FAILED, begun);
        }
        return last ? Optional.empty() : Optional.of(again);
    }

    private static Duration pause(int attempts) {
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, 10));
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    private static boolean passing(RuntimeException e) {
        return e instanceof ArchiveException archive && archive.isTransient()
                || e instanceof DatabaseException database && database.isTransient();
    }

    private static void tell(RequestTransaction transaction, AuditEventType name, ClaimedExport begun)
            throws SQLException {
        transaction.recordEvent(name, begun.id(), Actor.EXEUNT, null);
    }
}
