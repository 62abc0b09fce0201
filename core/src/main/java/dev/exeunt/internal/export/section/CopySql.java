package dev.exeunt.internal.export.section;

import dev.exeunt.internal.postgres.SqlFragment;

/**
 * What a section is read by, twice over the same rows.
 *
 * @param name the section's
 * @param table whose rows they are, for messages
 * @param json one column of JSON text, in binary
 * @param header the first line of the CSV
 * @param csv the other lines
 */
public record CopySql(String name, String table, String json, String header, String csv) {

    CopySql(String name, String table, String json, CsvSql csv, SqlFragment rows) {
        this(name, table, json, csv.header(), csv.copy(rows));
    }
}
