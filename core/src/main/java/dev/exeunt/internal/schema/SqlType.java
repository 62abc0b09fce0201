package dev.exeunt.internal.schema;

import dev.exeunt.internal.postgres.SqlQuoting;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A column's type, with a domain seen through to what it is made of.
 *
 * @param schema of the type itself
 * @param name as in {@code pg_type}, e.g. {@code int8}, {@code varchar}, {@code _text} for {@code text[]}
 * @param display as {@code format_type} writes it, e.g. {@code character varying(40)}
 * @param category {@code pg_type.typcategory} of the base type: S string, N number, D date, B boolean, E enum, A array, U
 *     user-defined (uuid, json, bytea too) …
 * @param baseSchema of the type under a domain, else {@link #schema}
 * @param baseName the type under a domain, else {@link #name}
 * @param equality the equality operator of the type's default btree operator class, as SQL takes it with its schema: {@code
 *     OPERATOR("pg_catalog".=)}; {@code pg_catalog}'s {@code =} where there is no such class
 * @param maxLength characters a varchar or char holds, or null
 * @param enumLabels in order; empty for other types
 * @param domain whether this is a domain
 * @param domainNotNull whether the domain refuses NULL
 */
public record SqlType(
        String schema,
        String name,
        String display,
        char category,
        String baseSchema,
        String baseName,
        String equality,
        @Nullable Integer maxLength,
        List<String> enumLabels,
        boolean domain,
        boolean domainNotNull) {

    private static final Set<String> TIMESTAMPS = Set.of("timestamptz", "timestamp");

    public SqlType {
        enumLabels = List.copyOf(enumLabels);
    }

    /** Quoted for a cast, without length, which would truncate silently: {@code "pg_catalog"."int8"}. */
    public String quoted() {
        return SqlQuoting.identifier(schema) + "." + SqlQuoting.identifier(name);
    }

    /**
     * The type that values are compared in, quoted as {@link #quoted}: under a domain, since a cast to one would cut a value to
     * the domain's length, and run its checks.
     */
    public String quotedBase() {
        return SqlQuoting.identifier(baseSchema) + "." + SqlQuoting.identifier(baseName);
    }

    public boolean isText() {
        return category == 'S';
    }

    public boolean isArray() {
        return category == 'A';
    }

    public boolean isComposite() {
        return category == 'C';
    }

    public boolean isBinary() {
        return baseName.equals("bytea");
    }

    public boolean isJson() {
        return baseName.equals("json") || baseName.equals("jsonb");
    }

    /** Tells whether values are moments: they order what happened on the same day. A date does not. */
    public boolean isTimestamp() {
        return TIMESTAMPS.contains(baseName);
    }

    /** Tells whether a date or timestamp says its moment by itself. The others are read and written as UTC. */
    public boolean hasTimeZone() {
        return baseName.equals("timestamptz");
    }

    /** Tells whether the present moment can be written into such a column, as a value and not as text. */
    public boolean isDateOrTimestamp() {
        return baseName.equals("date") || isTimestamp();
    }

    public boolean isEnum() {
        return category == 'E';
    }
}
