package dev.exeunt.internal.export.bundle;

import dev.exeunt.internal.export.section.ExtraSection.ExtraColumn;
import dev.exeunt.internal.schema.SqlType;
import java.util.Locale;

/** Tells the page of a bundle how to show the values of a column. */
enum ColumnKind {
    NUMBER,
    TEXT,
    /** an instant: in the reader's time zone */
    TIME,
    /** a timestamp without time zone: as it is */
    LOCAL_TIME,
    DATE,
    BOOLEAN,
    /** a JSON value of any structure */
    JSON,
    /** a file of its own */
    BINARY,
    OTHER;

    /** As in {@code data/bundle.js}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static ColumnKind of(ExtraColumn column) {
        return switch (column.type()) {
            case ExtraColumn.INSTANT -> TIME;
            case ExtraColumn.NUMBER -> NUMBER;
            default -> TEXT;
        };
    }

    static ColumnKind of(SqlType type) {
        return switch (type.baseName()) {
            case "timestamptz" -> TIME;
            case "timestamp" -> LOCAL_TIME;
            case "date" -> DATE;
            case "json", "jsonb" -> JSON;
            case "bytea" -> BINARY;
            case "money" -> TEXT; // with a currency sign
            default ->
                switch (type.category()) {
                    case 'N' -> NUMBER;
                    case 'B' -> BOOLEAN;
                    case 'S', 'E' -> TEXT;
                    case 'A', 'C' -> JSON; // arrays and composite types
                    default -> OTHER;
                };
        };
    }
}
