package dev.exeunt.internal.schema;

import java.util.List;

/**
 * An index; also how keys are known, since every key has one.
 *
 * @param columns its plain key columns in order, as far as the first expression: those that can be used from the left
 * @param expressions the key parts from the first expression on, as SQL; a plain column after it stands here too, quoted
 *     where it must be, so that none is lost
 * @param predicate the WHERE of a partial index as SQL, else empty
 * @param constraint backs a PRIMARY KEY, UNIQUE or exclusion constraint of this name, or is empty
 * @param usable valid, ready, and of a method that finds equal values (btree, hash)
 * @param findsElements valid, ready, and of the method that finds arrays by an element (gin)
 */
public record Index(
        String name,
        List<String> columns,
        List<String> expressions,
        boolean unique,
        boolean primary,
        String predicate,
        boolean nullsNotDistinct,
        boolean usable,
        boolean findsElements,
        String constraint) {

    public Index {
        columns = List.copyOf(columns);
        expressions = List.copyOf(expressions);
    }

    /** Whether it has a WHERE, so that it says nothing of the other rows. */
    public boolean partial() {
        return !predicate.isEmpty();
    }

    /** Unique over exactly these plain columns, in all rows of its table; one that was not built to its end is not. */
    public boolean uniqueForAll() {
        return unique && usable && !partial() && expressions.isEmpty();
    }
}
