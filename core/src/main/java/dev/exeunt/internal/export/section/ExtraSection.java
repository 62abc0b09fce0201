package dev.exeunt.internal.export.section;

import dev.exeunt.internal.postgres.SqlFragment;
import java.util.List;

/**
 * Describes an export section that a query of Exeunt fills, not a table of the application.
 *
 * @param name of letters, digits and _; where the map has a section of that name, this one gets another
 * @param columns of the rows, in order, all of them text or harmless in a spreadsheet
 * @param rows a query
 */
public record ExtraSection(String name, List<String> columns, SqlFragment rows) {

    public ExtraSection {
        columns = List.copyOf(columns);
    }

    public ExtraSection besides(List<ExportSection> sections) {
        boolean taken = sections.stream().anyMatch(s -> s.name().equalsIgnoreCase(name));
        return taken ? new ExtraSection("exeunt_" + name, columns, rows) : this;
    }

    public CopySql sql() {
        CsvCopySql csv = new CsvCopySql(
                columns.stream().map(c -> new CsvCopySql.Cell(c, false)).toList());
        return new CopySql(name, name, csv, rows);
    }
}
