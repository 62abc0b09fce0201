package dev.exeunt.internal.retention;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.KeyPredicate;
import dev.exeunt.internal.schema.Table;
import java.util.List;

/** Writes the SQL conditions that recognise a row which an erasure kept in an application table. */
public final class KeptRowSql {

    private KeptRowSql() {}

    /** Returns the columns of the table's primary key; empty where it has none. */
    public static List<Column> key(Table table) {
        return table.primaryKey().stream().map(table::require).toList();
    }

    /** Returns the texts of these columns as one array. */
    static SqlFragment texts(Table table, List<Column> columns) {
        List<SqlFragment> texts = columns.stream()
                .map(c -> SqlTemplate.of("{table}.{column}::pg_catalog.text")
                        .fragment("table", table.name().quoted())
                        .identifier("column", c.name())
                        .toFragment())
                .toList();
        return SqlTemplate.of("ARRAY[{texts}]").fragments("texts", ", ", texts).toFragment();
    }

    /** Returns the SHA-256 of the values of these columns. */
    public static SqlFragment hash(Table table, List<Column> columns) {
        return SqlTemplate.of("""
                        pg_catalog.sha256(pg_catalog.convert_to({texts}::pg_catalog.text, 'UTF8'))""").fragment("texts", texts(table, columns)).toFragment();
    }

    /** Returns the condition that a row of the table has the key of the recorded row {@code k}. */
    public static SqlFragment sameRow(Table table) {
        List<Column> key = key(table);
        return KeyPredicate.of(
                table.name().quoted(),
                key,
                i -> SqlTemplate.of("(k.row_key)[:place]::{type}")
                        .bind("place", i + 1)
                        .fragment("type", key.get(i).type().quotedBase())
                        .toFragment());
    }
}
