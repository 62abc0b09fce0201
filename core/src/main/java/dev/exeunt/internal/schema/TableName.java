package dev.exeunt.internal.schema;

import dev.exeunt.internal.postgres.SqlQuoting;

/** A table's exact name in the catalogue. Sorted by schema, then name. */
public record TableName(String schema, String name) implements Comparable<TableName> {

    /** Quoted for SQL: {@code "public"."User"}. */
    public String quoted() {
        return SqlQuoting.identifier(schema) + "." + SqlQuoting.identifier(name);
    }

    @Override
    public int compareTo(TableName other) {
        int bySchema = schema.compareTo(other.schema);
        return bySchema != 0 ? bySchema : name.compareTo(other.name);
    }

    /** For people: the bare name in {@code public}, {@code schema.name} elsewhere. */
    @Override
    public String toString() {
        return schema.equals("public") ? name : schema + "." + name;
    }
}
