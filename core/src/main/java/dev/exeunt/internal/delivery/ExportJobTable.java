package dev.exeunt.internal.delivery;

import dev.exeunt.archive.ArchiveName;
import dev.exeunt.export.ExportJob;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.map.ExportSettings.BundleFormat;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the rows of export jobs for one kind of subject. Every change of state is a compare-and-set.
 */
final class ExportJobTable {

    private static final String SELECT = """
            SELECT r.id, r.state, r.subject, r.requested_at, r.requested_by, r.attempts, r.attempt_at, r.failure, r.fence, e.format,
                e.sections_done, e.sections, e.object, e.bytes, e.rows, e.ready_at, e.expires_at, e.chosen_sections
            FROM exeunt.request r JOIN exeunt.export e ON e.request = r.id
            WHERE r.kind = 'export' AND r.subject_kind = :kind AND {which}
            """;

    private static final String INSERT = """
            WITH r AS (
                INSERT INTO exeunt.request (kind, state, subject, subject_kind, requested_at, requested_by)
                VALUES ('export', :state, :subject::text[], :kind, :now, :by) RETURNING id)
            INSERT INTO exeunt.export (request, format, chosen_sections) SELECT id, :format, nullif(:sections::text[], '{}'::text[]) FROM r RETURNING request
            """;

    private static final String COUNTED = """
            SELECT requested_at FROM exeunt.request
            WHERE kind = 'export' AND state <> 'failed' AND requested_by = 'self'
                AND subject = :subject::text[] AND subject_kind = :kind AND requested_at > :since
            ORDER BY requested_at DESC
            """;

    private static final String CHANGE = """
            UPDATE exeunt.request SET state = :to{also}
            WHERE id = :id AND fence = :fence AND kind = 'export' AND state = ANY (:from)
            """;

    private static final String PROGRESS = """
            UPDATE exeunt.export e SET sections_done = :done, sections = :of
            FROM exeunt.request r
            WHERE r.id = e.request AND r.id = :id AND r.fence = :fence AND r.state = 'running'
            """;

    private static final String ARCHIVE =
            "UPDATE exeunt.export SET sections_done = 0, sections = 0, object = :object WHERE request = :id";

    private static final String READY = """
            UPDATE exeunt.export
            SET sections_done = sections, bytes = :bytes, rows = :rows, ready_at = :now, expires_at = :expires
            WHERE request = :id
            """;

    private final RequestTransaction transaction;

    ExportJobTable(RequestTransaction transaction) {
        this.transaction = transaction;
    }

    /**
     * Holds an export job with its subject key, archive name, fence and earliest next attempt.
     *
     * @param subject null once the account is erased
     * @param object in the archive, or to be put there; null where there is none
     * @param fence grows with each start: a worker that lost the job cannot finish it
     * @param notBefore it is not tried again before; null for at once
     */
    record ExportJobRow(
            ExportJob job,
            @Nullable SubjectKey subject,
            @Nullable ArchiveName object,
            long fence,
            @Nullable Instant notBefore) {

        @Override
        public String toString() {
            return "ExportJobRow[" + job.id() + "]";
        }
    }

    /** @param state {@link ExportJob.State#PENDING}, or {@link ExportJob.State#DELIVERED} for one that is kept nowhere */
    UUID insert(ExportJob.State state, SubjectKey subject, ExportContent content, String by) throws SQLException {
        SqlFragment insert = SqlTemplate.of(INSERT)
                .bind("state", state.word())
                .bind("subject", parts(subject))
                .bind("kind", kind())
                .bind("now", transaction.now())
                .bind("by", by)
                .bind("format", content.format().name().toLowerCase(Locale.ROOT))
                .bind("sections", content.names())
                .toFragment();
        return SqlRunner.one(transaction.connection(), insert, row -> row.getObject(1, UUID.class));
    }

    Optional<ExportJobRow> find(UUID id) throws SQLException {
        return first(SqlTemplate.of("r.id = :id").bind("id", id));
    }

    /**
     * Finds only the subject's own exports. Another person's export counts as not found, and the lookup takes as long.
     */
    Optional<ExportJobRow> find(UUID id, SubjectKey subject) throws SQLException {
        return first(SqlTemplate.of("r.id = :id AND r.subject = :subject::text[]")
                .bind("id", id)
                .bind("subject", parts(subject)));
    }

    /** Locks an export: its state is not changed elsewhere until the transaction ends. */
    Optional<ExportJobRow> locked(UUID id) throws SQLException {
        return first(SqlTemplate.of("r.id = :id FOR UPDATE OF r").bind("id", id));
    }

    /** Finds a subject's exports, the latest first. */
    List<ExportJobRow> findBySubject(SubjectKey subject) throws SQLException {
        return list(SqlTemplate.of("""
                        r.subject = :subject::text[] ORDER BY r.requested_at DESC, r.id""").bind("subject", parts(subject)));
    }

