package dev.exeunt.internal.enforce;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A table and one that it inherits from, at any distance. Partitions are not among them. */
record InheritedTable(TableName child, TableName parent) {

    private static final String PAIRS = """
            WITH RECURSIVE above AS (
                SELECT i.inhrelid AS child, i.inhparent AS parent
                FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid
                WHERE i.inhrelid = ANY (:tables::regclass[]) AND NOT c.relispartition
                UNION
                SELECT a.child, i.inhparent FROM above AS a JOIN pg_inherits AS i ON i.inhrelid = a.parent)
            SELECT cn.nspname::text, c.relname::text, pn.nspname::text, p.relname::text
            FROM above AS a JOIN pg_class AS c ON c.oid = a.child JOIN pg_namespace AS cn ON cn.oid = c.relnamespace
            JOIN pg_class AS p ON p.oid = a.parent JOIN pg_namespace AS pn ON pn.oid = p.relnamespace ORDER BY 1, 2, 3, 4""";

    /** @param children names as SQL writes them */
    static List<InheritedTable> list(Connection connection, String[] children) throws SQLException {
        SqlFragment select = SqlTemplate.of(PAIRS).bind("tables", children).toFragment();
        return SqlRunner.list(
                connection,
                select,
                row -> new InheritedTable(
                        new TableName(row.getString(1), row.getString(2)),
                        new TableName(row.getString(3), row.getString(4))));
    }
}
