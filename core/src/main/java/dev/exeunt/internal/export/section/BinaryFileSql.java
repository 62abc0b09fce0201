package dev.exeunt.internal.export.section;

import dev.exeunt.internal.export.section.ExportSection.SectionColumn;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;

/**
 * Gives each binary value of a section a file of its own, whose name and type the database tells by the content. Rows with the same
 * content share one file.
 */
final class BinaryFileSql {

    /** Bytes of one piece of a file. The driver holds a whole row of a COPY in memory, so large files come in pieces. */
    static final int PIECE = 4 << 20;

    /** How contents begin, in hexadecimal, as a pattern of LIKE. The last one is true of all. */
    private static final String KINDS = """
            (1, 'ffd8ff%', 'jpg', 'image/jpeg'),
            (2, '89504e470d0a1a0a%', 'png', 'image/png'),
            (3, '47494638%', 'gif', 'image/gif'),
            (4, '52494646________57454250%', 'webp', 'image/webp'),
            (5, '________6674797061766966%', 'avif', 'image/avif'),
            (6, '________667479706865%', 'heic', 'image/heic'),
            (7, '________667479704d3441%', 'm4a', 'audio/mp4'),
            (8, '________66747970%', 'mp4', 'video/mp4'),
            (9, '49492a00%', 'tiff', 'image/tiff'),
            (10, '4d4d002a%', 'tiff', 'image/tiff'),
            (11, '255044462d%', 'pdf', 'application/pdf'),
            (12, '504b0304%', 'zip', 'application/zip'),
            (13, '1f8b%', 'gz', 'application/gzip'),
            (14, '4f676753%', 'ogg', 'application/ogg'),
            (15, '494433%', 'mp3', 'audio/mpeg'),
            (16, '52494646________57415645%', 'wav', 'audio/wav'),
            (17, '1a45dfa3%', 'webm', 'video/webm'),
            (99, '%', 'bin', 'application/octet-stream')""";

    /** 32 digits of the SHA-256 tell contents apart. */
    private static final String JOIN = """
            LEFT JOIN LATERAL (
                SELECT :folder OPERATOR(pg_catalog.||)
                        pg_catalog.substr(pg_catalog.encode(pg_catalog.sha256({value}), 'hex'), 1, 32)
                        OPERATOR(pg_catalog.||) '.' OPERATOR(pg_catalog.||) kind.ending AS path,
                    kind.type AS type,
                    {value} AS content
                FROM (VALUES {kinds}) AS kind (number, beginning, ending, type)
                WHERE pg_catalog.encode(pg_catalog.substr({value}, 1, 16), 'hex') OPERATOR(pg_catalog.~~) kind.beginning
                ORDER BY kind.number LIMIT 1
            ) AS {file} ON {value} IS NOT NULL""";

    private static final String JSON = """
            CASE WHEN {file}.path IS NOT NULL THEN pg_catalog.json_build_object(
                'exeunt:file', {file}.path, 'type', {file}.type, 'bytes', pg_catalog.octet_length({file}.content)) END""";

    /** Each file once, in pieces: its path, whether the piece is its last, and the piece. */
    private static final String COPY = """
            COPY (
                SELECT piece.path,
                    piece.number OPERATOR(pg_catalog.=) piece.last,
                    pg_catalog.substr(
                        piece.content,
                        1 OPERATOR(pg_catalog.+) (piece.number OPERATOR(pg_catalog.*) {size}),
                        {size})
                FROM (
                    SELECT one.path, one.content, one.last, pg_catalog.generate_series(0, one.last) AS number
                    FROM (
                        SELECT DISTINCT ON (path) path, content,
                            GREATEST(pg_catalog.octet_length(content) OPERATOR(pg_catalog.-) 1, 0) OPERATOR(pg_catalog./) {size} AS last
                        FROM (SELECT {file}.path, {file}.content FROM {rows}) AS file
                        WHERE path IS NOT NULL
                        ORDER BY path
                    ) AS one
                ) AS piece
            ) TO STDOUT (FORMAT binary)""";

    private final SectionColumn column;
    private final String alias;
    private final SqlFragment value;

    /**
     * @param alias of the joined row, which no name of the application begins like
     * @param value of the column; NULL where the person does not get it
     */
    BinaryFileSql(SectionColumn column, String alias, SqlFragment value) {
        this.column = column;
        this.alias = alias;
        this.value = value;
    }

    static boolean fits(SectionColumn column) {
        return column.column().type().isBinary();
    }

    SectionColumn column() {
        return column;
    }

    /** Joins path, type and content of the row's file. */
    SqlFragment join(String section) {
        String folder = "files/" + section + "/" + column.name().replaceAll("[^A-Za-z0-9_-]", "_") + "-";
        return SqlTemplate.of(JOIN)
                .bind("folder", folder)
                .fragment("value", value)
                .fragment("kinds", KINDS)
                .identifier("file", alias)
                .toFragment();
    }

    /** What stands for the value in a row of JSON: an object with the file's path, its type and its bytes. */
    SqlFragment json() {
        return SqlTemplate.of(JSON).identifier("file", alias).toFragment();
    }

    /** What stands for the value in a line of CSV: the file's path. */
    SqlFragment csv() {
        return SqlTemplate.of("{file}.path").identifier("file", alias).toFragment();
    }

    /** @param rows what follows FROM in the section's query */
    String copy(SqlFragment rows) {
        return SqlTemplate.of(COPY)
                .identifier("file", alias)
                .fragment("size", Integer.toString(PIECE))
                .fragment("rows", rows)
                .toFragment()
                .inlined();
    }
}
