package dev.exeunt.internal.delivery;

import dev.exeunt.archive.Archives;
import dev.exeunt.archive.Attachment;
import dev.exeunt.archive.DownloadLinkRefusedException;
import dev.exeunt.export.DownloadGrant;
import dev.exeunt.export.ExportJob;
import dev.exeunt.export.ExportOverview;
import dev.exeunt.export.ExportRefusedException;
import dev.exeunt.export.ExportRefusedException.ExportRefusalReason;
import dev.exeunt.export.ExportState;
import dev.exeunt.export.ExportSummary;
import dev.exeunt.internal.archive.DownloadLinks;
import dev.exeunt.internal.delivery.ExportJobTable.ExportJobRow;
import dev.exeunt.internal.export.Exporter;
import dev.exeunt.internal.ledger.AuditEventType;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectFinder;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.IdempotencyRecord;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.map.ExportSettings;
import dev.exeunt.map.ExportSettings.BundleFormat;
import dev.exeunt.map.TimeSpan;
import dev.exeunt.request.Actor;
import dev.exeunt.security.HashKey;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Requests, tracks, cancels and delivers exports that workers make in the background. Each call is one transaction that
 * changes everything it says, or nothing. Who may see an export is decided by the person's key alone: anybody else's is
 * as one that never was.
 *
 * <p>Safe for use by several threads and instances at once.
 */
public final class ExportJobs {

    private final LifecycleContext setting;
    private final Archives archives;
    private final ExportTerms terms;

    public ExportJobs(LifecycleContext setting, Archives archives, ExportTerms terms) {
        this.setting = setting;
        this.archives = archives;
        this.terms = terms;
    }

    /**
     * Holds the export settings, the signing key and how long jobs are remembered.
     *
     * @param settings the map's, or what the operator has put in their place
     * @param key by which links of our own are signed
     * @param remember how long after its end a job is still known
     */
    public record ExportTerms(ExportSettings settings, HashKey key, TimeSpan remember) {

        /** What the operator gets who says nothing. */
        public static final TimeSpan REMEMBER = TimeSpan.days(90);
    }

    /**
     * Asks for an export. Whoever asks again while one is still to be made gets that one. The map's limit is for the person;
     * staff are not held to it, and do not use it up.
     *
     * @param format null for the map's
     * @param reason the staff's
     * @throws ExportRefusedException where it was asked for too often, or the erasure of the account has begun
     */
    public ExportJob submit(String key, @Nullable BundleFormat format, Actor actor, @Nullable String reason) {
        return submit(new NewExport(key, format, actor, reason, null));
    }

    /**
     * Asks for an export, as {@link #submit(String, BundleFormat, Actor, String)}. One that arrives again with the same idempotency
     * key leads to the export that it has led to before, in whatever state that is.
     *
     * @throws dev.exeunt.request.RequestRefusedException where that key has led to something else than an export of that format
     */
    public ExportJob submit(NewExport wish) {
        Actor actor = wish.actor();
        String reason = wish.reason();
        actor.requireReason(reason);
        return RequestTransaction.runAndCommit(setting, "asking for an export", desk -> {
            SubjectKey subject = locked(desk, wish.key());
            ExportSubmission orders = new ExportSubmission(desk, subject, terms.settings());
            BundleFormat format = wish.format();
            BundleFormat wanted = format == null ? terms.settings().format() : format;
            String idempotencyKey = wish.idempotencyKey();
            if (idempotencyKey == null) {
                return orders.submit(wanted, actor, reason);
            }
            IdempotencyRecord idempotency = new IdempotencyRecord(desk, subject, actor, idempotencyKey);
            Optional<UUID> led = idempotency.findRequest("export");
            if (led.isPresent()) {
                ExportJob before =
                        new ExportJobTable(desk).find(led.get()).orElseThrow().job();
                if (before.format() != wanted) {
                    throw IdempotencyRecord.anotherWish();
                }
                return orders.repeated(before, actor, reason);
            }
            ExportJob job = orders.submit(wanted, actor, reason);
            idempotency.save(job.id());
            return job;
        });
    }

