package dev.exeunt.internal.schema;

import java.util.Map;
import java.util.stream.Collectors;

/** Writes table names so that a map reader finds exactly these tables. */
public final class TableNameFormatter {

    /** how many tables bear a name, whatever their schema */
    private final Map<String, Long> bearers;

    public TableNameFormatter(DatabaseSchema schema) {
        this.bearers = schema.tables().stream()
                .collect(Collectors.groupingBy(t -> t.name().name(), Collectors.counting()));
    }

    /** The bare name in {@code public}, with its schema elsewhere; quoted as in SQL where a dot or a quote is in it. */
    public String text(TableName name) {
        return bare(name) ? part(name.name()) : part(name.schema()) + "." + part(name.name());
    }

    /** Tells whether the bare name cannot be mistaken for another table's. */
    private boolean bare(TableName name) {
        return name.schema().equals("public") && bearers.getOrDefault(name.name(), 0L) == 1;
    }

    private static String part(String name) {
        return name.contains(".") || name.contains("\"") ? '"' + name.replace("\"", "\"\"") + '"' : name;
    }
}
