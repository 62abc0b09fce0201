package dev.exeunt.internal.export.section;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A section as CSV that no spreadsheet runs. A spreadsheet takes a cell that begins like a formula, also behind blanks, for one and
 * runs it (CWE-1236); a single quote in front makes it text. Every text is quoted, NULL is empty. A spreadsheet that separates at
 * semicolons or tabs does not see our quotes as ours: so what follows a semicolon, tab or line break within a text counts as the
 * beginning of a cell, too.
 */
final class CsvCopySql {

    /** {@code = + - @}, and the same in full width, which East Asian spreadsheets take as well. */
    private static final String FORMULA = "=+@\\uff1d\\uff0b\\uff0d\\uff20-";

    /** What a spreadsheet may strip that separates no cells: blanks, other control characters, invisible characters. */
    private static final String BLANKS =
            "\\u0001-\\u0008\\u000b\\u000c\\u000e-\\u0020\\u007f-\\u00a0\\u00ad\\u1680\\u180e"
                    + "\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u3000\\ufeff";

    private static final String SEPARATORS = "\\u0009\\u000a\\u000d";
    private static final String BEGINNING = "^[" + BLANKS + SEPARATORS + "]*[" + FORMULA + "]";

    /** Quotes are stripped from a cell that begins with them. */
    private static final String WITHIN = "([;" + SEPARATORS + "])([" + BLANKS + "\"]*[" + FORMULA + "])";

    private static final String COPY = """
            COPY (SELECT {values} FROM ({rows}) AS exeunt_row) TO STDOUT (FORMAT csv, ENCODING 'UTF8'{force})""";

    private static final String GUARDED = """
            CASE WHEN {text} OPERATOR(pg_catalog.~) :beginning THEN ''''::pg_catalog.text ELSE ''::pg_catalog.text END
                OPERATOR(pg_catalog.||) pg_catalog.regexp_replace({text}, :within, :quoted, 'g') AS {column}""";

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.$]+");
    private static final Pattern JAVA_BEGINNING = Pattern.compile(BEGINNING);
    private static final Pattern JAVA_WITHIN = Pattern.compile(WITHIN);

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
                        .map(c -> PLAIN.matcher(c.name()).matches() ? c.name() : quoted(c.name()))
                        .collect(Collectors.joining(","))
                + "\n";
    }

    private static String quoted(String name) {
        String within = JAVA_WITHIN.matcher(name).replaceAll("$1'$2");
        String guarded = JAVA_BEGINNING.matcher(name).find() ? "'" + within : within;
        return "\"" + guarded.replace("\"", "\"\"") + "\"";
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
        if (cell.harmless()) {
            return SqlTemplate.of("exeunt_row.{column}")
                    .identifier("column", cell.name())
                    .toFragment();
        }
        // by characters, whatever the column's collation thinks equal
        SqlFragment text = SqlTemplate.of("(exeunt_row.{column}::pg_catalog.text COLLATE pg_catalog.\"C\")")
                .identifier("column", cell.name())
                .toFragment();
        return SqlTemplate.of(GUARDED)
                .fragment("text", text)
                .bind("beginning", BEGINNING)
                .bind("within", WITHIN)
                .bind("quoted", "\\1'\\2")
                .identifier("column", cell.name())
                .toFragment();
    }
}
