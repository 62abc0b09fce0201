package dev.exeunt.internal.sample;

import dev.exeunt.internal.postgres.SqlQuoting;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.SqlType;
import dev.exeunt.internal.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Describes a column to sample, and how values are taken out of it.
 *
 * @param number tells it from the table's other places
 */
record SampledPlace(int number, Column column, PlaceKind kind) {

    private static final Set<String> VALUES = Set.of("int2", "int4", "int8", "numeric", "uuid", "inet");

    /** Says how values are taken out of a column. */
    enum PlaceKind {
        /** the value itself */
        VALUE,
        /** each element of the array */
        ELEMENTS,
        /** each text, number and member name of the document, at any depth */
        DOCUMENT
    }

    /** Returns the columns of a table that may hold keys, identifiers or contact data. */
    static List<SampledPlace> of(Table table) {
        List<SampledPlace> places = new ArrayList<>();
        for (Column column : table.columns()) {
            SqlType type = column.type();
            if (type.isJson()) {
                places.add(new SampledPlace(places.size(), column, PlaceKind.DOCUMENT));
            } else if (type.isText() || VALUES.contains(type.baseName())) {
                places.add(new SampledPlace(places.size(), column, PlaceKind.VALUE));
            } else if (type.isArray() && holdsValues(type.baseName())) {
                places.add(new SampledPlace(places.size(), column, PlaceKind.ELEMENTS));
            }
        }
        return places;
    }

    private static boolean holdsValues(String arrayType) {
        String element = arrayType.startsWith("_") ? arrayType.substring(1) : arrayType;
        return VALUES.contains(element)
                || Set.of("text", "varchar", "bpchar", "citext").contains(element);
    }

    String quoted() {
        return SqlQuoting.identifier(column.name());
    }

    boolean isInet() {
        return column.type().baseName().endsWith("inet");
    }
}
