package dev.exeunt.internal.schema.catalog;

import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.ForeignKey.ReferentialAction;
import dev.exeunt.internal.schema.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Holds a row of {@link CatalogQueries#FOREIGN_KEYS}.
 *
 * @param child oid of the table, or of the partitioned table it is part of
 * @param parent likewise
 * @param setColumns empty where {@code SET NULL} names none
 */
record CatalogForeignKeyRow(
        long child,
        long parent,
        String name,
        List<String> columns,
        List<String> parentColumns,
        ReferentialAction onDelete,
        ReferentialAction onUpdate,
        List<String> setColumns,
        boolean matchFull,
        boolean deferrable,
        boolean validated) {

    static CatalogForeignKeyRow of(ResultSet row) throws SQLException {
        boolean enforced = row.getBoolean("enforced");
        return new CatalogForeignKeyRow(
                row.getLong("child"),
                row.getLong("parent"),
                row.getString("name"),
                SqlRunner.texts(row, "columns"),
                SqlRunner.texts(row, "parent_columns"),
                enforced && !row.getBoolean("inert_on_delete")
                        ? action(row.getString("on_delete"))
                        : ReferentialAction.NO_ACTION,
                enforced && !row.getBoolean("inert_on_update")
                        ? action(row.getString("on_update"))
                        : ReferentialAction.NO_ACTION,
                SqlRunner.texts(row, "set_columns"),
                row.getBoolean("match_full"),
                row.getBoolean("deferrable"),
                enforced && !row.getBoolean("in_part") && row.getBoolean("validated"));
    }

    ForeignKey toForeignKey(TableName childName, TableName parentName) {
        return new ForeignKey(
                name,
                childName,
                columns,
                parentName,
                parentColumns,
                onDelete,
                onUpdate,
                setColumns.isEmpty() ? columns : setColumns,
                matchFull,
                deferrable,
                validated);
    }

    /** {@code pg_constraint.confdeltype} and {@code confupdtype} */
    private static ReferentialAction action(String type) {
        return switch (type) {
            case "a" -> ReferentialAction.NO_ACTION;
            case "r" -> ReferentialAction.RESTRICT;
            case "c" -> ReferentialAction.CASCADE;
            case "n" -> ReferentialAction.SET_NULL;
            case "d" -> ReferentialAction.SET_DEFAULT;
            default -> throw new IllegalArgumentException("foreign key action " + type);
        };
    }
}
