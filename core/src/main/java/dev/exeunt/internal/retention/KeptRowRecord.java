package dev.exeunt.internal.retention;

import dev.exeunt.ExeuntException;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.postgres.SearchPath;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectRows;
import dev.exeunt.internal.schema.Column;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Records which rows an erasure keeps until a period is over, in the erasure's transaction. Rows are recorded before the first write,
 * since a step may overwrite the link, and completed after the last one. Does nothing where the map has no {@code then: delete}, or
 * where the product's own tables are not there.
 */
public final class KeptRowRecord {

    private static final SqlFragment THERE = SqlFragment.of("""
            SELECT EXISTS (SELECT FROM pg_catalog.pg_class AS c
                JOIN pg_catalog.pg_namespace AS n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
                WHERE n.nspname OPERATOR(pg_catalog.=) 'exeunt' AND c.relname OPERATOR(pg_catalog.=) 'kept_row')""");

    private final Connection connection;
    private final SubjectRows reach;
    private final Map<PlannedRole, Long> entries = new LinkedHashMap<>();

    private KeptRowRecord(Connection connection, SubjectRows reach) {
        this.connection = connection;
        this.reach = reach;
    }

    /**
     * Refuses an erasure whose kept rows could not be recorded.
     *
     * @throws ExeuntException where the map has {@code then: delete} and the product's own tables are not there
     */
    public static void require(Connection connection, Plan plan) throws SQLException {
        String swept = plan.roles().stream()
                .filter(PlannedRole::isSwept)
                .map(r -> r.id().toString())
                .collect(Collectors.joining(", "));
        if (!swept.isEmpty() && !SqlRunner.isTrue(connection, THERE)) {
            throw new ExeuntException(
                    "Nothing was erased: the map keeps rows for a period and then deletes them (" + swept
                            + "). Exeunt's own tables record which rows these are, and they are not in this database or of an"
                            + " earlier version. Make them: exeunt migrate");
        }
    }

    /** Records the rows that the erasure is about to keep. Before the first step. */
    public static KeptRowRecord begin(Connection connection, SubjectRows reach, UUID erasure, Instant now)
            throws SQLException {
        KeptRowRecord kept = new KeptRowRecord(connection, reach);
        List<PlannedTable> tables = reach.plan().tables().stream()
                .filter(t -> t.roles().stream().anyMatch(r -> r.isSwept() && !reach.isEmpty(r)))
                .toList();
        if (!tables.isEmpty() && SqlRunner.isTrue(connection, THERE)) {
            for (PlannedTable table : tables) {
                for (PlannedRole role : table.roles()) {
                    if (role.isSwept() && !reach.isEmpty(role)) {
                        long entry = kept.addEntry(role, erasure, now);
                        kept.entries.put(role, entry);
                        kept.addRows(table, role, entry);
                    }
                }
            }
        }
        return kept;
    }

    /** Completes the record after the last step: rows that came meanwhile are added, and rows that went are removed. */
    public void complete() throws SQLException {
        if (!entries.isEmpty()) {
            SearchPath.ofRole(connection, c -> completeEntries());
        }
    }

    private long completeEntries() throws SQLException {
        for (Map.Entry<PlannedRole, Long> each : entries.entrySet()) {
            PlannedRole role = each.getKey();
            PlannedTable table = reach.plan().tables().stream()
                    .filter(t -> t.name().equals(role.table().name()))
                    .findFirst()
                    .orElseThrow();
            addRows(table, role, each.getValue());
            SqlRunner.update(connection, hashes(role, each.getValue()));
            SqlRunner.update(
                    connection,
                    SqlTemplate.of("""
                                    DELETE FROM exeunt.kept_row
                                    WHERE kept OPERATOR(pg_catalog.=) :entry AND link_hash IS NULL""").bind("entry", each.getValue()).toFragment());
        }
        return removeEmptyEntries();
    }

    private long addEntry(PlannedRole role, UUID erasure, Instant now) throws SQLException {
        SqlFragment insert = SqlTemplate.of("""
                        INSERT INTO exeunt.kept (erasure, kept_at, subject_kind, flow, table_schema, table_name, role,
                            key_columns, link_columns)
                        VALUES (:erasure, :now, :kind, :flow, :schema, :table, :role, :key, :link) RETURNING id""")
                .bind("erasure", erasure)
                .bind("now", now)
                .bind("kind", reach.plan().subject().kind().text())
                .bind("flow", reach.plan().map().flow().word())
                .bind("schema", role.table().name().schema())
                .bind("table", role.table().name().name())
                .bind("role", role.id().role())
                .bind("key", role.table().primaryKey().toArray(String[]::new))
                .bind("link", role.on().stream().map(Column::name).toArray(String[]::new))
                .toFragment();
        return SqlRunner.one(connection, insert, row -> row.getLong(1));
    }

    /** Adds those of the role's rows that stay and that no other role keeps for good. */
    private void addRows(PlannedTable table, PlannedRole role, long entry) throws SQLException {
        List<PlannedRole> forGood = table.roles().stream()
                .filter(r -> r.outcome().keepsRows() && !r.isSwept())
                .toList();
        SqlFragment insert = SqlTemplate.of("""
                        INSERT INTO exeunt.kept_row (kept, row_key)
                        SELECT :entry, {key} FROM {table} WHERE ({rows}) AND {stays} ON CONFLICT DO NOTHING""")
                .bind("entry", entry)
                .fragment("key", KeptRowSql.texts(role.table(), KeptRowSql.key(role.table())))
                .fragment("table", table.name().quoted())
                .fragment("rows", reach.matchesAnyBut(List.of(role), forGood))
                .fragment("stays", reach.stays(table))
                .toFragment();
        SqlRunner.update(connection, insert);
    }

    private static SqlFragment hashes(PlannedRole role, long entry) {
        return SqlTemplate.of("""
                        UPDATE exeunt.kept_row AS k SET link_hash = {hash} FROM {table}
                        WHERE k.kept OPERATOR(pg_catalog.=) :entry AND {same}""")
                .fragment("hash", KeptRowSql.hash(role.table(), role.on()))
                .fragment("table", role.table().name().quoted())
                .bind("entry", entry)
                .fragment("same", KeptRowSql.sameRow(role.table()))
                .toFragment();
    }

    private long removeEmptyEntries() throws SQLException {
        String[] ids = entries.values().stream().map(String::valueOf).toArray(String[]::new);
        return SqlRunner.update(connection, SqlTemplate.of("""
                                DELETE FROM exeunt.kept AS e
                                WHERE e.id OPERATOR(pg_catalog.=) ANY (:ids::pg_catalog.int8[])
                                    AND NOT EXISTS (SELECT FROM exeunt.kept_row AS k WHERE k.kept OPERATOR(pg_catalog.=) e.id)""").bind("ids", ids).toFragment());
    }
}
