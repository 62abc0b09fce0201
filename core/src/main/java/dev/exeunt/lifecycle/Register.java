package dev.exeunt.lifecycle;

import dev.exeunt.postgres.Fragment;
import dev.exeunt.reach.SubjectKey;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Everybody's requests, for staff: those to leave and those to have one's data, the oldest first. */
public final class Register {

    private static final String SELECT = """
            SELECT id, kind, state, subject, requested_at, requested_by, due_at, attempts, failure
            FROM exeunt.request WHERE\s""";

    private static final String OPEN =
            "(state IN ('pending', 'running') OR kind <> 'export' AND state IN " + Requests.OPEN + ")";

    private Register() {}

    /**
     * Where one stands in the list.
     *
     * @param subject the key as somebody types it; null once the account is erased. Never to be logged
     * @param kind {@code export}, or a flow's word
     */
    public record Entry(
            UUID id,
            String kind,
            String state,
            @Nullable String subject,
            Instant requestedAt,
            String requestedBy,
            @Nullable Instant dueAt,
            int attempts,
            @Nullable String failure) {

        public Deadlines deadlines() {
            return Deadlines.of(requestedAt);
        }

        @Override
        public String toString() {
            return "Entry[" + id + "]";
        }
    }

    /** The last of a page: where the next begins. */
    public record After(Instant requestedAt, UUID id) {}

    /**
     * A page of the list.
     *
     * @param next null at the end
     */
    public record Page(List<Entry> entries, @Nullable After next) {
        public Page {
            entries = List.copyOf(entries);
        }
    }

    static Page page(Connection connection, boolean all, @Nullable After after, int size) throws SQLException {
        Fragment select = Fragment.trusted(SELECT + (all ? "TRUE" : OPEN));
        if (after != null) {
            select = select.plus(Fragment.of(
                    " AND (requested_at, id) > (CAST(? AS timestamptz), ?::uuid)",
                    after.requestedAt().toString(),
                    after.id().toString()));
        }
        select = select.plus(
                Fragment.of(" ORDER BY requested_at, id LIMIT CAST(? AS integer)", Integer.toString(size + 1)));
        List<Entry> entries = new ArrayList<>();
        try (PreparedStatement statement = select.prepare(connection);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                entries.add(read(row));
            }
        }
        if (entries.size() <= size) {
            return new Page(entries, null);
        }
        Entry last = entries.get(size - 1);
        return new Page(entries.subList(0, size), new After(last.requestedAt(), last.id()));
    }

    private static Entry read(ResultSet row) throws SQLException {
        Array subject = row.getArray("subject");
        OffsetDateTime due = row.getObject("due_at", OffsetDateTime.class);
        return new Entry(
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