    /** Finds some exports that are over and whose archives are still there. */
    List<ExportJobRow> findArchivedAndOver(int most) throws SQLException {
        return list(SqlTemplate.of("""
                        e.object IS NOT NULL AND r.state IN ('expired', 'failed', 'cancelled') LIMIT :most""").bind("most", most));
    }

    /** Finds when the person asked for exports since then that did not fail; the latest first. */
    List<Instant> findCountedSince(SubjectKey subject, Instant since) throws SQLException {
        SqlFragment select = SqlTemplate.of(COUNTED)
                .bind("subject", parts(subject))
                .bind("kind", kind())
                .bind("since", since)
                .toFragment();
        return SqlRunner.list(
                transaction.connection(),
                select,
                row -> row.getObject(1, OffsetDateTime.class).toInstant());
    }

    /**
     * Changes the state of an export.
     *
     * @param fence as it was when the job was read; another's cannot be changed
     * @param also what else is set, as {@code , worker = NULL}
     * @throws ExportJobLostException where the job was changed since it was read
     */
    void change(UUID id, long fence, ExportTransition transition, SqlFragment also) throws SQLException {
        String[] from = transition.from().stream().map(ExportJob.State::word).toArray(String[]::new);
        SqlFragment update = SqlTemplate.of(CHANGE)
                .bind("to", transition.to().word())
                .fragment("also", also)
                .bind("id", id)
                .bind("fence", fence)
                .bind("from", from)
                .toFragment();
        requireChanged(update);
    }

    /** @throws ExportJobLostException where the worker has lost the job */
    void progress(UUID id, long fence, int done, int of) throws SQLException {
        SqlFragment update = SqlTemplate.of(PROGRESS)
                .bind("done", done)
                .bind("of", of)
                .bind("id", id)
                .bind("fence", fence)
                .toFragment();
        requireChanged(update);
    }

    private void requireChanged(SqlFragment update) throws SQLException {
        if (SqlRunner.update(transaction.connection(), update) != 1) {
            throw new ExportJobLostException();
        }
    }

    /** @param object null where there is none any more */
    void setArchiveName(UUID id, @Nullable ArchiveName object) throws SQLException {
        SqlFragment update = SqlTemplate.of(ARCHIVE)
                .bind("object", object == null ? null : object.text())
                .bind("id", id)
                .toFragment();
        SqlRunner.update(transaction.connection(), update);
    }

    void setReady(UUID id, long bytes, long rows, Instant expires) throws SQLException {
        SqlFragment update = SqlTemplate.of(READY)
                .bind("bytes", bytes)
                .bind("rows", rows)
                .bind("now", transaction.now())
                .bind("expires", expires)
                .bind("id", id)
                .toFragment();
        SqlRunner.update(transaction.connection(), update);
    }

    private Optional<ExportJobRow> first(SqlTemplate which) throws SQLException {
        return SqlRunner.first(transaction.connection(), select(which), ExportJobTable::read);
    }

    private List<ExportJobRow> list(SqlTemplate which) throws SQLException {
        return SqlRunner.list(transaction.connection(), select(which), ExportJobTable::read);
    }

    private SqlFragment select(SqlTemplate which) {
        return SqlTemplate.of(SELECT)
                .bind("kind", kind())
                .fragment("which", which.toFragment())
                .toFragment();
    }

    private static ExportJobRow read(ResultSet row) throws SQLException {
        ExportJob job = new ExportJob(
                row.getObject("id", UUID.class),
                ExportJob.State.of(row.getString("state")),
                BundleFormat.valueOf(row.getString("format").toUpperCase(Locale.ROOT)),
                row.getObject("requested_at", OffsetDateTime.class).toInstant(),
                row.getString("requested_by"),
                row.getInt("sections_done"),
                row.getInt("sections"),
                row.getObject("bytes", Long.class),
                row.getObject("rows", Long.class),
                SqlRunner.moment(row, "ready_at"),
                SqlRunner.moment(row, "expires_at"),
                row.getInt("attempts"),
                row.getString("failure"),
                ExportContent.read(row.getArray("chosen_sections")));
        var subject = row.getArray("subject");
        String object = row.getString("object");
        return new ExportJobRow(
                job,
                subject == null ? null : new SubjectKey(List.of((String[]) subject.getArray())),
                object == null ? null : new ArchiveName(object),
                row.getLong("fence"),
                SqlRunner.moment(row, "attempt_at"));
    }

    private String kind() {
        return transaction.context().kind().text();
    }

    private static String[] parts(SubjectKey subject) {
        return subject.parts().toArray(String[]::new);
    }
}
