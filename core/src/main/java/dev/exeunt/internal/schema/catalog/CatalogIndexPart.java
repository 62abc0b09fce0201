package dev.exeunt.internal.schema.catalog;

import dev.exeunt.internal.schema.Index;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds a row of {@link CatalogQueries#INDEXES}: one key part of an index.
 *
 * @param index oid
 * @param whole the index, but for its parts
 * @param column null for an expression
 * @param definition of the part, as SQL
 */
record CatalogIndexPart(long index, Index whole, @Nullable String column, String definition) {

    static CatalogIndexPart of(ResultSet row) throws SQLException {
        Index whole = new Index(
                row.getString("name"),
                List.of(),
                List.of(),
                row.getBoolean("is_unique"),
                row.getBoolean("is_primary"),
                row.getString("predicate"),
                row.getBoolean("nulls_not_distinct"),
                row.getBoolean("usable"),
                row.getBoolean("finds_elements"),
                row.getString("constraint_name"));
        return new CatalogIndexPart(
                row.getLong("index"), whole, row.getString("column_name"), row.getString("definition"));
    }

    /** The index of these parts, in order. */
    static Index toIndex(List<CatalogIndexPart> parts) {
        List<String> columns = new ArrayList<>();
        List<String> expressions = new ArrayList<>();
        for (CatalogIndexPart part : parts) {
            if (part.column != null && expressions.isEmpty()) {
                columns.add(part.column);
            } else {
                expressions.add(part.definition);
            }
        }
        Index whole = parts.get(0).whole;
        return new Index(
                whole.name(),
                columns,
                expressions,
                whole.unique(),
                whole.primary(),
                whole.predicate(),
                whole.nullsNotDistinct(),
                whole.usable(),
                whole.findsElements(),
                whole.constraint());
    }
}
