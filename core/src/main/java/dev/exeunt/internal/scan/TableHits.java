package dev.exeunt.internal.scan;

import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Holds which rows of a table hold what was looked for, column by column.
 *
 * @param beginnings of how many values only the beginning was read
 */
public record TableHits(List<ColumnHits> columns, long beginnings) {

    static final TableHits NONE = new TableHits(List.of(), 0);

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

    /** The same with what another part of the table holds. */
    TableHits with(TableHits part) {
        List<ColumnHits> both = new ArrayList<>();
        for (ColumnHits each : columns) {
            RowIds rows = new RowIds();
            rows.addAll(each.rows());
            part.of(each).forEach(other -> rows.addAll(other.rows()));
            both.add(new ColumnHits(each.column(), each.kind(), rows));
        }
        part.columns.stream().filter(other -> of(other).isEmpty()).forEach(both::add);
        return new TableHits(both, beginnings + part.beginnings);
    }

    private List<ColumnHits> of(ColumnHits other) {
        return columns.stream()
                .filter(c -> c.column().equals(other.column()) && c.kind() == other.kind())
                .toList();
    }
}
