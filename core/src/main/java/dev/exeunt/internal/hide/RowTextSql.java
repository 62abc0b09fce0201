package dev.exeunt.internal.hide;

import dev.exeunt.internal.postgres.SqlQuoting;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.Index;
import dev.exeunt.internal.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Builds SQL that saves row values as text and casts them back to their types. */
final class RowTextSql {

    private RowTextSql() {}

    /** {@code ARRAY["a"::pg_catalog.text, "b"::pg_catalog.text]}, of columns known as {@code of}. */
    static String array(String of, List<String> columns) {
        return columns.stream()
                .map(c -> of + "." + SqlQuoting.identifier(c) + "::pg_catalog.text")
                .collect(Collectors.joining(", ", "ARRAY[", "]::pg_catalog.text[]"));
    }

    /** {@code CAST("from"[2] AS type)}, back to a column's own type. */
    static String value(String from, int position, Column column) {
        return "CAST(" + from + "[" + position + "] AS " + column.type().quoted() + ")";
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
    static String found(Table table, String row, List<String> key, String values) {
        List<String> equal = new ArrayList<>();
        for (int i = 0; i < key.size(); i++) {
            String column = key.get(i);
            equal.add(row + "." + SqlQuoting.identifier(column) + " "
                    + table.require(column).type().equality() + " " + value(values, i + 1, table.require(column)));
        }
        return String.join(" AND ", equal);
    }
}
