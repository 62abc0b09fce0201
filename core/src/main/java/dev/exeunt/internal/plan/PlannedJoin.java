package dev.exeunt.internal.plan;

import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.map.Finding.Position;
import java.util.List;

/**
 * Columns of the one row of another table that a row refers to, for the export.
 *
 * @param table the other table; it need not be mapped
 * @param on columns of the role's table
 * @param key what they hold: columns of the other table, pairwise, that tell its rows apart
 * @param columns of the other table
 * @param label what stands before the columns' names in the export
 */
public record PlannedJoin(
        Table table, List<Column> on, List<Column> key, List<Column> columns, String label, Position at) {

    public PlannedJoin {
        on = List.copyOf(on);
        key = List.copyOf(key);
        columns = List.copyOf(columns);
    }

    /** {@code orgs.slug} */
    public String output(Column column) {
        return label + "." + column.name();
    }

    /** Whether two joins find the same row of the same table. */
    public boolean sameRow(PlannedJoin other) {
        return table.name().equals(other.table.name()) && on.equals(other.on) && key.equals(other.key);
    }
}
