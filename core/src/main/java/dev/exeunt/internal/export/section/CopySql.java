package dev.exeunt.internal.export.section;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import java.util.List;

/**
 * What a section is read by, twice over the same rows.
 *
 * @param name the section's
 * @param table whose rows they are, for messages
 * @param json one column of JSON text, in binary
 * @param header the first line of the CSV
 * @param csv the other lines, which the guard makes harmless
 * @param guard of the texts in those lines
 * @param files one query for each column whose values are files of their own: see {@link BinaryFileSql}
 */
public record CopySql(
        String name, String table, String json, String header, String csv, CsvFormulaGuard guard, List<String> files) {

    /** One column of JSON text. In binary, since COPY as text would double its backslashes. */
    private static final String JSON = """
            COPY (SELECT pg_catalog.row_to_json(exeunt_row.*)::pg_catalog.text FROM ({rows}) AS exeunt_row)
            TO STDOUT (FORMAT binary)""";

    public CopySql {
        files = List.copyOf(files);
    }

    CopySql(String name, String table, CsvCopySql csv, SqlFragment jsonRows, SqlFragment csvRows, List<String> files) {
        this(name, table, json(jsonRows), csv.header(), csv.copy(csvRows), csv.guard(), files);
    }

    private static String json(SqlFragment rows) {
        // with .*, or a column of the row's name would be taken for the row
        return SqlTemplate.of(JSON).fragment("rows", rows).toFragment().inlined();
    }
}