    /**
     * Hands the person's data over while it is read, as one JSON document, and keeps it nowhere: for an account that is small.
     * That it was asked for is remembered, and counts towards the limit like any other.
     *
     * @param most rows; with more of them it is refused, before anything is written or counted
     * @param sink asked for the stream once nothing stands in the way
     * @throws ExportRefusedException where there is too much, it was asked for too often, or the erasure of the account has begun
     */
    public ExportSummary stream(String key, long most, StreamingExport.ExportSink sink) {
        StreamingExport.ApprovedExport ticket =
                RequestTransaction.runAndCommit(setting, "asking for an export", desk -> {
                    SubjectKey subject = locked(desk, key);
                    ExportSubmission orders = new ExportSubmission(desk, subject, terms.settings());
                    orders.requireAllowed(Actor.SELF);
                    StreamingExport.requireRowsAtMost(desk, subject, most);
                    UUID id = orders.record(ExportState.EXPIRED, BundleFormat.JSON, Actor.SELF, null);
                    return new StreamingExport.ApprovedExport(id, subject, desk.now());
                });
        return new StreamingExport(setting, ticket).writeTo(sink);
    }

    public ExportOverview status(String key) {
        return RequestTransaction.runReadOnly(setting, "looking at the exports", desk -> {
            SubjectKey subject = subjects(desk).resolveKey(key);
            return new ExportOverview(
                    new ExportJobTable(desk)
                            .findBySubject(subject).stream()
                                    .map(ExportJobRow::job)
                                    .toList(),
                    new ExportSubmission(desk, subject, terms.settings()).nextAllowedAt());
        });
    }

    /** @throws ExportRefusedException where there is none, or it is somebody else's */
    public ExportJob job(String key, UUID id) {
        return RequestTransaction.runReadOnly(
                setting, "looking at an export", desk -> theirs(desk, key, id).job());
    }

    /**
     * Stops one that is not made yet.
     *
     * @throws ExportRefusedException where there is none, it is somebody else's, or over
     */
    public ExportJob cancel(String key, UUID id, Actor actor, @Nullable String reason) {
        actor.requireReason(reason);
        return RequestTransaction.runAndCommit(setting, "cancelling an export", desk -> {
            theirs(desk, key, id);
            ExportJobTable jobs = new ExportJobTable(desk);
            ExportJobRow row = jobs.locked(id).orElseThrow(ExportRefusedException::unknown);
            if (!row.job().state().isOpen()) {
                throw ExportRefusedException.of(
                        ExportRefusalReason.OVER, "The export is over: there is nothing to stop.");
            }
            jobs.change(
                    id,
                    row.fence(),
                    ExportTransition.CANCEL,
                    SqlTemplate.of(", fence = fence + 1, worker = NULL, cancelled_at = :now")
                            .bind("now", desk.now())
                            .toFragment());
            desk.recordEvent(AuditEventType.DATA_EXPORT_CANCELLED, id, actor, reason);
            return jobs.find(id).orElseThrow().job();
        });
    }

    /** As {@link #grantDownload(String, UUID, Actor)}, to the person. */
    public DownloadGrant grantDownload(String key, UUID id) {
        return grantDownload(key, id, Actor.SELF);
    }

    /**
     * The way to an archive, for as long as the map says a link is good, and never for longer than the archive is. Staff find it only
     * for exports that staff have asked for, and said why.
     *
     * @throws ExportRefusedException where there is none, it is somebody else's, not made yet, or its time is over
     */
    public DownloadGrant grantDownload(String key, UUID id, Actor actor) {
        return RequestTransaction.runAndCommit(setting, "handing an export over", desk -> {
            ExportJobRow row = theirs(desk, key, id);
            if (actor.isStaff() && !row.job().byStaff()) {
                throw ExportRefusedException.unknown();
            }
            SubjectKey subject = required(row.subject());
            Instant expires = fetchable(row, desk.now());
            Instant linked = terms.settings().link().after(desk.now());
            Instant until = linked.isBefore(expires) ? linked : expires;
            Attachment attachment = attachment(row, subject);
            Optional<URI> store =
                    archives.handOver(required(row.object()), attachment, Duration.between(desk.now(), until));
            String token = store.isPresent()
                    ? null
                    : links().token(id, terms.key().hash(setting.kind().text(), subject.parts()), until);
            desk.recordEvent(AuditEventType.DATA_EXPORT_FETCHED, id, actor, null);
            return new DownloadGrant(
                    store.orElse(null),
                    token,
                    until,
                    attachment,
                    required(row.job().bytes()));
        });
    }

