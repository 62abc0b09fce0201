package dev.exeunt.internal.reach;

import dev.exeunt.internal.schema.Column;

/**
 * Holds the value that a person's identifier had before it was hidden.
 *
 * @param value in lower case, as the database makes it
 */
public record FormerIdentifier(SubjectKey subject, Column identifier, String value) {

    /** Without the value, so that no log or exception shows it by accident. */
    @Override
    public String toString() {
        return "FormerIdentifier[" + identifier.name() + "]";
    }
}
