package dev.exeunt.internal.request;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.request.RequestListPage;
import dev.exeunt.request.RequestListPage.RequestListEntry;
import dev.exeunt.request.RequestListPage.RequestListPosition;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads all requests in pages for staff, the oldest first. */
public final class RequestListQuery {

    private static final String SELECT = """
            SELECT id, kind, state, subject, requested_at, requested_by, due_at, attempts, failure
            FROM exeunt.request WHERE subject_kind = ?""";

    private static final String OPEN =
            " AND (state IN ('pending', 'running') OR kind <> 'export' AND state IN " + RequestTable.OPEN + ")";

    private RequestListQuery() {}

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
