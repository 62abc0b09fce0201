package dev.exeunt.internal.map;

import dev.exeunt.map.Finding.Position;
import org.jspecify.annotations.Nullable;

/**
 * Refers to a table as a map names it: {@code table} or {@code schema.table}, quoted as in SQL where a name holds a
 * dot.
 *
 * @param schema null where the map leaves it out
 * @param text as written, for messages
 */
public record TableReference(@Nullable String schema, String name, String text, Position at) {

    /** Whether previews and receipts name the table so. */
    boolean isNamed(String table) {
        return table.equals(schema == null || schema.equals("public") ? name : schema + "." + name);
    }

    @Override
    public String toString() {
        return text;
    }
}
