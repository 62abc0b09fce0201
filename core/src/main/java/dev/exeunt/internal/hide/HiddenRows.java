package dev.exeunt.internal.hide;

import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedHiding.Watermark;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.FormerIdentifier;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads and deletes what requests have hidden, and limits erasure plans to those rows. */
public final class HiddenRows {

    private static final String MOVED = """
            SELECT EXISTS (SELECT FROM exeunt.hidden WHERE request = ANY (:requests) AND action = 'stash')
            """;

    private static final String FORMER = """
            SELECT u.key, lower(u.was[c.place])
            FROM exeunt.hidden h
            CROSS JOIN unnest(h.columns) WITH ORDINALITY AS c(name, place)
            JOIN exeunt.undo u USING (request, step)
            WHERE request = ANY (:requests) AND h.table_schema = :schema AND h.table_name = :table AND c.name = :identifier
                AND h.key_columns = :key AND u.was[c.place] IS NOT NULL
            """;

    private static final String WRITTEN_DOWN = """
            {key} OPERATOR(pg_catalog.=) ANY (
                SELECT exeunt_w.key FROM exeunt.hidden exeunt_h
                JOIN {rows} exeunt_w ON exeunt_w.request OPERATOR(pg_catalog.=) exeunt_h.request
                    AND exeunt_w.step OPERATOR(pg_catalog.=) exeunt_h.step
                WHERE exeunt_h.request OPERATOR(pg_catalog.=) ANY (:requests)
                    AND exeunt_h.table_schema OPERATOR(pg_catalog.=) :schema
                    AND exeunt_h.table_name OPERATOR(pg_catalog.=) :table
                    AND exeunt_w.key IS NOT NULL)""";

    private static final SqlFragment STASH = SqlFragment.of("exeunt.stash");

    private static final SqlFragment UNDO_AND_STASH = SqlFragment.of("""
            (SELECT request, step, key FROM exeunt.undo UNION ALL SELECT request, step, key FROM exeunt.stash)""");

    private static final SqlFragment NONE = SqlFragment.of("FALSE");

    private final Connection connection;
    private final List<UUID> requests;

    public HiddenRows(Connection connection, List<UUID> requests) {
        this.connection = connection;
        this.requests = List.copyOf(requests);
    }

    /** Whether any row was moved out of its table. */
    public boolean hasStashedRows() throws SQLException {
        return SqlRunner.isTrue(
                connection, SqlTemplate.of(MOVED).bind("requests", requests).toFragment());
    }

    /** What the people's identifiers were. */
    public List<FormerIdentifier> identifiers(PlannedSubject subject) throws SQLException {
        List<FormerIdentifier> former = new ArrayList<>();
        for (Column identifier : subject.identifiers()) {
            TableName table = subject.table().name();
            SqlFragment select = SqlTemplate.of(FORMER)
                    .bind("requests", requests)
                    .bind("schema", table.schema())
                    .bind("table", table.name())
                    .bind("identifier", identifier.name())
                    .bind("key", subject.key().stream().map(Column::name).toArray(String[]::new))
                    .toFragment();
            former.addAll(SqlRunner.list(connection, select, row -> {
                List<String> parts = List.of((String[]) row.getArray(1).getArray());
                return new FormerIdentifier(new SubjectKey(parts), identifier, row.getString(2));
            }));
        }
        return former;
    }

    /** Forgets everything, former and stashed values included. */
    public void forget() throws SQLException {
        SqlRunner.update(
                connection,
                SqlTemplate.of("DELETE FROM exeunt.hidden WHERE request = ANY (:requests)")
                        .bind("requests", requests)
                        .toFragment());
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

    /**
     * The plan of hiding, for those rows only that were there when <em>delete my data</em> was asked for. Rows without a column that says
     * when they came count as old.
     */
    public static Plan limitToOlderRows(Plan plan, Instant requestedAt) {
        return plan.narrowed(role -> {
            Column created = role.hiding().created();
            return role.writes() && !under(role, plan) && created != null
                    ? role.narrowed(madeBefore(role.table().name(), created, requestedAt))
                    : role;
        });
    }

    private static SqlFragment hid(PlannedRole role, List<UUID> requests, Instant requestedAt) {
        SqlFragment hidden = writtenDown(UNDO_AND_STASH, role, requests);
        Column created = role.hiding().created();
        return created != null ? or(madeBefore(role.table().name(), created, requestedAt), hidden) : hidden;
    }

    private static SqlFragment or(SqlFragment one, SqlFragment other) {
        return SqlTemplate.of("({one} OR {other})")
                .fragment("one", one)
                .fragment("other", other)
                .toFragment();
    }

    private static boolean under(PlannedRole role, Plan plan) {
        return role.source() instanceof KeySource.RoleRows rows
                && rows.roles().stream()
                        .allMatch(r -> plan.role(r).map(PlannedRole::deletes).orElse(false));
    }

    /** What went for good at the request is not there any more. */
    private static SqlFragment old(PlannedRole role, UUID request, Instant requestedAt) {
        Optional<Watermark> watermark = role.hiding().watermark();
        if (watermark.isPresent()) {
            Column column = watermark.get().column();
            SqlFragment older = watermark.get().created()
                    ? madeBefore(role.table().name(), column, requestedAt)
                    : markedUntil(role.table().name(), column, requestedAt);
            return or(older, writtenDown(UNDO_AND_STASH, role, List.of(request)));
        }
        return role.hiding().outcome().putsRowsAside() ? stashed(role, request) : NONE;
    }

    /** True for those of the role's rows that a request has moved away. */
    static SqlFragment stashed(PlannedRole role, UUID request) {
        return writtenDown(STASH, role, List.of(request));
    }

    private static SqlFragment writtenDown(SqlFragment rows, PlannedRole role, List<UUID> requests) {
        TableName table = role.table().name();
        return RowTextSql.key(role.table())
                .map(key -> SqlTemplate.of(WRITTEN_DOWN)
                        .fragment("key", RowTextSql.array(table.quoted(), key))
                        .fragment("rows", rows)
                        .bind("requests", requests)
                        .bind("schema", table.schema())
                        .bind("table", table.name())
                        .toFragment())
                .orElse(NONE);
    }

    /** A row that does not say when it was made counts as old: it goes with the request. */
    private static SqlFragment madeBefore(TableName table, Column created, Instant moment) {
        return comparedWith(
                "({table}.{column} OPERATOR(pg_catalog.<) :moment OR {table}.{column} IS NULL)",
                table,
                created,
                moment);
    }

    private static SqlFragment markedUntil(TableName table, Column marker, Instant moment) {
        return comparedWith("{table}.{column} OPERATOR(pg_catalog.<=) :moment", table, marker, moment);
    }

    private static SqlFragment comparedWith(String template, TableName table, Column column, Instant moment) {
        return SqlTemplate.of(template)
                .fragment("table", table.quoted())
                .identifier("column", column.name())
                .bind("moment", moment)
                .toFragment();
    }
}
