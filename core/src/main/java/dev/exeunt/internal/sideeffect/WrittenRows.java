package dev.exeunt.internal.sideeffect;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
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
 * All zeros where {@code track_counts} is off. Exeunt's own tables are left out. Read in the pinned search path.
 */
public record WrittenRows(Map<Long, WrittenRelation> relations) {

    /** The roots are asked for only where a relation has a table above it: this runs twice in every erasure. */
    private static final SqlFragment COUNTS = SqlFragment.of("""
            SELECT c.oid::int8, n.nspname, c.relname, c.inserted, c.updated, c.deleted,
                EXISTS (SELECT FROM pg_inherits i WHERE i.inhrelid = c.oid)
            FROM (
                SELECT oid, relname, relnamespace, pg_stat_get_xact_tuples_inserted(oid) AS inserted,
                    pg_stat_get_xact_tuples_updated(oid) AS updated, pg_stat_get_xact_tuples_deleted(oid) AS deleted
                FROM pg_class WHERE relkind = 'r' AND oid >= 16384) c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.inserted + c.updated + c.deleted > 0 AND n.nspname !~ '^pg_' AND n.nspname <> 'exeunt'
            """);

    private static final String ROOTS = """
            WITH RECURSIVE above AS (
                SELECT inhrelid AS oid, inhparent AS top FROM pg_inherits
                WHERE inhparent NOT IN (SELECT inhrelid FROM pg_inherits)
                UNION
                SELECT i.inhrelid, a.top FROM above a JOIN pg_inherits i ON i.inhparent = a.oid
            )
            SELECT b.oid::int8, n.nspname, r.relname
            FROM (SELECT oid, min(top) AS top FROM above WHERE oid = ANY (:below::oid[]) GROUP BY oid) b
            JOIN pg_class r ON r.oid = b.top JOIN pg_namespace n ON n.oid = r.relnamespace
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
    public record WrittenRelation(long oid, TableName name, TableName root, RowCount rows) {

        WrittenRelation under(TableName top) {
            return new WrittenRelation(oid, name, top, rows);
        }
    }

    static WrittenRows read(Connection connection) throws SQLException {
        Map<Long, WrittenRelation> relations = new LinkedHashMap<>();
        List<String> below = new ArrayList<>();
        SqlRunner.forEach(connection, COUNTS, 0, row -> {
            TableName name = new TableName(row.getString(2), row.getString(3));
            RowCount rows = new RowCount(row.getLong(4), row.getLong(5), row.getLong(6));
            relations.put(row.getLong(1), new WrittenRelation(row.getLong(1), name, name, rows));
            if (row.getBoolean(7)) {
                below.add(row.getString(1));
            }
        });
        if (!below.isEmpty()) {
            SqlFragment roots = SqlTemplate.of(ROOTS)
                    .bind("below", below.toArray(String[]::new))
                    .toFragment();
            SqlRunner.forEach(connection, roots, 0, row -> {
                TableName top = new TableName(row.getString(2), row.getString(3));
                relations.computeIfPresent(row.getLong(1), (oid, r) -> r.under(top));
            });
        }
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
