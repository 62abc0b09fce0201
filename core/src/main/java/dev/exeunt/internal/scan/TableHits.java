package dev.exeunt.internal.scan;

import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.Table;
import java.util.List;
import java.util.Optional;

/**
 * Holds which rows of a table hold what was looked for, column by column.
 *
 * @param beginnings of how many values only the beginning was read
 */
public record TableHits(List<ColumnHits> columns, long beginnings) {

    /** Holds the rows of which one column holds a term of one kind. */
    public record ColumnHits(Column column, TermKind kind, RowIds rows) {}

    /** Says that some values were read only in part, where some were. */
    public Optional<String> readInPart(Table table) {
        return beginnings == 0
                ? Optional.empty()
                : Optional.of("of " + beginnings + " long values in " + table.name()
                        + " only the beginnings were looked through");
    }

    public TableHits {
        columns = List.copyOf(columns);
    }
}
