package dev.exeunt.internal.map;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The person: the table that has one row for each, and how that row is named.
 *
 * @param key one column or several
 * @param created tells this person from a later one with the same key; null where the map leaves it out
 * @param present an SQL condition on the row that holds for people who are not soft-deleted; null where the map leaves it out
 * @param identifiers columns a person is known by: typed confirmation, links by value, {@code KEY} as {@code email:…}
 */
public record SubjectDefinition(
        TableReference table,
        List<LocatedText> key,
        @Nullable LocatedText created,
        @Nullable LocatedText present,
        List<LocatedText> identifiers) {

    public SubjectDefinition {
        key = List.copyOf(key);
        identifiers = List.copyOf(identifiers);
        if (key.isEmpty()) {
            throw new IllegalArgumentException("a subject has a key");
        }
    }
}
