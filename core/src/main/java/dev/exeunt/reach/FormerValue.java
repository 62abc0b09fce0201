package dev.exeunt.reach;

import dev.exeunt.schema.Column;

/**
 * What a person's identifier was before it was hidden: rows that are linked by its value are found by it, too.
 *
 * @param value in lower case, as the database makes it
 */
public record FormerValue(SubjectKey subject, Column identifier, String value) {

    /** Without the value, so that no log or exception shows it by accident. */
    @Override
    public String toString() {
        return "FormerValue[" + identifier.name() + "]";
    }
}
