package dev.exeunt.internal.enforce;

import org.jspecify.annotations.Nullable;

/**
 * A policy or trigger of ours on a table of the application.
 *
 * @param table as SQL writes it
 * @param name of the policy or trigger
 * @param definition as the catalogue has it; null where it is not there
 * @param recorded the definition that the last apply left; null where it made none
 * @param statement a hash of the statement that made it; null where none is recorded
 */
record EnforcedObject(
        String table,
        String name,
        @Nullable String definition,
        @Nullable String recorded,
        @Nullable String statement) {}