    /**
     * What one of our own links leads to. Link, person, clock and job are looked at each time, and not only by the clean-up.
     *
     * @throws DownloadLinkRefusedException where the link is not ours, or holds no longer
     * @throws ExportRefusedException where the export is gone
     */
    public ArchiveDownload download(String token) {
        DownloadLinks.VerifiedLink link = links().verify(token); // before a connection is taken
        return RequestTransaction.runReadOnly(setting, "opening an export", desk -> {
            link.requireCurrent(desk.now());
            ExportJobRow row = new ExportJobTable(desk).find(link.export()).orElseThrow(ExportJobs::gone);
            SubjectKey subject = row.subject();
            if (subject == null || !link.isFor(terms.key().hash(setting.kind().text(), subject.parts()))) {
                throw gone();
            }
            fetchable(row, desk.now());
            return new ArchiveDownload(archives, required(row.object()), row.job(), attachment(row, subject));
        });
    }

    private DownloadLinks links() {
        return new DownloadLinks(terms.key());
    }

    /** @throws ExportRefusedException where the account was erased, be it while this waited */
    private SubjectKey locked(RequestTransaction desk, String key) throws SQLException {
        SubjectKey subject = subjects(desk).find(List.of(key)).get(0);
        if (!desk.lockUnlessErased(subject)) {
            throw ExportRefusedException.of(
                    ExportRefusalReason.TOO_LATE, "It is too late: the account has been erased.");
        }
        return subject;
    }

    private ExportJobRow theirs(RequestTransaction desk, String key, UUID id) throws SQLException {
        return new ExportJobTable(desk)
                .find(id, subjects(desk).resolveKey(key))
                .orElseThrow(ExportRefusedException::unknown);
    }

    /** Until when. */
    private static Instant fetchable(ExportJobRow row, Instant now) {
        ExportJob job = row.job();
        if (job.gone(now)) {
            throw gone();
        }
        if (!job.fetchable(now)) {
            throw ExportRefusedException.of(
                    ExportRefusalReason.NOT_READY,
                    "The export is " + job.state().word() + ": there is nothing to fetch.");
        }
        return required(job.expiresAt());
    }

    private static ExportRefusedException gone() {
        return ExportRefusedException.of(
                ExportRefusalReason.GONE, "The time of this export is over. Ask for a new one.");
    }

    private Attachment attachment(ExportJobRow row, SubjectKey subject) {
        return attachment(
                setting, subject, row.job().format(), required(row.job().readyAt()));
    }

    static Attachment attachment(LifecycleContext setting, SubjectKey subject, BundleFormat format, Instant at) {
        String name = Exporter.fileName(setting.plan(), subject, format, at);
        return new Attachment(name, format == BundleFormat.ZIP ? "application/zip" : "application/json; charset=utf-8");
    }

    private static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("an export that is ready has it");
        }
        return value;
    }

    private SubjectFinder subjects(RequestTransaction desk) {
        return new SubjectFinder(desk.connection(), setting.subject());
    }

    /**
     * Makes one export, or goes on with what a worker left that is gone.
     *
     * @param worker a name that no other has at the same time
     * @return when it has to be tried again; empty where there is nothing left to do
     */
    public Optional<Instant> runJob(UUID id, String worker) {
        return new ExportJobRunner(setting, archives, terms, worker).make(id);
    }

    /** Removes what is over: archives whose time is up or whose owners are gone, and jobs nobody has to remember. */
    public CleanupResult removeExpired() {
        return new ExportCleanup(setting, archives, terms).clean();
    }

    /** Removes what lies in the archive and belongs to no job, left by an instance that died. Looks at all of it. */
    public Archives.SweepResult removeOrphans() {
        return new ExportCleanup(setting, archives, terms).sweep();
    }

    /**
     * Counts what one clean-up expired, removed and deleted.
     *
     * @param expired exports whose time was over
     * @param archives that were removed, theirs and those of failed, cancelled and erased ones
     * @param forgotten jobs
     */
    public record CleanupResult(int expired, int archives, int forgotten) {}
}
