package dev.exeunt.erase.hide;

import dev.exeunt.plan.KeySource;
import dev.exeunt.plan.Plan;
import dev.exeunt.plan.PlannedRole;
import dev.exeunt.plan.PlannedSubject;
import dev.exeunt.postgres.Fragment;
import dev.exeunt.postgres.Quote;
import dev.exeunt.reach.FormerValue;
import dev.exeunt.reach.SubjectKey;
import dev.exeunt.schema.Column;
import dev.exeunt.schema.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What requests have hidden, for those who erase it. */
public final class Hidden {

    private static final String MOVED = """
            SELECT EXISTS (SELECT FROM exeunt.hidden WHERE request = ANY (?::uuid[]) AND action = 'stash')
            """;

    private static final String FORMER = """
            SELECT u.key, lower(u.was[c.place])
            FROM exeunt.hidden h
            CROSS JOIN unnest(h.columns) WITH ORDINALITY AS c(name, place)
            JOIN exeunt.undo u USING (request, step)
            WHERE request = ANY (?::uuid[]) AND h.table_schema = ? AND h.table_name = ? AND c.name = ?
                AND h.key_columns = ?::text[] AND u.was[c.place] IS NOT NULL
            """;

    private final Connection connection;
    private final String[] requests;

    public Hidden(Connection connection, List<UUID> requests) {
        this.connection = connection;
        this.requests = requests.stream().map(UUID::toString).toArray(String[]::new);
    }

    /** Whether any row was moved out of its table. */
    public boolean moved() throws SQLException {
        try (PreparedStatement statement = Fragment.of(MOVED, (Object) requests).prepare(connection);
                ResultSet row = statement.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** What the people's identifiers were. */
    public List<FormerValue> identifiers(PlannedSubject subject) throws SQLException {
        List<FormerValue> former = new ArrayList<>();
        for (Column identifier : subject.identifiers()) {
            TableName table = subject.table().name();
            String[] key = subject.key().stream().map(Column::name).toArray(String[]::new);
            Fragment select = Fragment.of(FORMER, requests, table.schema(), table.name(), identifier.name(), key);
            try (PreparedStatement statement = select.prepare(connection);
                    ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    List<String> parts = List.of((String[]) row.getArray(1).getArray());
                    former.add(new FormerValue(new SubjectKey(parts), identifier, row.getString(2)));
                }
            }
        }
        return former;
    }

    /** Forgets everything, former and stashed values included. */
    public void forget() throws SQLException {
        try (PreparedStatement statement = Fragment.of(
                        "DELETE FROM exeunt.hidden WHERE request = ANY (?::uuid[])", (Object) requests)
                .prepare(connection)) {
            statement.executeUpdate();
        }
    }

    /**
     * The plan, for those rows only that were there when the request was made: a column says so, or the request hid them. What
     * hangs off a row that goes goes or lets go with it, however new it is.
     *
     * @param plan of <em>delete my data</em>
     */
    public static Plan then(Plan plan, UUID request, Instant requestedAt) {
        return plan.narrowed(
                role -> role.writes() && !under(role, plan) ? role.narrowed(old(role, request, requestedAt)) : role);
    }

    private static boolean under(PlannedRole role, Plan plan) {
        return role.source() instanceof KeySource.RowsOf rows
                && rows.roles().stream()
                        .allMatch(r -> plan.role(r).map(PlannedRole::deletes).orElse(false));
    }

    private static String old(PlannedRole role, UUID request, Instant requestedAt) {
        String name = role.table().name().quoted();
        List<String> either = new ArrayList<>();
        Column created = role.hiding().created();
        if (created != null) {
            either.add(name + "." + Quote.identifier(created.name()) + " < CAST('" + requestedAt + "' AS timestamptz)");
        }
        RowText.key(role.table())
                .ifPresent(key -> either.add(RowText.array(name, key)
                        + " IN (SELECT exeunt_w.key FROM exeunt.hidden exeunt_h JOIN (SELECT request, step, key FROM exeunt.undo"
                        + " UNION ALL SELECT request, step, key FROM exeunt.stash) exeunt_w USING (request, step)"
                        + " WHERE exeunt_h.request = '" + request + "' AND exeunt_h.table_schema = "
                        + Quote.literal(role.table().name().schema()) + " AND exeunt_h.table_name = "
                        + Quote.literal(role.table().name().name()) + " AND exeunt_w.key IS NOT NULL)"));
        return either.isEmpty() ? "FALSE" : "(" + String.join(" OR ", either) + ")";
    }
}
