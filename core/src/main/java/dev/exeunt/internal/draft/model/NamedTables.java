package dev.exeunt.internal.draft.model;

import dev.exeunt.internal.draft.names.NameWords;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.Table;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells which tables the name of a column names before {@code id}, as {@code realm_id} names a table {@code realm}. */
final class NamedTables {

    private static final Set<String> ENDINGS = Set.of("id", "uuid", "ref");

    /** by their names in the singular */
    private final Map<String, List<Table>> tables;

    NamedTables(DatabaseSchema schema) {
        this.tables = schema.tables().stream()
                .collect(Collectors.groupingBy(
                        t -> String.join("", NameWords.singular(t.name().name()))));
    }

    List<Table> of(Column column) {
        List<String> words = NameWords.singular(column.name());
        int last = words.size() - 1;
        boolean refers = last > 0 && ENDINGS.contains(words.get(last));
        return refers ? tables.getOrDefault(String.join("", words.subList(0, last)), List.of()) : List.of();
    }
}
