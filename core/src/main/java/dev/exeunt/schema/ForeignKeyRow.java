package dev.exeunt.schema;

import dev.exeunt.schema.ForeignKey.Action;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * A row of {@link CatalogQueries#FOREIGN_KEYS}.
 *
 * @param child oid of the table, or of the partitioned table it is part of
 * @param parent likewise
 * @param setColumns empty where {@code SET NULL} names none
 */
record ForeignKeyRow(
        long child,
        long parent,
        String name,
        List<String> columns,
        List<String> parentColumns,
        Action onDelete,
        Action onUpdate,
        List<String> setColumns,
        boolean matchFull,
        boolean deferrable,
        boolean validated) {

    static ForeignKeyRow of(ResultSet row) throws SQLException {
        boolean enforced = row.getBoolean("enforced");
        return new ForeignKeyRow(
                row.getLong("child"),
                row.getLong("parent"),
                row.getString("name"),
                SchemaReader.strings(row, "columns"),
                SchemaReader.strings(row, "parent_columns"),
                enforced && !row.getBoolean("inert_on_delete") ? action(row.getString("on_delete")) : Action.NO_ACTION,
                enforced && !row.getBoolean("inert_on_update") ? action(row.getString("on_update")) : Action.NO_ACTION,
                SchemaReader.strings(row, "set_columns"),
                row.getBoolean("match_full"),
                row.getBoolean("deferrable"),
                enforced && !row.getBoolean("in_part") && row.getBoolean("validated"));
    }

    ForeignKey between(TableName childName, TableName parentName) {
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
    private static Action action(String type) {
        return switch (type) {
            case "a" -> Action.NO_ACTION;
            case "r" -> Action.RESTRICT;
            case "c" -> Action.CASCADE;
            case "n" -> Action.SET_NULL;
            case "d" -> Action.SET_DEFAULT;
            default -> throw new IllegalArgumentException("foreign key action " + type);
        };
    }
}
