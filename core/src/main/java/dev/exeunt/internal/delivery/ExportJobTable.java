package dev.exeunt.internal.delivery;

import dev.exeunt.archive.ArchiveName;
import dev.exeunt.export.ExportJob;
import dev.exeunt.export.ExportState;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.map.ExportSettings.BundleFormat;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the rows of export jobs, with a compare-and-set for each change of state. Every change of state is a
 * compare-and-set.
 */
final class ExportJobTable {

    private static final String SELECT = """
            SELECT r.id, r.state, r.subject, r.requested_at, r.requested_by, r.attempts, r.attempt_at, r.failure, r.fence, e.format,
                e.sections_done, e.sections, e.object, e.bytes, e.rows, e.ready_at, e.expires_at
            FROM exeunt.request r JOIN exeunt.export e ON e.request = r.id WHERE r.kind = 'export'
            """;

    private static final String INSERT = """
            WITH r AS (INSERT INTO exeunt.request (kind, state, subject, subject_kind, requested_at, requested_by)
                VALUES ('export', ?, ?::text[], ?, CAST(? AS timestamptz), ?) RETURNING id)
            INSERT INTO exeunt.export (request, format) SELECT id, ? FROM r RETURNING request
            """;

    private final RequestTransaction desk;

    ExportJobTable(RequestTransaction desk) {
        this.desk = desk;
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

    /** @param state {@link ExportState#PENDING}, or {@link ExportState#EXPIRED} for one that is kept nowhere */
    UUID insert(ExportState state, SubjectKey subject, BundleFormat format, String by) throws SQLException {
        SqlFragment insert = SqlFragment.of(
                INSERT,
                state.word(),
                parts(subject),
                kind(),
                desk.now().toString(),
                by,
                format.name().toLowerCase(Locale.ROOT));
        try (PreparedStatement statement = insert.prepare(desk.connection());
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getObject(1, UUID.class);
        }
    }

    Optional<ExportJobRow> find(UUID id) throws SQLException {
        return all(SqlFragment.of(SELECT + " AND r.id = ?::uuid", id.toString())).stream()
                .findFirst();
    }

    /** Only theirs: another's is as one that never was, and looking for it takes as long. */
    Optional<ExportJobRow> find(UUID id, SubjectKey subject) throws SQLException {
        return all(SqlFragment.of(
                        SELECT + " AND r.id = ?::uuid AND r.subject = ?::text[] AND r.subject_kind = ?",
                        id.toString(),
                        parts(subject),
                        kind()))
                .stream()
                .findFirst();
    }

    /** Nobody else changes its state until the transaction ends. */
    Optional<ExportJobRow> locked(UUID id) throws SQLException {
        return all(SqlFragment.of(SELECT + " AND r.id = ?::uuid FOR UPDATE OF r", id.toString())).stream()
                .findFirst();
    }

    /** The latest first. */
    List<ExportJobRow> findBySubject(SubjectKey subject) throws SQLException {
        return all(SqlFragment.of(
                SELECT + " AND r.subject = ?::text[] AND r.subject_kind = ? ORDER BY r.requested_at DESC, r.id",
                parts(subject),
                kind()));
    }

    /** What the person asked for themself since then and did not fail; the latest first. */
    List<Instant> findCountedSince(SubjectKey subject, Instant since) throws SQLException {
        SqlFragment select = SqlFragment.of(
                "SELECT requested_at FROM exeunt.request WHERE kind = 'export' AND state <> 'failed' AND requested_by = 'self'"
                        + " AND subject = ?::text[] AND subject_kind = ? AND requested_at > CAST(? AS timestamptz)"
                        + " ORDER BY requested_at DESC",
                parts(subject),
                kind(),
                since.toString());
        List<Instant> moments = new ArrayList<>();
        try (PreparedStatement statement = select.prepare(desk.connection());
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                moments.add(row.getObject(1, OffsetDateTime.class).toInstant());
            }
        }
        return moments;
    }

