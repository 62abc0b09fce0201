package dev.exeunt.internal.plan;

import dev.exeunt.internal.schema.Column;

/**
 * A column of a table whose values are names of files.
 *
 * @param store the store that holds the files, by its name in the settings
 * @param strip what each value begins with before the file's name; empty where a value is the name itself
 */
public record PlannedFile(Column column, String store, String strip) {}
