package dev.exeunt.internal.export.section;

import dev.exeunt.internal.export.section.ExportSection.SectionColumn;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;

/**
 * Gives each binary value of a section a file of its own, whose name and type the database tells by the content. Rows with the same
 * content share one file.
 */
final class BinaryFileSql extends ColumnFileSql {

    /** How contents begin, in hexadecimal, as a pattern of LIKE. The last one is true of all. */
    static final String KINDS = """
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
                    pg_catalog.octet_length({value})::pg_catalog.int8 AS bytes,
                    {value} AS content
                FROM (VALUES {kinds}) AS kind (number, beginning, ending, type)
                WHERE pg_catalog.encode(pg_catalog.substr({value}, 1, 16), 'hex') OPERATOR(pg_catalog.~~) kind.beginning
                ORDER BY kind.number LIMIT 1
            ) AS {file} ON {value} IS NOT NULL""";

    /** @param value of the column; NULL where the person does not get it */
    BinaryFileSql(SectionColumn column, String alias, SqlFragment value) {
        super(column, alias, value);
    }

    static boolean fits(SectionColumn column) {
        return column.column().type().isBinary();
    }

    @Override
    SqlFragment join(String section) {
        return SqlTemplate.of(JOIN)
                .bind("folder", folder(section))
                .fragment("value", value())
                .fragment("kinds", KINDS)
                .identifier("file", alias())
                .toFragment();
    }

    @Override
    SqlFragment json() {
        return json(SqlFragment.of("NULL"));
    }

    @Override
    SqlFragment csv() {
        return SqlTemplate.of("{file}.path").identifier("file", alias()).toFragment();
    }

    @Override
    boolean isHarmless() {
        return true;
    }
}
