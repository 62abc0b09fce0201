package dev.exeunt.internal.plan;

import dev.exeunt.internal.map.SubjectKind;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.Table;
import java.util.List;

/** The subject's kind and table, bound to the live schema. */
public record PlannedSubject(SubjectKind kind, Table table, List<Column> key, List<Column> identifiers) {

    public PlannedSubject {
        key = List.copyOf(key);
        identifiers = List.copyOf(identifiers);
    }
}
