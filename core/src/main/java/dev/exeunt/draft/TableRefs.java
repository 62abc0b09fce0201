package dev.exeunt.draft;

import dev.exeunt.schema.DatabaseSchema;
import dev.exeunt.schema.Table;
import dev.exeunt.schema.TableName;
import java.util.List;

/** Writes tables' names so that a map's reader finds exactly these tables. */
final class TableRefs {

    private final DatabaseSchema schema;

    TableRefs(DatabaseSchema schema) {
        this.schema = schema;
    }

    /** The bare name in {@code public}, with its schema elsewhere; quoted as in SQL where a dot or a quote is in it. */
    String text(TableName name) {
        return bare(name) ? part(name.name()) : part(name.schema()) + "." + part(name.name());
    }

    /** Whether nobody could take the bare name for another table's. */
    private boolean bare(TableName name) {
        List<TableName> same = schema.tables().stream()
                .map(Table::name)
                .filter(n -> n.name().equals(name.name()))
                .toList();
        return name.schema().equals("public") && same.size() == 1;
    }

    private static String part(String name) {
        return name.contains(".") || name.contains("\"") ? '"' + name.replace("\"", "\"\"") + '"' : name;
    }
}
