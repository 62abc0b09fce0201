package dev.exeunt.internal.scan;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.Column;

/**
 * Tells how a column is read and what is looked for in it.
 *
 * @param equal whether the whole value, or an element of its array, may be a key
 * @param tokens what tokens are looked for in it
 */
record ScannedColumn(Column column, Reading reading, boolean equal, TokenSearch tokens) {

    /** A value that takes more bytes on disk is read in part, so that memory stays flat. */
    private static final int LONGEST = 32 << 20;

    /** Of a longer value so many characters are read. */
    private static final int BEGINNING = 8 << 20;

    private static final String BYTES = """
            CASE WHEN pg_catalog.pg_column_size({column}) OPERATOR(pg_catalog.>) {longest}
                 THEN pg_catalog.substr({column}::pg_catalog.bytea, 1, {beginning}) ELSE {column}::pg_catalog.bytea END""";

    private static final String TEXT = """
            CASE WHEN pg_catalog.pg_column_size({column}) OPERATOR(pg_catalog.>) {longest}
                 THEN pg_catalog.left({column}::pg_catalog.text, {beginning}) ELSE {column}::pg_catalog.text END""";

    /** Lists what tokens are looked for in a column. */
    enum TokenSearch {
        NONE,
        /** keys that no other value equals by accident */
        TELLING_KEYS,
        ALL
    }

    /** Lists how PostgreSQL sends a value. */
    enum Reading {
        INTEGER,
        UUID,
        BYTES,
        TEXT
    }

    static ScannedColumn of(Column column, boolean equal, TokenSearch tokens) {
        String type =
                column.type().baseSchema().equals("pg_catalog") ? column.type().baseName() : "";
        Reading reading = switch (type) {
            case "int2", "int4", "int8" -> Reading.INTEGER;
            case "uuid" -> Reading.UUID;
            case "bytea" -> Reading.BYTES;
            default -> Reading.TEXT;
        };
        return new ScannedColumn(column, reading, equal, tokens);
    }

    /** Whether anything is looked for. */
    boolean isSearched() {
        return equal || tokens != TokenSearch.NONE;
    }

    /** The value as it is sent; of a long one its beginning. */
    SqlFragment value() {
        return switch (reading) {
            case INTEGER, UUID ->
                SqlTemplate.of("{column}").identifier("column", column.name()).toFragment();
            case BYTES -> beginning(BYTES);
            case TEXT -> beginning(TEXT);
        };
    }

    private SqlFragment beginning(String template) {
        return SqlTemplate.of(template)
                .identifier("column", column.name())
                .fragment("longest", Integer.toString(LONGEST))
                .fragment("beginning", Integer.toString(BEGINNING))
                .toFragment();
    }

    /** Whether a value that was sent is, or may be, only the beginning of the stored one. */
    static boolean isBeginning(int bytes) {
        return bytes >= BEGINNING;
    }
}
