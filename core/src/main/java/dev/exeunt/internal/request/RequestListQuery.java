package dev.exeunt.internal.request;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.request.RequestListPage;
import dev.exeunt.request.RequestListPage.RequestListEntry;
import dev.exeunt.request.RequestListPage.RequestListPosition;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads all requests in pages for staff, the oldest first. */
public final class RequestListQuery {

    private static final String SELECT = """
            SELECT id, kind, {state} AS state, subject, requested_at, requested_by, due_at, attempts, failure,
                {incomplete},
                coalesce(reason, (
                    SELECT e.reason FROM exeunt.event AS e WHERE e.request = request.id AND e.name LIKE '%requested' ORDER BY e.id LIMIT 1))
                    AS reason
            FROM exeunt.request
            WHERE subject_kind = :kind AND {which} AND {after}
            ORDER BY requested_at, id LIMIT :size
            """;

    /** An erasure that an external system still has to answer is not over. */
    private static final String OPEN = """
            (state IN ('pending', 'running') OR kind <> 'export' AND state IN {open} OR id IN (
                SELECT o.request FROM exeunt.delivery AS d JOIN exeunt.outbox AS o ON o.id = d.event
                WHERE d.answer_by IS NOT NULL AND d.answer IS NULL))""";

    private RequestListQuery() {}

    public static RequestListPage page(
            RequestTransaction transaction, boolean all, @Nullable RequestListPosition after, int size)
            throws SQLException {
        SqlFragment select = SqlTemplate.of(SELECT)
                .fragment("incomplete", RequestRow.INCOMPLETE)
                .fragment("state", RequestRow.STAFF_STATE)
                .bind("kind", transaction.context().kind().text())
                .fragment("which", all ? SqlFragment.of("TRUE") : open())
                .fragment("after", after == null ? SqlFragment.of("TRUE") : after(after))
                .bind("size", size + 1)
                .toFragment();
        List<RequestListEntry> entries = SqlRunner.list(transaction.connection(), select, RequestListQuery::read);
        if (entries.size() <= size) {
            return new RequestListPage(entries, null);
        }
        RequestListEntry last = entries.get(size - 1);
        return new RequestListPage(entries.subList(0, size), new RequestListPosition(last.requestedAt(), last.id()));
    }

    private static SqlFragment open() {
        return SqlTemplate.of(OPEN).fragment("open", RequestRow.OPEN).toFragment();
    }

    private static SqlFragment after(RequestListPosition last) {
        return SqlTemplate.of("(requested_at, id) > (:requestedAt, :id)")
                .bind("requestedAt", last.requestedAt())
                .bind("id", last.id())
                .toFragment();
    }

    private static RequestListEntry read(ResultSet row) throws SQLException {
        Array subject = row.getArray("subject");
        return new RequestListEntry(
                row.getObject("id", UUID.class),
                row.getString("kind"),
                row.getString("state"),
                subject == null ? null : new SubjectKey(List.of((String[]) subject.getArray())).typed(),
                row.getObject("requested_at", OffsetDateTime.class).toInstant(),
                row.getString("requested_by"),
                row.getString("reason"),
                SqlRunner.moment(row, "due_at"),
                row.getInt("attempts"),
                row.getString("failure"),
                row.getBoolean("incomplete"));
    }
}
