package dev.exeunt.internal.export.section;

import dev.exeunt.internal.export.section.ExportSection.SectionColumn;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.support.security.Sha256;

/**
 * Gives values of a column files of their own. A row is joined with the path, type, bytes and content of its file, each NULL where the value
 * stays in the row. Rows with the same content share one file.
 */
abstract sealed class ColumnFileSql permits BinaryFileSql, LargeValueSql, LargeObjectSql {

    /** Bytes of one piece of a file. The driver holds a whole row of a COPY in memory, so large files come in pieces. */
    static final int PIECE = 4 << 20;

    /** Tells columns apart of whose names the same is left. */
    private static final int HASH_DIGITS = 8;

    private static final String JSON = """
            CASE WHEN {file}.path IS NOT NULL THEN pg_catalog.json_build_object(
                'exeunt:file', {file}.path, 'type', {file}.type, 'bytes', {file}.bytes)
            ELSE {other} END""";

    /** Each file once, in pieces: its path, whether the piece is its last, and the piece. */
    private static final String COPY = """
            COPY (
                SELECT piece.path, piece.number OPERATOR(pg_catalog.=) piece.last, {piece}
                FROM (
                    SELECT one.path, one.content, one.last, pg_catalog.generate_series(0::pg_catalog.int8, one.last) AS number
                    FROM (
                        SELECT DISTINCT ON (path) path, content,
                            GREATEST(bytes OPERATOR(pg_catalog.-) 1, 0) OPERATOR(pg_catalog./) {size}::pg_catalog.int8 AS last
                        FROM (SELECT {file}.path, {file}.content, {file}.bytes FROM {rows}) AS file
                        WHERE path IS NOT NULL
                        ORDER BY path
                    ) AS one
                ) AS piece
            ) TO STDOUT (FORMAT binary)""";

    private static final String CSV = """
            CASE WHEN {file}.path IS NOT NULL THEN {file}.path ELSE {value}::pg_catalog.text END""";

    private final SectionColumn column;
    private final String alias;
    private final SqlFragment value;

    /**
     * @param alias of the joined row, which no name of the application begins like
     * @param value of the column; NULL where the person does not get it
     */
    ColumnFileSql(SectionColumn column, String alias, SqlFragment value) {
        this.column = column;
        this.alias = alias;
        this.value = SqlTemplate.of("({value})").fragment("value", value).toFragment();
    }

    final SqlFragment value() {
        return value;
    }

    final SectionColumn column() {
        return column;
    }

    final String alias() {
        return alias;
    }

    /** How the paths of the column's files begin: as those of no other column. */
    final String folder(String section) {
        String name = column.name();
        String safe = name.replaceAll("[^A-Za-z0-9_-]", "_");
        String told = safe.equals(name) ? safe : safe + "-" + Sha256.hex(name).substring(0, HASH_DIGITS);
        return "files/" + section + "/" + told + "-";
    }

    /** Joins path, type and content of the row's file. */
    abstract SqlFragment join(String section);

    /** What stands in a row of JSON: an object with the file's path, its type and its bytes, or the value. */
    SqlFragment json() {
        return json(SqlTemplate.of("pg_catalog.to_json({value})")
                .fragment("value", value)
                .toFragment());
    }

    /** What stands in a line of CSV: the file's path, or the value. */
    SqlFragment csv() {
        return SqlTemplate.of(CSV)
                .identifier("file", alias)
                .fragment("value", value)
                .toFragment();
    }

    /** Whether nothing that {@link #csv} writes can be a formula. */
    abstract boolean isHarmless();

    /** A piece of a file, with {@code {size}} for the usual bytes of one. */
    String piece() {
        return """
                pg_catalog.substr(
                    piece.content,
                    (1 OPERATOR(pg_catalog.+) (piece.number OPERATOR(pg_catalog.*) {size}))::pg_catalog.int4,
                    {size})""";
    }

    /** @param other the value as JSON where it is no file */
    final SqlFragment json(SqlFragment other) {
        return SqlTemplate.of(JSON)
                .identifier("file", alias)
                .fragment("other", other)
                .toFragment();
    }

    /** @param rows what follows FROM in the section's query */
    final String copy(SqlFragment rows) {
        String size = Integer.toString(PIECE);
        return SqlTemplate.of(COPY)
                .fragment(
                        "piece", SqlTemplate.of(piece()).fragment("size", size).toFragment())
                .identifier("file", alias)
                .fragment("size", size)
                .fragment("rows", rows)
                .toFragment()
                .inlined();
    }
}
