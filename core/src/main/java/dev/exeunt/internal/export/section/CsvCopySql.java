package dev.exeunt.internal.export.section;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A section as CSV: every text is quoted, NULL is empty. {@link CsvFormulaGuard} makes it harmless in a spreadsheet. */
final class CsvCopySql {

    private static final String COPY = """
            COPY (SELECT {values} FROM ({rows}) AS exeunt_row) TO STDOUT (FORMAT csv, ENCODING 'UTF8'{force})""";

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.$]+");

    /**
     * A column of the rows.
     *
     * @param harmless whether its type's text cannot be a formula
     */
    record Cell(String name, boolean harmless) {}

    private final List<Cell> cells;

    CsvCopySql(List<Cell> cells) {
        this.cells = List.copyOf(cells);
    }

    /** The names, guarded like texts. */
    String header() {
        return cells.stream()
                        .map(c -> PLAIN.matcher(c.name()).matches() ? c.name() : CsvFormulaGuard.cell(c.name()))
                        .collect(Collectors.joining(","))
                + "\n";
    }

    CsvFormulaGuard guard() {
        return new CsvFormulaGuard(cells.stream().map(c -> !c.harmless()).toList());
    }

    /** Without a header. @param rows with the columns, by their names */
    String copy(SqlFragment rows) {
        List<String> texts =
                cells.stream().filter(c -> !c.harmless()).map(Cell::name).toList();
        SqlFragment force = texts.isEmpty()
                ? SqlFragment.EMPTY
                : SqlTemplate.of(", FORCE_QUOTE ({columns})")
                        .identifiers("columns", texts)
                        .toFragment();
        return SqlTemplate.of(COPY)
                .fragment("values", cells.stream().map(CsvCopySql::value).collect(SqlFragment.joining(", ")))
                .fragment("rows", rows)
                .fragment("force", force)
                .toFragment()
                .inlined();
    }

    private static SqlFragment value(Cell cell) {
        String template = cell.harmless() ? "exeunt_row.{column}" : "exeunt_row.{column}::pg_catalog.text AS {column}";
        return SqlTemplate.of(template).identifier("column", cell.name()).toFragment();
    }
}
