package dev.exeunt.internal.delivery;

import dev.exeunt.archive.Archives;
import dev.exeunt.archive.Archives.Attachment;
import dev.exeunt.export.ExportJob;
import dev.exeunt.export.ExportJobs;
import dev.exeunt.export.ExportJobs.DownloadGrant;
import dev.exeunt.export.ExportJobs.NewExport;
import dev.exeunt.export.ExportRefusedException;
import dev.exeunt.export.ExportRefusedException.ExportRefusalReason;
import dev.exeunt.export.ExportSummary;
import dev.exeunt.internal.archive.DownloadLinks;
import dev.exeunt.internal.delivery.ExportJobTable.ExportJobRow;
import dev.exeunt.internal.entry.SqlRequestQueue;
import dev.exeunt.internal.export.section.ExportSection;
import dev.exeunt.internal.export.section.ExportSections;
import dev.exeunt.internal.ledger.AuditEventType;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectFinder;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.HiddenDataExport;
import dev.exeunt.internal.request.IdempotencyRecord;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.map.DataMap.TableWords;
import dev.exeunt.map.ExportSettings.BundleFormat;
import dev.exeunt.request.Actor;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Carries out the calls of {@link ExportJobs}, each in one transaction. */
public final class ExportJobService implements ExportJobs {

    private final LifecycleContext context;
    private final Archives archives;
    private final ExportTerms terms;

    public ExportJobService(LifecycleContext context, Archives archives, ExportTerms terms) {
        this.context = context;
        this.archives = archives;
        this.terms = terms;
    }

    @Override
    public ExportJob submit(String key, @Nullable BundleFormat format, Actor actor, @Nullable String reason) {
        return submit(new NewExport(key, format, actor, reason, null, List.of()));
    }

    @Override
    public ExportJob submit(NewExport wish) {
        Actor actor = wish.actor();
        String reason = wish.reason();
        actor.requireReason(reason);
        requireKnown(wish.chosenSections());
        return RequestTransaction.runAndCommit(context, "asking for an export", transaction -> {
            SubjectKey subject = locked(transaction, wish.key());
            ExportSubmission orders = new ExportSubmission(transaction, subject, terms.settings());
            BundleFormat format = wish.format();
            ExportContent wanted =
                    new ExportContent(format == null ? terms.settings().format() : format, wish.chosenSections());
            String idempotencyKey = wish.idempotencyKey();
            if (idempotencyKey == null) {
                return orders.submit(wanted, actor, reason);
            }
            IdempotencyRecord idempotency = new IdempotencyRecord(transaction, subject, actor, idempotencyKey);
            Optional<UUID> led = idempotency.findRequest("export");
            if (led.isPresent()) {
                ExportJob before = new ExportJobTable(transaction)
                        .find(led.get())
                        .orElseThrow()
                        .job();
                if (!wanted.equals(new ExportContent(before.format(), before.chosenSections()))) {
                    throw IdempotencyRecord.idempotencyKeyReused();
                }
                return orders.repeated(before, actor, reason);
            }
            ExportJob job = orders.submit(wanted, actor, reason);
            idempotency.save(job.id());
            return job;
        });
    }

    private void requireKnown(List<String> sections) {
        List<String> valid = HiddenDataExport.sectionNames(context.plan());
        ExportSections.unknown(sections, valid).ifPresent(message -> {
            throw ExportRefusedException.of(ExportRefusalReason.UNKNOWN_SECTION, message);
        });
    }

    @Override
    public ExportSummary stream(String key, long most, ExportJobs.ExportSink sink) {
        StreamingExport.ApprovedExport ticket =
                RequestTransaction.runAndCommit(context, "asking for an export", transaction -> {
                    SubjectKey subject = locked(transaction, key);
                    ExportSubmission orders = new ExportSubmission(transaction, subject, terms.settings());
                    orders.requireAllowed(Actor.SELF);
                    StreamingExport.requireRowsAtMost(transaction, subject, most);
                    UUID id = orders.record(
                            ExportJob.State.DELIVERED, ExportContent.all(BundleFormat.JSON), Actor.SELF, null);
                    return new StreamingExport.ApprovedExport(id, subject, transaction.now());
                });
        return new StreamingExport(context, ticket).writeTo(sink);
    }

    @Override
    public ExportJobs.Overview status(String key) {
        return RequestTransaction.runReadOnly(context, "looking at the exports", transaction -> {
            SubjectKey subject = subjects(transaction).resolveKey(key);
            return new ExportJobs.Overview(
                    new ExportJobTable(transaction)
                            .findBySubject(subject).stream()
                                    .map(ExportJobRow::job)
                                    .toList(),
                    new ExportSubmission(transaction, subject, terms.settings()).nextAllowedAt(),
                    choices());
        });
    }

