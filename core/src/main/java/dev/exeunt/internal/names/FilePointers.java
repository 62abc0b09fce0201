package dev.exeunt.internal.names;

import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.Table;
import java.util.List;
import java.util.Set;

/** Tells whether rows point to files outside the database, which stay and cannot be found once the row is gone. */
public final class FilePointers {

    private static final Set<String> POINTERS =
            NameWords.set("storage bucket filename filepath objectkey blobkey disk");

    private FilePointers() {}

    /** Whether a column of the table names a file or the store that holds it. */
    public static boolean in(Table table) {
        return table.columns().stream().anyMatch(c -> isPointer(table, c));
    }

    /** Whether the column names a file or the store that holds it. */
    public static boolean isPointer(Table table, Column column) {
        List<String> name = NameWords.singular(table.name().name());
        return pointer(column, name.stream().anyMatch(Set.of("file", "blob", "upload", "media", "object")::contains));
    }

    private static boolean pointer(Column column, boolean files) {
        List<String> words = NameWords.of(column.name());
        return column.type().isText()
                && (words.stream().anyMatch(POINTERS::contains)
                        || files && (words.contains("path") || words.contains("key") || words.contains("file")));
    }
}
