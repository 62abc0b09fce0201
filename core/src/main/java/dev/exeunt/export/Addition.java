package dev.exeunt.export;

import dev.exeunt.postgres.Fragment;
import dev.exeunt.postgres.Quote;
import java.util.List;
import java.util.stream.Collectors;

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
        String cells =
                columns.stream().map(Quote::identifier).map(CopySql::text).collect(Collectors.joining(", "));
        return new CopySql(
                name,
                name,
                Fragment.of("COPY (SELECT row_to_json(exeunt_row.*)::text FROM (")
                        .plus(rows)
                        .plus(") AS exeunt_row) TO STDOUT (FORMAT binary)")
                        .inlined(),
                Fragment.of("COPY (SELECT " + cells + " FROM (")
                        .plus(rows)
                        .plus(") AS exeunt_row) TO STDOUT (FORMAT csv, HEADER true, ENCODING 'UTF8')")
                        .inlined());
    }
}
