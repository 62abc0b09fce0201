package dev.exeunt.internal.schema.catalog;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;

/** Summarises, as one short text, the catalogue row versions that define a database's structure. */
public record CatalogRowVersions(String database, String text) {

    /** What {@link CatalogQueries} read, but for temporary objects, which come and go and bear on nothing. */
    private static final String ALL = """
            WITH kept AS MATERIALIZED (
                SELECT oid, tableoid, ctid, xmin FROM pg_catalog.pg_class WHERE oid >= 16384 AND relpersistence <> 't'
            ), version AS (
                SELECT tableoid, ctid, xmin FROM kept
                UNION ALL SELECT tableoid, ctid, xmin FROM pg_catalog.pg_attribute
                    WHERE attrelid >= 16384 AND attrelid IN (SELECT oid FROM kept)
                UNION ALL SELECT tableoid, ctid, xmin FROM pg_catalog.pg_attrdef WHERE adrelid IN (SELECT oid FROM kept)
                UNION ALL SELECT tableoid, ctid, xmin FROM pg_catalog.pg_index
                    WHERE indrelid >= 16384 AND indrelid IN (SELECT oid FROM kept)
                UNION ALL SELECT tableoid, ctid, xmin FROM pg_catalog.pg_trigger WHERE tgrelid IN (SELECT oid FROM kept)
                UNION ALL SELECT tableoid, ctid, xmin FROM pg_catalog.pg_rewrite WHERE ev_class IN (SELECT oid FROM kept)
                UNION ALL SELECT tableoid, ctid, xmin FROM pg_catalog.pg_inherits WHERE inhrelid IN (SELECT oid FROM kept)
                UNION ALL SELECT tableoid, ctid, xmin FROM pg_catalog.pg_constraint
                    WHERE conrelid IN (SELECT oid FROM kept) OR contypid >= 16384
                UNION ALL SELECT tableoid, ctid, xmin FROM pg_catalog.pg_depend
                    WHERE refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
                        AND classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND deptype = 'e'
                UNION ALL SELECT tableoid, ctid, xmin FROM pg_catalog.pg_partitioned_table
                UNION ALL SELECT tableoid, ctid, xmin FROM pg_catalog.pg_type
                    WHERE oid >= 16384 AND typrelid = 0 AND typcategory <> 'A'
                UNION ALL SELECT tableoid, ctid, xmin FROM pg_catalog.pg_enum
                UNION ALL SELECT tableoid, ctid, xmin FROM pg_catalog.pg_proc WHERE oid >= 16384
                UNION ALL SELECT tableoid, ctid, xmin FROM pg_catalog.pg_operator WHERE oid >= 16384
                UNION ALL SELECT tableoid, ctid, xmin FROM pg_catalog.pg_collation WHERE oid >= 16384
                UNION ALL SELECT tableoid, ctid, xmin FROM pg_catalog.pg_namespace
                    WHERE oid >= 16384 AND nspname !~ '^pg_'
                UNION ALL SELECT tableoid, ctid, xmin FROM pg_catalog.pg_publication
                UNION ALL SELECT tableoid, ctid, xmin FROM pg_catalog.pg_publication_rel{more}
            )
            SELECT pg_catalog.current_database(), pg_catalog.count(*) || ' '
                || pg_catalog.sum(pg_catalog.hashtextextended(pg_catalog.concat_ws(' ', tableoid, ctid, xmin), 0))
            FROM version
            """;

    private static final String SCHEMAS_PUBLISHED = """

                UNION ALL SELECT tableoid, ctid, xmin FROM pg_catalog.pg_publication_namespace""";

    private static final SqlFragment FROM_15 = versions(SCHEMAS_PUBLISHED);
    private static final SqlFragment BEFORE_15 = versions("");

    public static CatalogRowVersions read(Connection connection) throws SQLException {
        boolean schemasPublished = connection.getMetaData().getDatabaseMajorVersion() >= 15;
        return SqlRunner.one(
                connection,
                schemasPublished ? FROM_15 : BEFORE_15,
                row -> new CatalogRowVersions(row.getString(1), row.getString(1) + " " + row.getString(2)));
    }

    private static SqlFragment versions(String more) {
        return SqlTemplate.of(ALL).fragment("more", more).toFragment();
    }
}
