package dev.exeunt.internal.scan;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.SqlType;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.internal.schema.TablePrivileges;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Describes a materialized view as a table that can be scanned.
 *
 * @param readable whether the role may read it, and it has rows
 */
public record MaterializedView(Table table, boolean readable) {

    private static final SqlFragment VIEWS = SqlFragment.of("""
            SELECT n.nspname, c.relname,
                   has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT') AND c.relispopulated AS readable,
                   array_agg(a.attname::text ORDER BY a.attnum) AS columns,
                   array_agg(bn.nspname::text ORDER BY a.attnum) AS schemas,
                   array_agg(b.typname::text ORDER BY a.attnum) AS types,
                   array_agg(b.typcategory::text ORDER BY a.attnum) AS categories
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
            JOIN pg_catalog.pg_type b ON b.oid = CASE t.typtype WHEN 'd' THEN t.typbasetype ELSE t.oid END
            JOIN pg_catalog.pg_namespace bn ON bn.oid = b.typnamespace
            WHERE c.relkind = 'm' AND n.nspname !~ '^pg_' GROUP BY n.oid, c.oid, n.nspname, c.relname ORDER BY 1, 2
            """);

    /** Reads all that the database has, in the pinned search path. */
    public static List<MaterializedView> all(Connection connection) throws SQLException {
        return SqlRunner.list(connection, VIEWS, MaterializedView::read);
    }

    private static MaterializedView read(ResultSet row) throws SQLException {
        List<String> names = SqlRunner.texts(row, "columns");
        List<String> schemas = SqlRunner.texts(row, "schemas");
        List<String> types = SqlRunner.texts(row, "types");
        List<String> categories = SqlRunner.texts(row, "categories");
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String schema = schemas.get(i);
            String type = types.get(i);
            char category = categories.get(i).charAt(0);
            SqlType whole = new SqlType(schema, type, type, category, schema, type, "", null, List.of(), false, false);
            columns.add(new Column(names.get(i), whole, false, false, false, true, false));
        }
        boolean readable = row.getBoolean("readable");
        Table table = new Table(
                new TableName(row.getString(1), row.getString(2)),
                Table.RelationKind.ORDINARY,
                columns,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new TablePrivileges(readable, readable, false, false, true),
                List.of(),
                0);
        return new MaterializedView(table, readable);
    }
}