    /**
     * @param fence as it was when the job was read; another's cannot be changed
     * @throws ExportJobLostException where somebody else has changed it since
     */
    void change(UUID id, long fence, ExportTransition transition, SqlFragment also) throws SQLException {
        String[] from = transition.from().stream().map(ExportState::word).toArray(String[]::new);
        SqlFragment update = SqlFragment.of(
                        "UPDATE exeunt.request SET state = ?", transition.to().word())
                .plus(also)
                .plus(SqlFragment.of(
                        " WHERE id = ?::uuid AND fence = CAST(? AS bigint) AND kind = 'export' AND state = ANY (?)",
                        id.toString(),
                        Long.toString(fence),
                        from));
        if (execute(update) != 1) {
            throw new ExportJobLostException();
        }
    }

    /** @throws ExportJobLostException where the worker has lost the job */
    void progress(UUID id, long fence, int done, int of) throws SQLException {
        SqlFragment update = SqlFragment.of(
                "UPDATE exeunt.export e SET sections_done = CAST(? AS integer), sections = CAST(? AS integer) FROM exeunt.request r"
                        + " WHERE r.id = e.request AND r.id = ?::uuid AND r.fence = CAST(? AS bigint) AND r.state = 'running'",
                Integer.toString(done),
                Integer.toString(of),
                id.toString(),
                Long.toString(fence));
        if (execute(update) != 1) {
            throw new ExportJobLostException();
        }
    }

    /** @param object null where there is none any more */
    void setArchiveName(UUID id, @Nullable ArchiveName object) throws SQLException {
        SqlFragment to = object == null ? SqlFragment.of("NULL") : SqlFragment.of("?", object.text());
        execute(SqlFragment.of("UPDATE exeunt.export SET sections_done = 0, sections = 0, object = ")
                .plus(to)
                .plus(SqlFragment.of(" WHERE request = ?::uuid", id.toString())));
    }

    void setReady(UUID id, long bytes, long rows, Instant expires) throws SQLException {
        execute(SqlFragment.of(
                "UPDATE exeunt.export SET sections_done = sections, bytes = CAST(? AS bigint), rows = CAST(? AS bigint), ready_at = CAST(? AS timestamptz),"
                        + " expires_at = CAST(? AS timestamptz) WHERE request = ?::uuid",
                Long.toString(bytes),
                Long.toString(rows),
                desk.now().toString(),
                expires.toString(),
                id.toString()));
    }

    int execute(SqlFragment sql) throws SQLException {
        try (PreparedStatement statement = sql.prepare(desk.connection())) {
            return statement.executeUpdate();
        }
    }

    List<ExportJobRow> all(String where, String... values) throws SQLException {
        return all(SqlFragment.of(SELECT + where, (Object[]) values));
    }

    private List<ExportJobRow> all(SqlFragment sql) throws SQLException {
        List<ExportJobRow> rows = new ArrayList<>();
        try (PreparedStatement statement = sql.prepare(desk.connection());
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                rows.add(read(row));
            }
        }
        return rows;
    }

    private static ExportJobRow read(ResultSet row) throws SQLException {
        ExportJob job = new ExportJob(
                row.getObject("id", UUID.class),
                ExportState.of(row.getString("state")),
                BundleFormat.valueOf(row.getString("format").toUpperCase(Locale.ROOT)),
                row.getObject("requested_at", OffsetDateTime.class).toInstant(),
                row.getString("requested_by"),
                row.getInt("sections_done"),
                row.getInt("sections"),
                row.getObject("bytes", Long.class),
                row.getObject("rows", Long.class),
                moment(row, "ready_at"),
                moment(row, "expires_at"),
                row.getInt("attempts"),
                row.getString("failure"));
        var subject = row.getArray("subject");
        String object = row.getString("object");
        return new ExportJobRow(
                job,
                subject == null ? null : new SubjectKey(List.of((String[]) subject.getArray())),
                object == null ? null : new ArchiveName(object),
                row.getLong("fence"),
                moment(row, "attempt_at"));
    }

    private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private String kind() {
        return desk.setting().kind().text();
    }

    private static String[] parts(SubjectKey subject) {
        return subject.parts().toArray(String[]::new);
    }
}
