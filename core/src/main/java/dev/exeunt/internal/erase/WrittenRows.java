package dev.exeunt.internal.erase;

import dev.exeunt.erase.Receipt;
import dev.exeunt.erase.RehearsalResult.SideEffectRows;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.schema.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * PostgreSQL's own count of the rows this transaction has written, by whatever means: what triggers and cascades wrote shows
 * here and nowhere else. It counts on from transactions shortly before, so two counts within one transaction are compared.
 * All zeros where {@code track_counts} is off.
 */
record WrittenRows(Map<TableName, WrittenRowCount> counts) {

    private static final String QUERY = """
            SELECT n.nspname, r.relname,
                   sum(pg_catalog.pg_stat_get_xact_tuples_inserted(c.oid))::pg_catalog.int8,
                   sum(pg_catalog.pg_stat_get_xact_tuples_updated(c.oid))::pg_catalog.int8,
                   sum(pg_catalog.pg_stat_get_xact_tuples_deleted(c.oid))::pg_catalog.int8
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_class r ON r.oid = coalesce(pg_catalog.pg_partition_root(c.oid), c.oid)
            JOIN pg_catalog.pg_namespace n ON n.oid = r.relnamespace
            WHERE c.relkind = 'r' AND n.nspname !~ '^pg_'
            GROUP BY n.nspname, r.relname
            HAVING sum(pg_catalog.pg_stat_get_xact_tuples_inserted(c.oid)
                       + pg_catalog.pg_stat_get_xact_tuples_updated(c.oid)
                       + pg_catalog.pg_stat_get_xact_tuples_deleted(c.oid)) > 0
            """;

    private static final WrittenRowCount NOTHING = new WrittenRowCount(0, 0, 0);

    /** Counts the rows of a table that a transaction inserted, updated and deleted. */
    record WrittenRowCount(long inserted, long updated, long deleted) {}

    static WrittenRows read(Connection connection) throws SQLException {
        Map<TableName, WrittenRowCount> counts = new TreeMap<>();
        SqlRunner.forEach(
                connection,
                SqlFragment.of(QUERY),
                0,
                row -> counts.put(
                        new TableName(row.getString(1), row.getString(2)),
                        new WrittenRowCount(row.getLong(3), row.getLong(4), row.getLong(5))));
        return new WrittenRows(counts);
    }

    /** What was written since, less what an erasure says that its own steps wrote. */
    List<SideEffectRows> sideEffectsSince(WrittenRows before, Receipt receipt) {
        Map<String, Receipt.TableReceipt> own =
                receipt.tables().stream().collect(Collectors.toMap(Receipt.TableReceipt::table, Function.identity()));
        List<SideEffectRows> aside = new ArrayList<>();
        counts.forEach((table, now) -> {
            WrittenRowCount then = before.counts.getOrDefault(table, NOTHING);
            Receipt.TableReceipt steps = own.get(table.toString());
            long inserted = now.inserted() - then.inserted();
            long updated = now.updated() - then.updated() - (steps == null ? 0 : steps.changed());
            long deleted = now.deleted() - then.deleted() - (steps == null ? 0 : steps.deleted());
            if (inserted > 0 || updated > 0 || deleted > 0) {
                aside.add(new SideEffectRows(
                        table.toString(), Math.max(0, inserted), Math.max(0, updated), Math.max(0, deleted)));
            }
        });
        return aside;
    }
}
