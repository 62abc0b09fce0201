package dev.exeunt.internal.schema.catalog;

import static java.util.stream.Collectors.toMap;

import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.SqlType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the types of all columns and finds them by oid. */
final class CatalogColumnReader {

    private static final Set<String> WITH_LENGTH = Set.of("varchar", "bpchar");
    /** A length is stored with that of its header, {@code VARHDRSZ}. */
    private static final int HEADER = 4;

    private final Map<Long, CatalogTypeRow> types;

    private CatalogColumnReader(Map<Long, CatalogTypeRow> types) {
        this.types = types;
    }

    static CatalogColumnReader read(Connection connection) throws SQLException {
        return new CatalogColumnReader(SqlRunner.list(connection, CatalogQueries.TYPES, CatalogTypeRow::of).stream()
                .collect(toMap(CatalogTypeRow::oid, t -> t)));
    }

    /** From a row of {@link CatalogQueries#COLUMNS}. */
    Column column(ResultSet row) throws SQLException {
        CatalogTypeRow type = types.get(row.getLong("type"));
        if (type == null) {
            throw new IllegalStateException("a column was added while the catalogue was read; read it again");
        }
        boolean generated = row.getBoolean("generated");
        String identity = row.getString("identity");
        boolean filled = row.getBoolean("has_default") || type.hasDefault() || !identity.isEmpty();
        return new Column(
                row.getString("name"),
                type.as(row.getString("display"), row.getInt("typmod")),
                row.getBoolean("not_null") || type.notNull(),
                row.getBoolean("null_free"),
                filled && !generated,
                generated,
                identity.equals("a"));
    }

    /**
     * Holds a row of {@link CatalogQueries#TYPES}.
     *
     * @param typmod of the domain, or -1
     */
    private record CatalogTypeRow(
            long oid,
            String schema,
            String name,
            String baseSchema,
            String baseName,
            String equality,
            String category,
            boolean domain,
            boolean notNull,
            boolean hasDefault,
            int typmod,
            List<String> labels) {

        static CatalogTypeRow of(ResultSet row) throws SQLException {
            return new CatalogTypeRow(
                    row.getLong("oid"),
                    row.getString("schema"),
                    row.getString("name"),
                    row.getString("base_schema"),
                    row.getString("base_name"),
                    row.getString("equality"),
                    row.getString("category"),
                    row.getBoolean("domain"),
                    row.getBoolean("not_null"),
                    row.getBoolean("has_default"),
                    row.getInt("typmod"),
                    SqlRunner.texts(row, "labels"));
        }

        SqlType as(String display, int columnTypmod) {
            return new SqlType(
                    schema,
                    name,
                    display.startsWith("public.") ? display.substring("public.".length()) : display,
                    category.charAt(0),
                    baseSchema,
                    baseName,
                    equality,
                    maxLength(columnTypmod >= 0 ? columnTypmod : typmod),
                    labels,
                    domain,
                    domain && notNull);
        }

        private @Nullable Integer maxLength(int length) {
            return WITH_LENGTH.contains(baseName) && length >= HEADER ? Integer.valueOf(length - HEADER) : null;
        }
    }
}
