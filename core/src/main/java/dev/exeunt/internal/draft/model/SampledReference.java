package dev.exeunt.internal.draft.model;

import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.TableName;
import org.jspecify.annotations.Nullable;

/**
 * Holds a place whose sampled values refer to people and that no link covers.
 *
 * @param identifier which of the person's identifiers the values are; null where they are keys
 * @param whole whether each value as a whole refers to a person, and not an element or a member in it
 * @param guess whether only the values say so, and another thing may be meant
 * @param words what the values are, and how many: {@code keys of users (20 of 25 different values in the sample)}
 */
public record SampledReference(
        TableName table, Column column, @Nullable Column identifier, boolean whole, boolean guess, String words) {}