    private List<ExportJobs.ExportChoice> choices() {
        Map<String, TableWords> words = ExportSections.of(context.plan()).stream()
                .collect(Collectors.toMap(
                        ExportSection::name, section -> section.planned().words()));
        return HiddenDataExport.sectionNames(context.plan()).stream()
                .map(name -> new ExportJobs.ExportChoice(name, words.getOrDefault(name, TableWords.NONE)))
                .toList();
    }

    @Override
    public ExportJob job(String key, UUID id) {
        return RequestTransaction.runReadOnly(
                context,
                "looking at an export",
                transaction -> theirs(transaction, key, id).job());
    }

    @Override
    public ExportJob cancel(String key, UUID id, Actor actor, @Nullable String reason) {
        actor.requireReason(reason);
        return RequestTransaction.runAndCommit(context, "cancelling an export", transaction -> {
            theirs(transaction, key, id);
            ExportJobTable jobs = new ExportJobTable(transaction);
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
                            .bind("now", transaction.now())
                            .toFragment());
            transaction.recordEvent(AuditEventType.DATA_EXPORT_CANCELLED, id, actor, reason);
            return jobs.find(id).orElseThrow().job();
        });
    }

    @Override
    public DownloadGrant grantDownload(String key, UUID id) {
        return grantDownload(key, id, Actor.SELF);
    }

    @Override
    public DownloadGrant grantDownload(String key, UUID id, Actor actor) {
        return RequestTransaction.runAndCommit(context, "handing an export over", transaction -> {
            ExportJobRow row = theirs(transaction, key, id);
            if (actor.isStaff() && !row.job().byStaff()) {
                throw ExportRefusedException.unknown();
            }
            SubjectKey subject = required(row.subject());
            Instant expires = fetchable(row, transaction.now());
            Instant linked = terms.settings().link().after(transaction.now());
            Instant until = linked.isBefore(expires) ? linked : expires;
            Attachment attachment = attachment(row, subject);
            Optional<URI> store =
                    archives.handOver(required(row.object()), attachment, Duration.between(transaction.now(), until));
            String token = store.isPresent()
                    ? null
                    : links().token(id, terms.key().hash(context.kind().text(), subject.parts()), until);
            transaction.recordEvent(AuditEventType.DATA_EXPORT_FETCHED, id, actor, null);
            return new DownloadGrant(
                    store.orElse(null),
                    token,
                    until,
                    attachment,
                    required(row.job().bytes()));
        });
    }

    @Override
    public ExportJobs.Download download(String token) {
        DownloadLinks.AuthenticLink link = links().verify(token); // before a connection is taken
        return RequestTransaction.runReadOnly(context, "opening an export", transaction -> {
            link.requireCurrent(transaction.now());
            ExportJobRow row =
                    new ExportJobTable(transaction).find(link.export()).orElseThrow(ExportJobService::gone);
            SubjectKey subject = row.subject();
            if (subject == null || !link.isFor(terms.key().hash(context.kind().text(), subject.parts()))) {
                throw gone();
            }
            fetchable(row, transaction.now());
            return new ExportJobs.Download(archives, required(row.object()), row.job(), attachment(row, subject));
        });
    }

    private DownloadLinks links() {
        return new DownloadLinks(terms.key());
    }

    /** @throws ExportRefusedException where the account was erased, be it while this waited */
    private SubjectKey locked(RequestTransaction transaction, String key) throws SQLException {
        SubjectKey subject = subjects(transaction).find(List.of(key)).get(0);
        if (!transaction.lockUnlessErased(subject)) {
            throw ExportRefusedException.of(
                    ExportRefusalReason.TOO_LATE, "It is too late: the account has been erased.");
        }
        return subject;
    }

    private ExportJobRow theirs(RequestTransaction transaction, String key, UUID id) throws SQLException {
        return new ExportJobTable(transaction)
                .find(id, subjects(transaction).resolveKey(key))
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
        return ExportAttachment.of(
                context, subject, row.job().format(), required(row.job().readyAt()));
    }

    private static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("an export that is ready has it");
        }
        return value;
    }

    private SubjectFinder subjects(RequestTransaction transaction) {
        return new SubjectFinder(transaction.connection(), context.subject());
    }

    @Override
    public Optional<Instant> runJob(UUID id, String worker) {
        return new ExportJobRunner(context, archives, terms, worker).make(id);
    }

    @Override
    public int carryOutSqlRequests() {
        return new SqlRequestQueue(context).carryOut(true, new SqlExportIntake(terms.settings()));
    }

    @Override
    public CleanupResult removeExpired() {
        return new ExportCleanup(context, archives, terms).clean();
    }

    @Override
    public Archives.SweepResult removeOrphans() {
        return new ExportCleanup(context, archives, terms).sweep();
    }
}
