package dev.exeunt.internal.schema;

import dev.exeunt.internal.postgres.SqlQuoting;
import java.util.stream.Stream;

/**
 * Decides whether the database itself lets only one row of a table hold a value, compared without case.
 *
 * <p>An index proves that if it is unique, whole and usable, and is on {@code lower(column)} or on a column of type {@code citext}. A plain
 * unique index lets {@code Anna@…} and {@code anna@…} stand in two rows, and a partial one says nothing of the other rows.
 */
public final class IdentifierUniqueness {

    private IdentifierUniqueness() {}

    /** Returns whether an index proves it. */
    public static boolean isProven(Table table, Column identifier) {
        return table.indexes().stream().anyMatch(index -> proves(index, identifier));
    }

    private static boolean proves(Index index, Column identifier) {
        if (!index.unique() || !index.usable() || index.partial()) {
            return false;
        }
        boolean citext = identifier.type().baseName().equals("citext")
                && index.expressions().isEmpty()
                && index.columns().size() == 1
                && index.columns().get(0).equals(identifier.name());
        return citext
                || index.columns().isEmpty()
                        && index.expressions().size() == 1
                        && isLower(index.expressions().get(0), identifier);
    }

    /** Returns whether an expression of an index is {@code lower} of the column, as the catalogue writes it. */
    public static boolean isLower(String expression, Column column) {
        return Stream.of(column.name(), SqlQuoting.identifier(column.name()))
                .flatMap(name -> Stream.of(name, name + "::text", "(" + name + ")::text"))
                .anyMatch(argument -> expression.equals("lower(" + argument + ")"));
    }
}
