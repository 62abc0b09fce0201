package dev.exeunt.internal.hide;

import dev.exeunt.internal.map.HideRule;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedHiding.Watermark;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlQuoting;
import dev.exeunt.internal.reach.FormerIdentifier;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reads and deletes what requests have hidden, and limits erasure plans to those rows. */
public final class HiddenRows {

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

    public HiddenRows(Connection connection, List<UUID> requests) {
        this.connection = connection;
        this.requests = requests.stream().map(UUID::toString).toArray(String[]::new);
    }

    /** Whether any row was moved out of its table. */
    public boolean hasStashedRows() throws SQLException {
        try (PreparedStatement statement =
                        SqlFragment.of(MOVED, (Object) requests).prepare(connection);
                ResultSet row = statement.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** What the people's identifiers were. */
    public List<FormerIdentifier> identifiers(PlannedSubject subject) throws SQLException {
        List<FormerIdentifier> former = new ArrayList<>();
        for (Column identifier : subject.identifiers()) {
            TableName table = subject.table().name();
            String[] key = subject.key().stream().map(Column::name).toArray(String[]::new);
            SqlFragment select = SqlFragment.of(FORMER, requests, table.schema(), table.name(), identifier.name(), key);
            try (PreparedStatement statement = select.prepare(connection);
                    ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    List<String> parts = List.of((String[]) row.getArray(1).getArray());
                    former.add(new FormerIdentifier(new SubjectKey(parts), identifier, row.getString(2)));
                }
            }
        }
        return former;
    }

    /** Forgets everything, former and stashed values included. */
    public void forget() throws SQLException {
        try (PreparedStatement statement = SqlFragment.of(
                        "DELETE FROM exeunt.hidden WHERE request = ANY (?::uuid[])", (Object) requests)
                .prepare(connection)) {
            statement.executeUpdate();
        }
    }

    /**
     * The plan, for those rows only that were there when the request was made: a column says so, or the request has marked or moved
     * them. Rows that were moved are back. What
     * hangs off a row that goes goes or lets go with it, however new it is.
     *
     * @param plan of <em>delete my data</em>
     */
    public static Plan limitToRequestTime(Plan plan, UUID request, Instant requestedAt) {
        return plan.narrowed(
                role -> role.writes() && !under(role, plan) ? role.narrowed(old(role, request, requestedAt)) : role);
    }

    /**
     * The plan of hiding once more, for those rows only that were there when <em>delete my data</em> was asked for: a column says
     * when they came, or one of these requests has hidden them, and it is still written down.
     */
    public static Plan limitToHiddenRows(Plan plan, List<UUID> requests, Instant requestedAt) {
        return plan.narrowed(
                role -> role.writes() && !under(role, plan) ? role.narrowed(hid(role, requests, requestedAt)) : role);
    }

    private static String hid(PlannedRole role, List<UUID> requests, Instant requestedAt) {
        TableName table = role.table().name();
        Column created = role.hiding().created();
        if (created != null) {
            return earlier(table, created, "<", requestedAt);
        }
        String any = requests.stream().map(UUID::toString).collect(Collectors.joining(",", "'{", "}'"));
        return RowTextSql.key(role.table())
                .map(key -> RowTextSql.array(table.quoted(), key)
                        + writtenDown(
                                "(SELECT request, step, key FROM exeunt.undo UNION ALL SELECT request, step, key"
                                        + " FROM exeunt.stash)",
                                table,
                                any))
                .orElse("FALSE");
    }

    private static boolean under(PlannedRole role, Plan plan) {
        return role.source() instanceof KeySource.RoleRows rows
                && rows.roles().stream()
                        .allMatch(r -> plan.role(r).map(PlannedRole::deletes).orElse(false));
    }

    /** What went for good at the request is not there any more. */
    private static String old(PlannedRole role, UUID request, Instant requestedAt) {
        String name = role.table().name().quoted();
        Optional<Watermark> watermark = role.hiding().watermark();
        if (watermark.isPresent()) {
            String comparison = watermark.get().created() ? "<" : "<=";
            return earlier(role.table().name(), watermark.get().column(), comparison, requestedAt);
        }
        return RowTextSql.key(role.table())
                .filter(key -> role.hiding().how() instanceof HideRule.StashRows)
                .map(key -> RowTextSql.array(name, key) + stashed(role.table().name(), request))
                .orElse("FALSE");
    }

    /** What follows a row's key as texts: that a request has moved it away. */
    static String stashed(TableName table, UUID request) {
        return writtenDown("exeunt.stash", table, "'{" + request + "}'");
    }

    private static String writtenDown(String where, TableName table, String requests) {
        return " OPERATOR(pg_catalog.=) ANY (SELECT exeunt_w.key FROM exeunt.hidden exeunt_h JOIN " + where
                + " exeunt_w ON exeunt_w.request OPERATOR(pg_catalog.=) exeunt_h.request"
                + " AND exeunt_w.step OPERATOR(pg_catalog.=) exeunt_h.step WHERE exeunt_h.request OPERATOR(pg_catalog.=) ANY ("
                + requests + "::pg_catalog.uuid[]) AND exeunt_h.table_schema OPERATOR(pg_catalog.=) "
                + SqlQuoting.literal(table.schema()) + " AND exeunt_h.table_name OPERATOR(pg_catalog.=) "
                + SqlQuoting.literal(table.name()) + " AND exeunt_w.key IS NOT NULL)";
    }

    private static String earlier(TableName table, Column column, String comparison, Instant than) {
        return table.quoted() + "." + SqlQuoting.identifier(column.name()) + " OPERATOR(pg_catalog." + comparison
                + ") CAST('" + than + "' AS pg_catalog.timestamptz)";
    }
}
