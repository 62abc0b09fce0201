package dev.exeunt.export;

/**
 * What a section is read by, twice over the same rows.
 *
 * @param name the section's
 * @param table whose rows they are, for messages
 * @param json one column of JSON text, in binary
 * @param csv with a header
 */
record CopySql(String name, String table, String json, String csv) {

    /**
     * A cell of text. A spreadsheet takes one that begins like a formula for one and runs it (CWE-1236); a quote in front makes it
     * text. The comparison is by bytes, whatever the column's collation thinks equal.
     *
     * @param name quoted
     */
    static String text(String name) {
        String own = "exeunt_row." + name + "::text";
        return "CASE WHEN left(" + own
                + ", 1) COLLATE \"C\" IN ('=', '+', '-', '@', E'\\t', E'\\r', E'\\n') THEN '''' || " + own + " ELSE "
                + own + " END AS " + name;
    }
}
