package dev.exeunt.export;

import dev.exeunt.postgres.Fragment;
import java.util.List;

/**
 * A section that no table of the application's is behind: what the product itself keeps of the person.
 *
 * @param name of letters, digits and _; where the map has a section of that name, this one gets another
 * @param columns of the rows, in order, all of them text or harmless in a spreadsheet
 * @param rows a query
 */
public record Addition(String name, List<String> columns, Fragment rows) {

    public Addition {
        columns = List.copyOf(columns);
    }

    Addition besides(List<Section> sections) {
        boolean taken = sections.stream().anyMatch(s -> s.name().equalsIgnoreCase(name));
        return taken ? new Addition("exeunt_" + name, columns, rows) : this;
    }

    CopySql sql() {
        CsvSql csv =
                new CsvSql(columns.stream().map(c -> new CsvSql.Cell(c, false)).toList());
        String json = Fragment.of("COPY (SELECT pg_catalog.row_to_json(exeunt_row.*)::pg_catalog.text FROM (")
                .plus(rows)
                .plus(") AS exeunt_row) TO STDOUT (FORMAT binary)")
                .inlined();
        return new CopySql(name, name, json, csv, rows);
    }
}
