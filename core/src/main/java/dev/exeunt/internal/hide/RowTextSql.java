package dev.exeunt.internal.hide;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.Index;
import dev.exeunt.internal.schema.KeyPredicate;
import dev.exeunt.internal.schema.Table;
import java.util.List;
import java.util.Optional;

/** Builds SQL that saves row values as text and casts them back to their types. */
final class RowTextSql {

    private RowTextSql() {}

    /** {@code ARRAY["a"::pg_catalog.text, "b"::pg_catalog.text]}, of columns known as {@code of}. */
    static SqlFragment array(String of, List<String> columns) {
        return SqlTemplate.of("ARRAY[{columns}]::pg_catalog.text[]")
                .fragment("columns", columns.stream().map(c -> text(of, c)).collect(SqlFragment.joining(", ")))
                .toFragment();
    }

    private static SqlFragment text(String of, String column) {
        return SqlTemplate.of("{table}.{column}::pg_catalog.text")
                .fragment("table", of)
                .identifier("column", column)
                .toFragment();
    }

    /** {@code from[2]}, from 1. */
    static SqlFragment element(String from, int position) {
        return SqlTemplate.of("{array}[{position}]")
                .fragment("array", from)
                .fragment("position", Integer.toString(position))
                .toFragment();
    }

    /** {@code CAST(from[2] AS type)}, back to a column's own type. */
    static SqlFragment value(String from, int position, Column column) {
        return SqlTemplate.of("CAST({element} AS {type})")
                .fragment("element", element(from, position))
                .fragment("type", column.type().quoted())
                .toFragment();
    }

    /** What a row is moved with: all that is not computed from the rest. */
    static List<String> stored(Table table) {
        return table.columns().stream()
                .filter(c -> !c.generated())
                .map(Column::name)
                .toList();
    }

    /** Columns that tell a row from every other, and are never NULL. */
    static Optional<List<String>> key(Table table) {
        if (!table.primaryKey().isEmpty()) {
            return Optional.of(table.primaryKey());
        }
        return table.indexes().stream()
                .filter(Index::uniqueForAll)
                .map(Index::columns)
                .filter(columns ->
                        columns.stream().allMatch(c -> table.require(c).nullFree()))
                .findFirst();
    }

    /** {@code t."id" OPERATOR(pg_catalog.=) CAST(u.key[1] AS bigint) AND …} */
    static SqlFragment found(Table table, String row, List<String> key, String values) {
        List<Column> columns = key.stream().map(table::require).toList();
        return KeyPredicate.of(row, columns, i -> value(values, i + 1, columns.get(i)));
    }
}
