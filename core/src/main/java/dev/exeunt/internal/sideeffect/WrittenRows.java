package dev.exeunt.internal.sideeffect;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.schema.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * PostgreSQL's own count of the rows this transaction has written, by whatever means: what triggers and cascades wrote shows
 * here and nowhere else. It counts on from transactions shortly before, so two counts within one transaction are compared.
 * All zeros where {@code track_counts} is off. Read in the pinned search path.
 */
public record WrittenRows(Map<Long, WrittenRelation> relations) {

    private static final String QUERY = """
            WITH RECURSIVE above AS (
                SELECT inhrelid AS oid, inhparent AS top FROM pg_inherits
                WHERE inhparent NOT IN (SELECT inhrelid FROM pg_inherits)
                UNION
                SELECT i.inhrelid, a.top FROM above a JOIN pg_inherits i ON i.inhparent = a.oid
            ), written AS (
                SELECT c.oid, c.relname, c.relnamespace, pg_stat_get_xact_tuples_inserted(c.oid) AS inserted,
                    pg_stat_get_xact_tuples_updated(c.oid) AS updated, pg_stat_get_xact_tuples_deleted(c.oid) AS deleted
                FROM pg_class c WHERE c.relkind = 'r')
            SELECT w.oid::int8, n.nspname, w.relname, rn.nspname, r.relname, w.inserted, w.updated, w.deleted
            FROM written w JOIN pg_namespace n ON n.oid = w.relnamespace
            JOIN pg_class r ON r.oid = coalesce((SELECT min(a.top) FROM above a WHERE a.oid = w.oid), w.oid)
            JOIN pg_namespace rn ON rn.oid = r.relnamespace
            WHERE w.inserted + w.updated + w.deleted > 0 AND n.nspname !~ '^pg_'
            """;

    private static final RowCount NOTHING = new RowCount(0, 0, 0);

    /** Counts the rows that a transaction inserted, updated and deleted. */
    public record RowCount(long inserted, long updated, long deleted) {

        public RowCount plus(RowCount other) {
            return new RowCount(inserted + other.inserted, updated + other.updated, deleted + other.deleted);
        }

        RowCount minus(RowCount other) {
            return new RowCount(
                    Math.max(0, inserted - other.inserted),
                    Math.max(0, updated - other.updated),
                    Math.max(0, deleted - other.deleted));
        }

        /** How many row versions there are more. */
        public long versions() {
            return inserted + updated;
        }

        boolean none() {
            return inserted + updated + deleted == 0;
        }
    }

    /**
     * Holds the count of one relation with rows of its own.
     *
     * @param root the table it is a partition of or inherits from, at the top; the relation itself where there is none
     */
    public record WrittenRelation(long oid, TableName name, TableName root, RowCount rows) {}

    static WrittenRows read(Connection connection) throws SQLException {
        Map<Long, WrittenRelation> relations = new LinkedHashMap<>();
        SqlRunner.forEach(
                connection,
                SqlFragment.of(QUERY),
                0,
                row -> relations.put(
                        row.getLong(1),
                        new WrittenRelation(
                                row.getLong(1),
                                new TableName(row.getString(2), row.getString(3)),
                                new TableName(row.getString(4), row.getString(5)),
                                new RowCount(row.getLong(6), row.getLong(7), row.getLong(8)))));
        return new WrittenRows(relations);
    }

    /** The relations that were written since, with the rows of the time since. */
    List<WrittenRelation> since(WrittenRows before) {
        List<WrittenRelation> written = new ArrayList<>();
        relations.values().forEach(now -> {
            WrittenRelation then = before.relations.get(now.oid());
            RowCount rows = then == null ? now.rows() : now.rows().minus(then.rows());
            if (!rows.none()) {
                written.add(new WrittenRelation(now.oid(), now.name(), now.root(), rows));
            }
        });
        return written;
    }

    /** What was written, by table, less what an erasure's own steps wrote. Rows of partitions and inheriting tables are their root's. */
    static Map<TableName, RowCount> besides(List<WrittenRelation> written, SideEffectCheck.OwnWrites own) {
        Map<TableName, RowCount> byTable = new TreeMap<>();
        Map<TableName, TableName> roots = new TreeMap<>();
        written.forEach(w -> {
            roots.put(w.name(), w.root());
            byTable.merge(w.root(), w.rows(), RowCount::plus);
        });
        own.rows()
                .forEach((table, rows) ->
                        byTable.computeIfPresent(roots.getOrDefault(table, table), (root, all) -> all.minus(rows)));
        byTable.values().removeIf(NOTHING::equals);
        return byTable;
    }
}
