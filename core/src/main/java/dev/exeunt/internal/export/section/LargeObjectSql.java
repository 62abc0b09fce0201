package dev.exeunt.internal.export.section;

import dev.exeunt.internal.export.section.ExportSection.SectionColumn;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;

/**
 * Gives large objects files of their own, where a column of type {@code oid}, or of a domain over it such as {@code lo}, has their number.
 * A number that no large object has stays in the row. So does one of an object that the export's role may not read.
 */
final class LargeObjectSql extends ColumnFileSql {

    /** Of one number: the object's, where it is there. To read one that is forbidden would end the transaction. */
    private static final String OBJECT = """
            SELECT metadata.oid AS object,
                EXISTS (
                    SELECT FROM pg_catalog.aclexplode(
                        COALESCE(metadata.lomacl, pg_catalog.acldefault('L', metadata.lomowner))) AS granted
                    WHERE granted.privilege_type OPERATOR(pg_catalog.=) 'SELECT'
                        AND (granted.grantee OPERATOR(pg_catalog.=) 0 OR pg_catalog.pg_has_role(granted.grantee, 'USAGE'))
                ) OR pg_catalog.current_setting('lo_compat_privileges')::pg_catalog.bool
                    OR (SELECT role.rolsuper FROM pg_catalog.pg_roles AS role
                        WHERE role.rolname OPERATOR(pg_catalog.=) CURRENT_USER) AS readable
            FROM pg_catalog.pg_largeobject_metadata AS metadata
            WHERE metadata.oid OPERATOR(pg_catalog.=) {value}::pg_catalog.oid""";

    /** 262144 opens for reading, 2 goes to the end. The inner rows come first, since nothing may be pulled over an OFFSET. */
    private static final String JOIN = """
            LEFT JOIN LATERAL (
                SELECT :folder OPERATOR(pg_catalog.||) measured.object::pg_catalog.text
                        OPERATOR(pg_catalog.||) '.' OPERATOR(pg_catalog.||) kind.ending AS path,
                    kind.type AS type,
                    measured.bytes AS bytes,
                    measured.object AS content
                FROM (
                    SELECT opened.object, pg_catalog.lo_lseek64(opened.number, 0, 2) AS bytes, pg_catalog.lo_close(opened.number) AS closed,
                        pg_catalog.encode(pg_catalog.lo_get(opened.object, 0, 16), 'hex') AS beginning
                    FROM (
                        SELECT found.object, pg_catalog.lo_open(found.object, 262144) AS number
                        FROM ({object}) AS found WHERE found.readable OFFSET 0
                    ) AS opened
                    OFFSET 0
                ) AS measured
                CROSS JOIN (VALUES {kinds}) AS kind (number, beginning, ending, type)
                WHERE measured.beginning OPERATOR(pg_catalog.~~) kind.beginning
                ORDER BY kind.number LIMIT 1
            ) AS {file} ON true""";

    /** @param value of the column; NULL where the person does not get it */
    LargeObjectSql(SectionColumn column, String alias, SqlFragment value) {
        super(column, alias, value);
    }

    static boolean fits(SectionColumn column) {
        return column.column().type().baseName().equals("oid");
    }

    private SqlFragment object() {
        return SqlTemplate.of(OBJECT).fragment("value", value()).toFragment();
    }

    /** True of a number whose object may not be read. */
    SqlFragment isForbidden() {
        return SqlTemplate.of("EXISTS (SELECT FROM ({object}) AS found WHERE NOT found.readable)")
                .fragment("object", object())
                .toFragment();
    }

    @Override
    SqlFragment join(String section) {
        return SqlTemplate.of(JOIN)
                .bind("folder", folder(section))
                .fragment("object", object())
                .fragment("kinds", BinaryFileSql.KINDS)
                .identifier("file", alias())
                .toFragment();
    }

    @Override
    boolean isHarmless() {
        return true;
    }

    @Override
    String piece() {
        return "pg_catalog.lo_get(piece.content, piece.number OPERATOR(pg_catalog.*) {size}::pg_catalog.int8, {size})";
    }
}
