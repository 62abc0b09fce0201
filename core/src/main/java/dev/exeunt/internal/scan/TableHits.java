package dev.exeunt.internal.scan;

import dev.exeunt.internal.schema.Column;
import java.util.List;

/**
 * Holds which rows of a table hold what was looked for, column by column.
 *
 * @param beginnings of how many values only the beginning was read
 */
public record TableHits(List<ColumnHits> columns, long beginnings) {

    /** Holds the rows of which one column holds a term of one kind. */
    public record ColumnHits(Column column, TermKind kind, RowIds rows) {}

    public TableHits {
        columns = List.copyOf(columns);
    }
}
