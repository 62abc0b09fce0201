package dev.exeunt.internal.export.section;

import dev.exeunt.internal.export.section.ExportSection.SectionColumn;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.SqlType;

/** Gives values that are too large for a row files of their own: texts, JSON, XML, lists. */
final class LargeValueSql extends ColumnFileSql {

    /** Bytes of JSON that a value may have in a row. The driver holds a whole row in memory. */
    static final int MOST = 8 << 20;

    /** PostgreSQL knows the bytes of a text without reading it. JSON has as many at least, and six for each escape at most. */
    private static final SizeTest TEXT =
            new SizeTest("pg_catalog.octet_length({value}::pg_catalog.text)", MOST / 6, MOST);

    /** The best compression (LZ4) stores a 255th of a value. Of what is stored, JSON can be a small part. */
    private static final SizeTest STORED =
            new SizeTest("pg_catalog.pg_column_size({value})", MOST / 255, Integer.MAX_VALUE);

    /** In this order, so that few values are read, and none whose JSON would be larger than PostgreSQL can make it. */
    private static final String IS_LARGE = """
            CASE WHEN {size} OPERATOR(pg_catalog.>) {sure} THEN true
            WHEN {size} OPERATOR(pg_catalog.>) {least}
            THEN pg_catalog.octet_length(pg_catalog.to_json({value})::pg_catalog.text) OPERATOR(pg_catalog.>) {most}
            ELSE false END""";

    /**
     * Judges a value by a size that is known without reading it.
     *
     * @param template the size in bytes
     * @param least up to which no value is too large
     * @param sure above which each value is
     */
    private record SizeTest(String template, int least, int sure) {}

    private static final String JOIN = """
            LEFT JOIN LATERAL (
                SELECT :folder OPERATOR(pg_catalog.||)
                        pg_catalog.substr(pg_catalog.encode(pg_catalog.sha256(large.content), 'hex'), 1, 32)
                        OPERATOR(pg_catalog.||) :ending AS path,
                    :type AS type,
                    pg_catalog.octet_length(large.content)::pg_catalog.int8 AS bytes,
                    large.content AS content
                FROM (
                    SELECT pg_catalog.convert_to({text}, 'UTF8') AS content WHERE {large} OFFSET 0
                ) AS large
            ) AS {file} ON true""";

    /** @param value of the column; NULL where the person does not get it */
    LargeValueSql(SectionColumn column, String alias, SqlFragment value) {
        super(column, alias, value);
    }

    /** True of a value that becomes a file. */
    SqlFragment isLarge() {
        SizeTest test = column().column().type().isText() ? TEXT : STORED;
        return SqlTemplate.of(IS_LARGE)
                .fragment(
                        "size",
                        SqlTemplate.of(test.template).fragment("value", value()).toFragment())
                .fragment("least", Integer.toString(test.least))
                .fragment("sure", Integer.toString(test.sure))
                .fragment("value", value())
                .fragment("most", Integer.toString(MOST))
                .toFragment();
    }

    @Override
    SqlFragment join(String section) {
        Kind kind = Kind.of(column().column().type());
        return SqlTemplate.of(JOIN)
                .bind("folder", folder(section))
                .bind("ending", kind.ending)
                .bind("type", kind.type)
                .fragment(
                        "text",
                        SqlTemplate.of(kind.template).fragment("value", value()).toFragment())
                .fragment("large", isLarge())
                .identifier("file", alias())
                .toFragment();
    }

    @Override
    boolean isHarmless() {
        return false;
    }

    /** What a file holds: what would stand in the row, a text without quotes and escapes. */
    private enum Kind {
        JSON("pg_catalog.to_json({value})::pg_catalog.text", ".json", "application/json"),
        XML("{value}::pg_catalog.text", ".xml", "application/xml"),
        TEXT("{value}::pg_catalog.text", ".txt", "text/plain");

        private final String template;
        private final String ending;
        private final String type;

        Kind(String template, String ending, String type) {
            this.template = template;
            this.ending = ending;
            this.type = type;
        }

        static Kind of(SqlType type) {
            if (type.isJson() || type.isArray() || type.isComposite()) {
                return JSON;
            }
            return type.baseName().equals("xml") ? XML : TEXT;
        }
    }
}
