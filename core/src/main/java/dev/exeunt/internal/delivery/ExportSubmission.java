package dev.exeunt.internal.delivery;

import dev.exeunt.export.ExportJob;
import dev.exeunt.export.ExportRefusedException;
import dev.exeunt.export.ExportRefusedException.ExportRefusalReason;
import dev.exeunt.internal.delivery.ExportJobTable.ExportJobRow;
import dev.exeunt.internal.ledger.AuditEventType;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.map.ExportSettings;
import dev.exeunt.request.Actor;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Creates export jobs for one person and enforces the export limit, while the person's row is locked. */
final class ExportSubmission {

    private final RequestTransaction transaction;
    private final ExportJobTable jobs;
    private final SubjectKey subject;
    private final ExportSettings settings;

    ExportSubmission(RequestTransaction transaction, SubjectKey subject, ExportSettings settings) {
        this.transaction = transaction;
        this.jobs = new ExportJobTable(transaction);
        this.subject = subject;
        this.settings = settings;
    }

    /** One that is still to be made, or a new one. */
    ExportJob submit(ExportContent content, Actor actor, @Nullable String reason) throws SQLException {
        Optional<ExportJobRow> open = jobs.findBySubject(subject).stream()
                .filter(r -> r.job().state().isOpen())
                .findFirst();
        if (open.isPresent()) {
            return repeated(open.get().job(), actor, reason);
        }
        requireAllowed(actor);
        UUID id = record(ExportJob.State.PENDING, content, actor, reason);
        ExportQueue.add(transaction, id);
        return jobs.find(id).orElseThrow().job();
    }

    /** Nothing is made; that staff asked, and why, is recorded all the same. */
    ExportJob repeated(ExportJob job, Actor actor, @Nullable String reason) throws SQLException {
        if (actor.isStaff()) {
            transaction.recordEvent(AuditEventType.REQUEST_REPEATED, job.id(), actor, reason);
        }
        return job;
    }

    /** @throws ExportRefusedException where the erasure of the account has begun, or the person has asked too often */
    void requireAllowed(Actor actor) throws SQLException {
        if (transaction.isAccountErasureRunning(subject)) {
            throw ExportRefusedException.of(
                    ExportRefusalReason.TOO_LATE, "It is too late: the erasure of the account has begun.");
        }
        ExportSettings.RateLimit limit = settings.limit();
        Instant again = actor.isStaff() ? null : nextAllowedAt();
        if (limit != null && again != null) {
            throw ExportRefusedException.limit(limit, again);
        }
    }

    UUID record(ExportJob.State state, ExportContent content, Actor actor, @Nullable String reason)
            throws SQLException {
        UUID id = jobs.insert(state, subject, content, actor.text());
        transaction.recordEvent(AuditEventType.DATA_EXPORT_REQUESTED, id, actor, reason);
        return id;
    }

    /** From when on the limit lets the person ask again; null where it does now. */
    @Nullable
    Instant nextAllowedAt() throws SQLException {
        ExportSettings.RateLimit limit = settings.limit();
        if (limit == null) {
            return null;
        }
        Instant now = transaction.now();
        List<Instant> asked = jobs
                .findCountedSince(subject, now.minus(limit.per().longest()))
                .stream()
                .filter(at -> limit.per().after(at).isAfter(now))
                .toList();
        return asked.size() < limit.requests() ? null : limit.per().after(asked.get(limit.requests() - 1));
    }
}
