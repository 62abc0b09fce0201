package dev.exeunt.internal.delivery;

import dev.exeunt.archive.ArchiveName;
import dev.exeunt.archive.Archives;
import dev.exeunt.export.ExportJobs.CleanupResult;
import dev.exeunt.export.ExportJobs.ExportTerms;
import dev.exeunt.internal.delivery.ExportJobTable.ExportJobRow;
import dev.exeunt.internal.ledger.AuditEventType;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.request.Actor;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Expires finished exports, removes their archives, and deletes export jobs that need no longer be remembered. First
 * the state changes, then the archive goes, then its name: whatever is interrupted, the next goes on.
 */
final class ExportCleanup {

    private static final int BATCH = 500;

    /** Longer than any worker writes to one archive without a pause. */
    private static final Duration FORGOTTEN = Duration.ofDays(1);

    private static final String EXPIRE = """
            UPDATE exeunt.request r SET state = 'expired' FROM exeunt.export e
            WHERE e.request = r.id AND r.kind = 'export' AND r.subject_kind = :kind AND r.state = 'ready'
                AND e.expires_at <= :now
            RETURNING r.id
            """;

    private static final String FORGET = """
            DELETE FROM exeunt.request r USING exeunt.export e
            WHERE e.request = r.id AND r.kind = 'export' AND r.subject_kind = :kind AND r.state IN ('expired', 'delivered', 'failed', 'cancelled')
                AND e.object IS NULL AND coalesce(e.expires_at, r.requested_at) < :before
            """;

    private final LifecycleContext context;
    private final Archives archives;
    private final ExportTerms terms;

    ExportCleanup(LifecycleContext context, Archives archives, ExportTerms terms) {
        this.context = context;
        this.archives = archives;
        this.terms = terms;
    }

    CleanupResult clean() {
        int expired = RequestTransaction.runAndCommit(context, "letting exports expire", ExportCleanup::expire);
        int removed = 0;
        for (List<ExportJobRow> over = over(); !over.isEmpty(); over = over()) {
            removed += remove(over);
        }
        int forgotten = RequestTransaction.runAndCommit(context, "forgetting exports", this::forget);
        return new CleanupResult(expired, removed, forgotten);
    }

    private static int expire(RequestTransaction transaction) throws SQLException {
        SqlFragment update = SqlTemplate.of(EXPIRE)
                .bind("kind", transaction.context().kind().text())
                .bind("now", transaction.now())
                .toFragment();
        List<UUID> ids = SqlRunner.list(transaction.connection(), update, row -> row.getObject(1, UUID.class));
        transaction.events().append(AuditEventType.DATA_EXPORT_EXPIRED, transaction.now(), ids, Actor.EXEUNT);
        return ids.size();
    }

    private List<ExportJobRow> over() {
        return RequestTransaction.runReadOnly(
                context,
                "looking for archives to remove",
                transaction -> new ExportJobTable(transaction).findArchivedAndOver(BATCH));
    }

    private int remove(List<ExportJobRow> over) {
        List<String> names = new ArrayList<>();
        for (ExportJobRow row : over) {
            ArchiveName object = Objects.requireNonNull(row.object());
            archives.delete(object);
            names.add(object.text());
        }
        SqlFragment update = SqlTemplate.of("UPDATE exeunt.export SET object = NULL WHERE object = ANY (:names)")
                .bind("names", names.toArray(String[]::new))
                .toFragment();
        return RequestTransaction.runAndCommit(context, "noting which archives are gone", transaction ->
                (int) SqlRunner.update(transaction.connection(), update));
    }

    private int forget(RequestTransaction transaction) throws SQLException {
        SqlFragment delete = SqlTemplate.of(FORGET)
                .bind("kind", transaction.context().kind().text())
                .bind("before", transaction.now().minus(terms.remember().longest()))
                .toFragment();
        return (int) SqlRunner.update(transaction.connection(), delete);
    }

    /** What lies in the archive and no job knows. */
    Archives.SweepResult sweep() {
        Instant before = RequestTransaction.runReadOnly(context, "looking at the clock", RequestTransaction::now)
                .minus(FORGOTTEN);
        return archives.sweep(before, this::known);
    }

    private Set<ArchiveName> known(Set<ArchiveName> names) {
        SqlFragment select = SqlTemplate.of("SELECT object FROM exeunt.export WHERE object = ANY (:names)")
                .bind("names", names.stream().map(ArchiveName::text).toArray(String[]::new))
                .toFragment();
        return RequestTransaction.runReadOnly(
                context,
                "looking for what is known",
                transaction -> Set.copyOf(
                        SqlRunner.list(transaction.connection(), select, row -> new ArchiveName(row.getString(1)))));
    }
}
