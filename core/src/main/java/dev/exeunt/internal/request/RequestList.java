package dev.exeunt.internal.request;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.request.ResponseDeadlines;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lists all requests in pages for staff, the oldest first. */
public final class RequestList {

    private static final String SELECT = """
            SELECT id, kind, state, subject, requested_at, requested_by, due_at, attempts, failure
            FROM exeunt.request WHERE subject_kind = ?""";

    private static final String OPEN =
            " AND (state IN ('pending', 'running') OR kind <> 'export' AND state IN " + RequestTable.OPEN + ")";

    private RequestList() {}

    /**
     * Shows one request in the staff's list.
     *
     * @param subject the key as somebody types it; null once the account is erased. Never to be logged
     * @param kind {@code export}, or a flow's word
     */
    public record RequestListEntry(
            UUID id,
            String kind,
            String state,
            @Nullable String subject,
            Instant requestedAt,
            String requestedBy,
            @Nullable Instant dueAt,
            int attempts,
            @Nullable String failure) {

        public ResponseDeadlines deadlines() {
            return ResponseDeadlines.of(requestedAt);
        }

        @Override
        public String toString() {
            return "RequestListEntry[" + id + "]";
        }
    }

    /** Marks the last request of a page, after which the next page begins. */
    public record RequestListPosition(Instant requestedAt, UUID id) {}

    /**
     * Holds one page of the request list and the position of the next.
     *
     * @param next null at the end
     */
    public record RequestListPage(
            List<RequestListEntry> entries, @Nullable RequestListPosition next) {
        public RequestListPage {
            entries = List.copyOf(entries);
        }
    }

    public static RequestListPage page(
            RequestTransaction desk, boolean all, @Nullable RequestListPosition after, int size) throws SQLException {
        SqlFragment select =
                SqlFragment.of(SELECT + (all ? "" : OPEN), desk.setting().kind().text());
        if (after != null) {
            select = select.plus(SqlFragment.of(
                    " AND (requested_at, id) > (CAST(? AS timestamptz), ?::uuid)",
                    after.requestedAt().toString(),
                    after.id().toString()));
        }
        select = select.plus(
                SqlFragment.of(" ORDER BY requested_at, id LIMIT CAST(? AS integer)", Integer.toString(size + 1)));
        List<RequestListEntry> entries = new ArrayList<>();
        try (PreparedStatement statement = select.prepare(desk.connection());
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                entries.add(read(row));
            }
        }
        if (entries.size() <= size) {
            return new RequestListPage(entries, null);
        }
        RequestListEntry last = entries.get(size - 1);
        return new RequestListPage(entries.subList(0, size), new RequestListPosition(last.requestedAt(), last.id()));
    }

    private static RequestListEntry read(ResultSet row) throws SQLException {
        Array subject = row.getArray("subject");
        OffsetDateTime due = row.getObject("due_at", OffsetDateTime.class);
        return new RequestListEntry(
                row.getObject("id", UUID.class),
                row.getString("kind"),
                row.getString("state"),
                subject == null ? null : new SubjectKey(List.of((String[]) subject.getArray())).typed(),
                row.getObject("requested_at", OffsetDateTime.class).toInstant(),
                row.getString("requested_by"),
                due == null ? null : due.toInstant(),
                row.getInt("attempts"),
                row.getString("failure"));
    }
}
