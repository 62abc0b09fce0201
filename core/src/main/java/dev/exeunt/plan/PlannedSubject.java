package dev.exeunt.plan;

import dev.exeunt.schema.Column;
import dev.exeunt.schema.Table;
import java.util.List;

/** The subject's table, bound to the live schema. */
public record PlannedSubject(Table table, List<Column> key, List<Column> identifiers) {

    public PlannedSubject {
        key = List.copyOf(key);
        identifiers = List.copyOf(identifiers);
    }
}
